using System.Collections.Concurrent;
using NpgsqlTypes;

namespace XtndOrleans.Engine.Records;

/// <summary>The SQL that writes a page of an entity. It comes after the fence, in the same transaction and the same round trip.</summary>
internal static class PageStatement
{
    public const string Fence = "SELECT xtnd.fence($1, $2, $3, $4, $5)";

    /// <summary>The number of the last parameter before the canonical columns.</summary>
    const int LastFixed = 16;

    static readonly ConcurrentDictionary<RecordTable, string> Texts = new();

    /// <summary>
    /// $1 tenant, $2 connection, $3 entity, $4 run, $5 now, $6 after id, $7 last, $8 bytes, $9 requests, $10 retries, $11 total,
    /// then arrays: $12 external ids, $13 hashes, $14 bodies, $15 source created, $16 source updated, and the canonical columns.
    /// Returns inserted, updated, last_seq.
    /// </summary>
    public static string Of(RecordTable table) => Texts.GetOrAdd(table, Write);

    static string Write(RecordTable table)
    {
        var names = string.Join(", ", table.Columns.Select(c => c.Name));
        var arrays = string.Join(", ", table.Columns.Select((c, i) => $"${LastFixed + 1 + i}::{Sql(c.Sent)}[]"));
        var values = string.Join(", ", table.Columns.Select(c => c.Value));
        var replaced = string.Join(", ", table.Columns.Select(c => $"{c.Name} = excluded.{c.Name}"));

        // LATERAL with OFFSET 0 looks each record up by its key, whatever the planner believes of a table without statistics: its other choice, a scan
        // of the connection for each record, makes a first read quadratic.
        // A body is turned into json only in the rows that are written: parsing it is what writing costs.
        return $"""
            WITH changed AS MATERIALIZED (
                SELECT i.*, c.last_seq + row_number() OVER (ORDER BY i.position) AS seq,
                       h.external_id IS NULL AS is_new, h.deleted_at IS NOT NULL AS is_back
                FROM unnest($12::text[], $13::uuid[], $14::text[], $15::timestamptz[], $16::timestamptz[], {arrays})
                     WITH ORDINALITY AS i(external_id, hash, body, source_created_at, source_updated_at, {names}, position)
                CROSS JOIN xtnd.cursor c
                LEFT JOIN LATERAL (
                    SELECT t.external_id, t.hash, t.deleted_at FROM {table.Name} t
                    WHERE t.tenant_id = $1 AND t.connection_id = $2 AND t.external_id = i.external_id OFFSET 0) h ON true
                WHERE c.tenant_id = $1 AND c.connection_id = $2 AND c.entity = $3
                  AND (h.external_id IS NULL OR h.hash <> i.hash OR h.deleted_at IS NOT NULL)),
            written AS (
                INSERT INTO {table.Name} (tenant_id, connection_id, external_id, hash, body, source_created_at, source_updated_at,
                                          first_seen_at, changed_at, seq, {names})
                SELECT $1, $2, g.external_id, g.hash, g.body::json, g.source_created_at, g.source_updated_at, $5, $5, g.seq, {values}
                FROM changed g
                ON CONFLICT (tenant_id, connection_id, external_id) DO UPDATE
                SET hash = excluded.hash, body = excluded.body, source_created_at = excluded.source_created_at,
                    source_updated_at = excluded.source_updated_at, changed_at = excluded.changed_at, deleted_at = NULL, seq = excluded.seq, {replaced}),
            tally AS (
                SELECT count(*) FILTER (WHERE is_new OR is_back) AS inserted, count(*) FILTER (WHERE NOT is_new AND NOT is_back) AS updated,
                       count(*) FILTER (WHERE is_back) AS back
                FROM changed),
            run AS (
                UPDATE xtnd.run r
                SET pages = r.pages + 1, seen = r.seen + cardinality($12), inserted = r.inserted + t.inserted, updated = r.updated + t.updated,
                    unchanged = r.unchanged + cardinality($12) - t.inserted - t.updated, bytes = r.bytes + $8, requests = r.requests + $9,
                    retries = r.retries + $10, total = coalesce($11, r.total),
                    state = CASE WHEN $7 THEN 'succeeded' ELSE r.state END, finished_at = CASE WHEN $7 THEN $5 ELSE r.finished_at END
                FROM tally t
                WHERE r.tenant_id = $1 AND r.connection_id = $2 AND r.id = $4
                RETURNING coalesce(r.started_at, r.queued_at) AS started_at)
            UPDATE xtnd.cursor c
            SET last_seq = c.last_seq + t.inserted + t.updated, held = c.held + t.inserted, deleted = c.deleted - t.back,
                after_id = CASE WHEN $7 THEN NULL ELSE $6 END, run_id = CASE WHEN $7 THEN NULL ELSE c.run_id END,
                changed_since = CASE WHEN $7 THEN NULL ELSE c.changed_since END,
                watermark = CASE WHEN $7 THEN coalesce(c.next_watermark, c.watermark) ELSE c.watermark END,
                next_watermark = CASE WHEN $7 THEN NULL ELSE c.next_watermark END,
                fresh_at = CASE WHEN $7 THEN run.started_at ELSE c.fresh_at END
            FROM tally t, run
            WHERE c.tenant_id = $1 AND c.connection_id = $2 AND c.entity = $3
            RETURNING t.inserted, t.updated, c.last_seq
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
