using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Engine.Records;

internal sealed partial class RecordStore
{
    /// <summary>
    /// Removes all records of a connection and their history, a bounded number in each transaction, so that it neither holds locks long nor bursts the log.
    /// Can be repeated.
    /// </summary>
    /// <returns>How many records were removed.</returns>
    public async Task<long> EraseConnection(ConnectionId connection, int batchSize, CancellationToken cancellationToken)
    {
        var erased = 0L;
        foreach (var table in RecordTable.All)
        {
            erased += await EraseAll(
                $"""
                WITH found AS (
                    SELECT external_id FROM {table.Name} WHERE tenant_id = $1 AND connection_id = $2 AND external_id > $3 ORDER BY external_id LIMIT $4),
                gone AS (
                    DELETE FROM {table.Name} t USING found f WHERE t.tenant_id = $1 AND t.connection_id = $2 AND t.external_id = f.external_id)
                SELECT count(*), coalesce(max(external_id), '') FROM found
                """,
                connection, batchSize, cancellationToken);
            // All changes of a record go together, so a batch is counted in records here too.
            await EraseAll(
                $"""
                WITH found AS (
                    SELECT DISTINCT external_id FROM (
                        SELECT external_id FROM xtnd.record_history
                        WHERE tenant_id = $1 AND connection_id = $2 AND entity = '{table.Entity}' AND external_id > $3 ORDER BY external_id LIMIT $4) next),
                gone AS (
                    DELETE FROM xtnd.record_history h USING found f
                    WHERE h.tenant_id = $1 AND h.connection_id = $2 AND h.entity = '{table.Entity}' AND h.external_id = f.external_id)
                SELECT count(*), coalesce(max(external_id), '') FROM found
                """,
                connection, batchSize, cancellationToken);
        }

        return erased;
    }

    async Task<long> EraseAll(string sql, ConnectionId connection, int batchSize, CancellationToken cancellationToken)
    {
        var (erased, found, after) = (0L, 0L, "");
        do
        {
            // From where the last batch ended: the start of the index is full of what was removed a moment ago.
            (found, after) = (await database.Rows(
                sql, [Uuid(connection.Tenant), Uuid(connection.Connection), Text(after), Bigint(batchSize)], row => (row.GetInt64(0), row.GetString(1)), cancellationToken))[0];
            erased += found;
        }
        while (found > 0);
        return erased;
    }
}
