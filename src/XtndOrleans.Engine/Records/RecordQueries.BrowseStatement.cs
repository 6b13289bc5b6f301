using Npgsql;
using NpgsqlTypes;
using XtndOrleans.Connectors;
using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Engine.Records;

public sealed partial class RecordQueries
{
    /// <summary>The statements of one list: which records, and where it goes on.</summary>
    sealed class BrowseStatement(EntityId id, RecordTable table, int limit)
    {
        /// <summary>Holds for every record; an index that a list goes through has it, so that the planner cannot take it for the key (sql/xtnd/0002_records.sql).</summary>
        const string IndexCondition = "seq > 0";

        readonly List<NpgsqlParameter> parameters = [new NpgsqlParameter<Guid> { TypedValue = id.Connection.Tenant }, new NpgsqlParameter<Guid> { TypedValue = id.Connection.Connection }];
        readonly List<string> conditions = ["tenant_id = $1 AND connection_id = $2"];
        string picked = "";

        public void Filter(RecordsAsked asked)
        {
            if (!asked.IncludeDeleted)
            {
                conditions.Add("deleted_at IS NULL");
            }

            if (asked.Status is { } status && table.Entity == Entities.Order)
            {
                conditions.Add($"status = {Add(Text(StorableText.Of(status)!))}");
            }

            if (asked.ChangedSince is { } since)
            {
                conditions.Add($"changed_at >= {Add(new NpgsqlParameter<DateTime> { TypedValue = since.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz })}");
            }
        }

        /// <summary>Those found; null: so many that each record met on the way is asked whether it is one.</summary>
        public void Search(string? typed, List<string>? found)
        {
            if (found is not null)
            {
                conditions.Add($"external_id = ANY ({Add(new NpgsqlParameter<string[]> { TypedValue = [.. found] })})");
            }
            else if (typed is not null)
            {
                // IS TRUE keeps the index away, which would give all of them unsorted.
                conditions.Add(table.Words is { } words
                    ? $"({words} @@ lower({Add(Text(SearchText.Words(id.Connection, typed)))} COLLATE \"default\")::tsquery) IS TRUE"
                    : $"({table.KeyColumn} LIKE ANY ({Add(new NpgsqlParameter<string[]> { TypedValue = [.. SearchText.Keys(typed).Select(key => LikePattern(key) + "%")] })})) IS TRUE");
            }
        }

        public void From(long seq) => conditions.Add($"seq >= {Number(seq)}");

        public IEnumerable<BrowseStatement> ByChange(BrowseCursor? after)
        {
            conditions.Add(IndexCondition);
            yield return With("seq DESC", after?.Seq is { } seq ? $"seq < {Number(seq)}" : null);
        }

        /// <summary>Orders without a time come last; behind an order with one, they are a list of their own.</summary>
        public IEnumerable<BrowseStatement> ByOrder(BrowseCursor? after)
        {
            const string Order = "placed_at DESC NULLS LAST, external_id";
            conditions.Add(IndexCondition);
            if (after is null)
            {
                yield return With(Order, null);
                yield break;
            }

            var last = Add(Text(after.ExternalId));
            if (after.PlacedAt is { } placed)
            {
                var at = Add(new NpgsqlParameter<DateTime> { TypedValue = placed, NpgsqlDbType = NpgsqlDbType.TimestampTz });
                yield return With(Order, $"placed_at <= {at} AND (placed_at < {at} OR external_id > {last})");
                yield return With(Order, "placed_at IS NULL");
                yield break;
            }

            yield return With(Order, $"placed_at IS NULL AND external_id > {last}");
        }

        public NpgsqlCommand Command(NpgsqlDataSource database)
        {
            var command = database.CreateCommand(picked);
            command.Parameters.AddRange(parameters.Select(parameter => parameter.Clone()).ToArray());
            return command;
        }

        // What is picked comes from an index; the rows themselves are looked up one by one, because they are wide.
        BrowseStatement With(string order, string? further)
        {
            picked = $"""
                WITH picked AS MATERIALIZED (
                    SELECT external_id FROM {table.Name} WHERE {string.Join(" AND ", further is null ? conditions : [.. conditions, further])} ORDER BY {order} LIMIT {limit})
                SELECT {ViewColumns(table)}
                FROM (SELECT external_id AS picked_id FROM picked) p
                CROSS JOIN LATERAL (SELECT * FROM {table.Name} t WHERE t.tenant_id = $1 AND t.connection_id = $2 AND t.external_id = p.picked_id OFFSET 0) r
                ORDER BY {order}
                """;
            return this;
        }

        string Number(long value) => Add(new NpgsqlParameter<long> { TypedValue = value });

        string Add(NpgsqlParameter parameter)
        {
            parameters.Add(parameter);
            return $"${parameters.Count}";
        }
    }
}
