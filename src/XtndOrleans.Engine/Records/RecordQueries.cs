using Npgsql;
using NpgsqlTypes;
using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Engine.Records;

/// <summary>Reads records. An entity that is not kept is <c>not_found</c>; another tenant's connection holds nothing.</summary>
public sealed partial class RecordQueries(NpgsqlDataSource database)
{
    const string Common = "external_id, source_created_at, source_updated_at, first_seen_at, changed_at, deleted_at, seq";
    const int CommonColumns = 8;

    /// <summary>Lists records by external id, without their bodies. A record that is there the whole time is listed exactly once, whatever changes meanwhile.</summary>
    /// <param name="id">The entity.</param>
    /// <param name="filter">Which records.</param>
    /// <param name="limit">How many at most, 1 or more.</param>
    /// <param name="cursor">From an earlier page; null from the beginning.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="ProblemException"><c>invalid_cursor</c>.</exception>
    public async Task<ListPage<RecordView>> List(EntityId id, RecordFilter filter, int limit, string? cursor, CancellationToken cancellationToken)
    {
        var table = RecordTable.Of(id.Entity);
        var query = StorableText.Of(filter.Query?.Trim());
        await using var command = Command(id, $"""
            SELECT {ViewColumns(table)} FROM {table.Name}
            WHERE tenant_id = $1 AND connection_id = $2 AND external_id > $3
              AND ($4 OR deleted_at IS NULL) AND ($5 IS NULL OR changed_at >= $5)
              {(string.IsNullOrEmpty(query) ? "" : Search(table))}
            ORDER BY external_id LIMIT $6
            """,
            Text(cursor is null ? "" : RecordCursor.Read(cursor)), new NpgsqlParameter<bool> { TypedValue = filter.IncludeDeleted },
            new NpgsqlParameter<DateTime?> { TypedValue = filter.UpdatedSince?.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz },
            new NpgsqlParameter<int> { TypedValue = limit + 1 });
        if (!string.IsNullOrEmpty(query))
        {
            command.Parameters.Add(Text(query));
            command.Parameters.Add(Text(LikePattern(query)));
        }

        var items = await Read(command, reader => View(table, reader), cancellationToken);
        var page = items.Count > limit ? items[..limit] : items;
        return new(page, items.Count > limit ? RecordCursor.Of(page[^1].ExternalId) : null);
    }

    /// <summary>One record with its body, deleted or not; null when it was never held.</summary>
    public async Task<RecordView?> Find(EntityId id, string externalId, CancellationToken cancellationToken)
    {
        var table = RecordTable.Of(id.Entity);
        await using var command = Command(id, $"""
            SELECT {ViewColumns(table)}, body FROM {table.Name} WHERE tenant_id = $1 AND connection_id = $2 AND external_id = $3
            """,
            Text(StorableText.Of(externalId)!));
        var found = await Read(command, reader => WithBody(table, reader), cancellationToken);
        return found.SingleOrDefault();
    }

    /// <summary>How many records are held, at once however many they are.</summary>
    public async Task<RecordCount> Count(EntityId id, CancellationToken cancellationToken)
    {
        _ = RecordTable.Of(id.Entity);
        await using var command = Command(id, "SELECT held, deleted FROM xtnd.cursor WHERE tenant_id = $1 AND connection_id = $2 AND entity = $3", Text(id.Entity));
        var found = await Read(command, reader => new RecordCount(reader.GetInt64(0), reader.GetInt64(1)), cancellationToken);
        return found.SingleOrDefault() ?? new(0, 0);
    }

    /// <summary>The changes after a number. Change numbers are given out in the order of commits, so a reader that keeps <see cref="ChangePage.Next"/> misses none.</summary>
    /// <param name="id">The entity.</param>
    /// <param name="after">The last number read; 0 from the beginning.</param>
    /// <param name="limit">How many at most, 1 or more.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task<ChangePage> Changes(EntityId id, long after, int limit, CancellationToken cancellationToken)
    {
        var table = RecordTable.Of(id.Entity);
        await using var command = Command(id, $"""
            SELECT seq, deleted_at IS NOT NULL, external_id, changed_at, body FROM {table.Name}
            WHERE tenant_id = $1 AND connection_id = $2 AND seq > 0 AND seq > $3 ORDER BY seq LIMIT $4
            """,
            new NpgsqlParameter<long> { TypedValue = after }, new NpgsqlParameter<int> { TypedValue = limit + 1 });
        var items = await Read(
            command,
            reader => new RecordChange(
                reader.GetInt64(0), reader.GetBoolean(1) ? "delete" : "upsert", reader.GetString(2), new(reader.GetDateTime(3)), new(RecordJson.Bytes(reader, 4))),
            cancellationToken);
        var page = items.Count > limit ? items[..limit] : items;
        return new(page, page.Count == 0 ? after : page[^1].Seq, items.Count > limit);
    }

    static string ViewColumns(RecordTable table) => $"{Common}, {table.KeyColumn}, {string.Join(", ", table.Columns.Select(c => c.Name))}";

    static string Search(RecordTable table) =>
        $"AND (external_id = $7 OR {table.KeyColumn} ILIKE $8 || '%'{string.Concat(table.SearchedColumns.Select(c => $" OR {c} ILIKE '%' || $8 || '%'"))})";

    static RecordView View(RecordTable table, NpgsqlDataReader reader) => new()
    {
        ExternalId = reader.GetString(0),
        SourceCreatedAt = Time(reader, 1),
        SourceUpdatedAt = Time(reader, 2),
        FirstSeenAt = reader.GetDateTime(3),
        ChangedAt = reader.GetDateTime(4),
        DeletedAt = Time(reader, 5),
        Seq = reader.GetInt64(6),
        Key = reader.IsDBNull(7) ? null : reader.GetString(7),
        Fields = table.Fields(reader, CommonColumns),
    };

    static DateTimeOffset? Time(NpgsqlDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetDateTime(ordinal);

    static string LikePattern(string query) => query.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);

    static NpgsqlParameter<string> Text(string value) => new() { TypedValue = value };

    NpgsqlCommand Command(EntityId id, string sql, params NpgsqlParameter[] parameters)
    {
        var command = database.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id.Connection.Tenant });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id.Connection.Connection });
        command.Parameters.AddRange(parameters);
        return command;
    }

    static async Task<List<T>> Read<T>(NpgsqlCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var items = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            items.Add(read(reader));
        }

        return items;
    }
}
