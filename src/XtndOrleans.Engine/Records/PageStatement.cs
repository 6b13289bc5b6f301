using System.Collections.Concurrent;
using NpgsqlTypes;

namespace XtndOrleans.Engine.Records;

/// <summary>The SQL that writes a page of an entity, or one record. It comes after the fence, in the same transaction and the same round trip.</summary>
internal static class PageStatement
{
    /// <summary>The SQLSTATE with which <see cref="Fence"/> refuses: another loop holds the run.</summary>
    public const string Fenced = "XF001";

    public const string Fence = "SELECT xtnd.fence($1, $2, $3, $4, $5)";

    /// <summary>Keeps the ids of a page. $1 tenant, $2 connection, $3 entity, $4 run, $5 ids. Goes before the page: its number is the run's count of pages until then.</summary>
    public const string KeepIds = """
        INSERT INTO xtnd.sweep_page (tenant_id, connection_id, entity, run_id, page, ids)
        SELECT $1, $2, $3, $4, r.pages, $5 FROM xtnd.run r WHERE r.tenant_id = $1 AND r.connection_id = $2 AND r.id = $4
        """;

    /// <summary>Goes after the page that closes a run. $1 tenant, $2 connection, $3 entity, $4 run, $5 now. The row that is added is not seen by what removes, hence one less.</summary>
    public const string Close = """
        WITH logged AS (
            INSERT INTO xtnd.cursor_log (tenant_id, connection_id, entity, run_id, mode, closed_at, watermark)
            SELECT $1, $2, $3, $4, r.mode, $5, c.watermark
            FROM xtnd.run r JOIN xtnd.cursor c ON c.tenant_id = $1 AND c.connection_id = $2 AND c.entity = $3
            WHERE r.tenant_id = $1 AND r.connection_id = $2 AND r.id = $4),
        trimmed AS (
            DELETE FROM xtnd.cursor_log l
            WHERE l.tenant_id = $1 AND l.connection_id = $2 AND l.entity = $3 AND l.run_id <= (
                SELECT o.run_id FROM xtnd.cursor_log o
                WHERE o.tenant_id = $1 AND o.connection_id = $2 AND o.entity = $3 ORDER BY o.run_id DESC OFFSET 49 LIMIT 1))
        DELETE FROM xtnd.sweep_page WHERE tenant_id = $1 AND connection_id = $2 AND entity = $3 AND run_id = $4
        """;

    /// <summary>The number of the last parameter before the canonical columns.</summary>
    const int LastFixed = 19;

    const string Tally = """
        tally AS (
            SELECT count(*) FILTER (WHERE is_new OR is_back) AS inserted, count(*) FILTER (WHERE NOT is_new AND NOT is_back) AS updated,
                   count(*) FILTER (WHERE is_back) AS back
            FROM changed)
        """;

    const string Counts = "last_seq = c.last_seq + t.inserted + t.updated, held = c.held + t.inserted, deleted = c.deleted - t.back, highest_id = greatest(c.highest_id, $14)";

    static readonly ConcurrentDictionary<RecordTable, string> Pages = new();
    static readonly ConcurrentDictionary<RecordTable, string> Ones = new();

    /// <summary>
    /// $1 tenant, $2 connection, $3 entity, $4 run, $5 now, $6 after id, $7 last, $8 bytes, $9 requests, $10 retries, $11 total, $12 ends reading, $13 page size,
    /// $14 highest id, then arrays: $15 external ids, $16 hashes, $17 bodies, $18 source created, $19 source updated, and the canonical columns.
    /// Returns inserted, updated, last_seq.
    /// </summary>
    public static string Of(RecordTable table) => Pages.GetOrAdd(table, WritePage);

    /// <summary>
    /// Writes a record outside a run, with the same parameters; those of the run are not looked at. Returns inserted, updated, last_seq, the names of what
    /// differs (null when nothing was held or nothing differs); no row when the connection is gone.
    /// </summary>
    public static string OfOne(RecordTable table) => Ones.GetOrAdd(table, WriteOne);

    static string WritePage(RecordTable table) => $"""
        {Records(table, "$4", "true")},
        {Tally},
        run AS (
            UPDATE xtnd.run r
            SET pages = r.pages + 1, seen = r.seen + cardinality($15), inserted = r.inserted + t.inserted, updated = r.updated + t.updated,
                unchanged = r.unchanged + cardinality($15) - t.inserted - t.updated, bytes = r.bytes + $8, requests = r.requests + $9,
                retries = r.retries + $10, total = coalesce($11, r.total),
                state = CASE WHEN $7 THEN 'succeeded' ELSE r.state END, finished_at = CASE WHEN $7 THEN $5 ELSE r.finished_at END
            FROM tally t
            WHERE r.tenant_id = $1 AND r.connection_id = $2 AND r.id = $4
            RETURNING coalesce(r.started_at, r.queued_at) AS started_at, r.mode)
        UPDATE xtnd.cursor c
        SET {Counts},
            after_id = CASE WHEN $7 OR $12 THEN NULL ELSE $6 END, run_id = CASE WHEN $7 THEN NULL ELSE c.run_id END,
            phase = CASE WHEN $7 THEN 'read' WHEN $12 THEN 'reckon' ELSE c.phase END, page_size = coalesce($13, c.page_size),
            changed_since = CASE WHEN $7 THEN NULL ELSE c.changed_since END,
            watermark = CASE WHEN $7 THEN coalesce(c.next_watermark, c.watermark) ELSE c.watermark END,
            next_watermark = CASE WHEN $7 THEN NULL ELSE c.next_watermark END,
            fresh_at = CASE WHEN $7 THEN run.started_at ELSE c.fresh_at END,
            swept_at = CASE WHEN $7 AND run.mode = 'full' THEN run.started_at ELSE c.swept_at END
        FROM tally t, run
        WHERE c.tenant_id = $1 AND c.connection_id = $2 AND c.entity = $3
        RETURNING t.inserted, t.updated, c.last_seq
        """;

    static string WriteOne(RecordTable table) => $"""
        {Records(table, "NULL::uuid", CursorLock.ConnectionIsThere)},
        {Tally}
        UPDATE xtnd.cursor c
        SET {Counts}
        FROM tally t
        WHERE c.tenant_id = $1 AND c.connection_id = $2 AND c.entity = $3 AND {CursorLock.ConnectionIsThere}
        RETURNING t.inserted, t.updated, c.last_seq, (SELECT fields FROM history)
        """;

    /// <summary>The steps that compare, write and keep the history of what was there before.</summary>
    static string Records(RecordTable table, string run, string condition)
    {
        var names = string.Join(", ", table.Columns.Select(c => c.Name));
        var arrays = string.Join(", ", table.Columns.Select((c, i) => $"${LastFixed + 1 + i}::{Sql(c.Sent)}[]"));
        var values = string.Join(", ", table.Columns.Select(c => c.Value));
        var replaced = string.Join(", ", table.Columns.Select(c => $"{c.Name} = excluded.{c.Name}"));

        // LATERAL with OFFSET 0 looks each record up by its key, whatever the planner believes of a table without statistics: its other choice, a scan
        // of the connection for each record, makes a first read quadratic.
        // A body is turned into json only in the rows that are written: parsing it is what writing costs. What differs is asked only of records that were held.
        return $"""
            WITH changed AS MATERIALIZED (
                SELECT i.*, c.last_seq + row_number() OVER (ORDER BY i.position) AS seq,
                       h.external_id IS NULL AS is_new, h.deleted_at IS NOT NULL AS is_back
                FROM unnest($15::text[], $16::uuid[], $17::text[], $18::timestamptz[], $19::timestamptz[], {arrays})
                     WITH ORDINALITY AS i(external_id, hash, body, source_created_at, source_updated_at, {names}, position)
                CROSS JOIN xtnd.cursor c
                LEFT JOIN LATERAL (
                    SELECT t.external_id, t.hash, t.deleted_at FROM {table.Name} t
                    WHERE t.tenant_id = $1 AND t.connection_id = $2 AND t.external_id = i.external_id OFFSET 0) h ON true
                WHERE c.tenant_id = $1 AND c.connection_id = $2 AND c.entity = $3 AND {condition}
                  AND (h.external_id IS NULL OR h.hash <> i.hash OR h.deleted_at IS NOT NULL)),
            written AS (
                INSERT INTO {table.Name} (tenant_id, connection_id, external_id, hash, body, source_created_at, source_updated_at,
                                          first_seen_at, changed_at, seq, {names})
                SELECT $1, $2, g.external_id, g.hash, g.body::json, g.source_created_at, g.source_updated_at, $5, $5, g.seq, {values}
                FROM changed g
                ON CONFLICT (tenant_id, connection_id, external_id) DO UPDATE
                SET hash = excluded.hash, body = excluded.body, source_created_at = excluded.source_created_at,
                    source_updated_at = excluded.source_updated_at, changed_at = excluded.changed_at, deleted_at = NULL, seq = excluded.seq, {replaced}),
            history AS (
                INSERT INTO xtnd.record_history (tenant_id, connection_id, entity, external_id, seq, op, changed_at, run_id, fields)
                SELECT $1, $2, $3, g.external_id, g.seq, CASE WHEN g.is_back THEN 'return' ELSE 'update' END, $5, {run},
                       xtnd.changed_fields(h.body::json, g.body::json)
                FROM changed g
                CROSS JOIN LATERAL (
                    SELECT t.body FROM {table.Name} t
                    WHERE t.tenant_id = $1 AND t.connection_id = $2 AND t.external_id = g.external_id OFFSET 0) h
                WHERE NOT g.is_new
                RETURNING fields)
            """;
    }

    static string Sql(NpgsqlDbType type) => type switch
    {
        NpgsqlDbType.Text => "text",
        NpgsqlDbType.Numeric => "numeric",
        NpgsqlDbType.TimestampTz => "timestamptz",
        NpgsqlDbType.Boolean => "boolean",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No canonical column is sent as this type."),
    };
}
