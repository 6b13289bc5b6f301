using System.Runtime.CompilerServices;
using Npgsql;
using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Engine.Records;

public sealed partial class RecordQueries
{
    /// <summary>Records read in one statement of an export.</summary>
    public const int ExportBatch = 1000;

    /// <summary>Whether records of this entity are kept.</summary>
    public static bool Has(string entity) => RecordTable.All.Any(table => table.Entity == entity);

    /// <summary>The canonical fields of an entity by their JSON names, as <see cref="RecordView.Fields"/> has them.</summary>
    public static IReadOnlyList<string> FieldNames(string entity) => RecordTable.Of(entity).FieldNames;

    /// <summary>
    /// All records with their bodies, by external id, a batch at a time: memory stays flat and no transaction is long, so what changes meanwhile may be in it or
    /// not. A record that is there the whole time is in it exactly once.
    /// </summary>
    /// <param name="id">The entity.</param>
    /// <param name="includeDeleted">Whether records that are gone are in it too.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async IAsyncEnumerable<IReadOnlyList<RecordView>> Export(
        EntityId id, bool includeDeleted, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var table = RecordTable.Of(id.Entity);
        var after = "";
        List<RecordView> batch;
        do
        {
            await using var command = Command(id, $"""
                SELECT {ViewColumns(table)}, body FROM {table.Name}
                WHERE tenant_id = $1 AND connection_id = $2 AND external_id > $3 AND ($4 OR deleted_at IS NULL) ORDER BY external_id LIMIT {ExportBatch}
                """,
                Text(after), new NpgsqlParameter<bool> { TypedValue = includeDeleted });
            batch = await Read(command, reader => WithBody(table, reader), cancellationToken);
            if (batch.Count > 0)
            {
                after = batch[^1].ExternalId;
                yield return batch;
            }
        }
        while (batch.Count == ExportBatch);
    }

    static RecordView WithBody(RecordTable table, NpgsqlDataReader reader) =>
        View(table, reader) with { Body = new(RecordJson.Bytes(reader, CommonColumns + table.Columns.Count)) };
}
