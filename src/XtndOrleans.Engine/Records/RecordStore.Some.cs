using Npgsql;
using NpgsqlTypes;
using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Engine.Records;

internal sealed partial class RecordStore
{
    /// <summary>How many of some records are held.</summary>
    public async Task<long> CountHeldOf(EntityId id, IReadOnlyList<string> externalIds, CancellationToken cancellationToken) => (await database.Rows(
        $"SELECT count(*) FROM {RecordTable.Of(id.Entity).Name} WHERE tenant_id = $1 AND connection_id = $2 AND deleted_at IS NULL AND external_id = ANY($3)",
        [
            Uuid(id.Connection.Tenant), Uuid(id.Connection.Connection),
            new NpgsqlParameter<string[]> { TypedValue = [.. externalIds], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
        ],
        row => row.GetInt64(0), cancellationToken))[0];
}
