using System.Collections.Concurrent;

namespace XtndOrleans.Engine.Records;

/// <summary>The SQL that turns records into tombstones. Their bodies stay: the change feed gives the last one.</summary>
internal static class GoneStatement
{
    /// <summary>
    /// For the rest of the transaction. The rows come by an index from a list of ids; a loop over that list for each of them would be quadratic.
    /// </summary>
    public const string Hashes = "SELECT set_config('enable_nestloop', 'off', true)";

    static readonly ConcurrentDictionary<RecordTable, string> Many = new();
    static readonly ConcurrentDictionary<RecordTable, string> Ones = new();

    /// <summary>$1 tenant, $2 connection, $3 entity, $4 run, $5 now, $6 ids. Returns how many were buried, and last_seq. Those that are gone already stay as they are.</summary>
    public static string Of(RecordTable table) => Many.GetOrAdd(table, t => Write(
        t, "$4", "true", "run AS (UPDATE xtnd.run r SET deleted = r.deleted + t.n FROM tally t WHERE r.tenant_id = $1 AND r.connection_id = $2 AND r.id = $4)"));

    /// <summary>The same outside a run. No row when the connection is gone.</summary>
    public static string OfOne(RecordTable table) => Ones.GetOrAdd(table, t => Write(t, "NULL::uuid", CursorLock.ConnectionIsThere, "run AS (SELECT $4)"));

    static string Write(RecordTable table, string run, string condition, string count) => $"""
        WITH gone AS MATERIALIZED (
            SELECT t.external_id, (SELECT c.last_seq FROM xtnd.cursor c WHERE c.tenant_id = $1 AND c.connection_id = $2 AND c.entity = $3)
                                  + row_number() OVER (ORDER BY t.external_id) AS seq
            FROM {table.Name} t
            WHERE t.tenant_id = $1 AND t.connection_id = $2 AND t.external_id = ANY($6) AND t.deleted_at IS NULL AND {condition}),
        buried AS (
            UPDATE {table.Name} t SET deleted_at = $5, changed_at = $5, seq = g.seq
            FROM gone g
            WHERE t.tenant_id = $1 AND t.connection_id = $2 AND t.external_id = ANY($6) AND t.external_id = g.external_id),
        history AS (
            INSERT INTO xtnd.record_history (tenant_id, connection_id, entity, external_id, seq, op, changed_at, run_id, fields)
            SELECT $1, $2, $3, g.external_id, g.seq, 'delete', $5, {run}, ARRAY[]::text[] FROM gone g),
        tally AS (SELECT count(*) AS n FROM gone),
        {count}
        UPDATE xtnd.cursor c SET last_seq = c.last_seq + t.n, held = c.held - t.n, deleted = c.deleted + t.n
        FROM tally t
        WHERE c.tenant_id = $1 AND c.connection_id = $2 AND c.entity = $3 AND {condition}
        RETURNING t.n, c.last_seq
        """;
}
