using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Engine.Overview;

/// <summary>What a person is needed for.</summary>
public sealed partial class OverviewQueries
{
    /// <summary>How many are named; the rest are counted.</summary>
    public const int ConcernsNamed = 50;

    /// <summary>Failed runs that are looked at, the newest. A tenant with more has enough to do with those.</summary>
    const int FailuresSeen = 1000;

    /// <summary>
    /// What a connection that does not work leaves behind (failed runs, stale entities) is its own concern already and is not named again. $1 tenant, $2 now,
    /// $3 and $4 limits.
    /// </summary>
    const string Concerned = $"""
        WITH place AS MATERIALIZED (
            SELECT connection.id, connection.name, connection.status, connection.status_reason, connection.created_at, connection.updated_at, {ConnectionRow.Zone} AS zone
            FROM xtnd.connection connection WHERE connection.tenant_id = $1 AND connection.deleting_since IS NULL),
        failed AS MATERIALIZED (
            SELECT DISTINCT ON (r.connection_id, r.entity) r.connection_id, r.entity, r.id, r.finished_at, r.error_code, r.error_message, r.error_cure
            FROM (SELECT * FROM xtnd.run WHERE tenant_id = $1 AND state = 'failed' AND finished_at IS NOT NULL ORDER BY finished_at DESC LIMIT $3) r
            WHERE r.queued_at >= coalesce(
                (SELECT c.fresh_at FROM xtnd.cursor c WHERE c.tenant_id = $1 AND c.connection_id = r.connection_id AND c.entity = r.entity), '-infinity')
            ORDER BY r.connection_id, r.entity, r.finished_at DESC),
        active AS MATERIALIZED (
            SELECT s.connection_id, s.entity, s.next_due_at, c.fresh_at,
                s.next_due_at < $2 - interval '5 minutes' AS is_overdue, c.fresh_at < $2 - {LateAfter} AS is_late
            FROM xtnd.schedule s LEFT JOIN xtnd.cursor c ON c.tenant_id = $1 AND c.connection_id = s.connection_id AND c.entity = s.entity
            WHERE s.tenant_id = $1 AND s.active),
        concern AS (
            SELECT CASE status WHEN 'failing' THEN 0 WHEN 'unverified' THEN 7 ELSE 9 END AS kind, id AS connection_id, NULL::text AS entity,
                CASE WHEN status = 'unverified' THEN created_at ELSE updated_at END AS at, 0::bigint AS count, NULL::uuid AS run, NULL::text AS code,
                status_reason AS reason, NULL::text AS cure
            FROM place WHERE status <> 'verified'
            UNION ALL
            SELECT CASE f.error_code WHEN 'mass_deletion_suspected' THEN 1 ELSE 2 END, f.connection_id, f.entity, f.finished_at, 0, f.id, f.error_code, f.error_message, f.error_cure
            FROM failed f JOIN place p ON p.id = f.connection_id WHERE p.status = 'verified' OR f.error_code = 'mass_deletion_suspected'
            UNION ALL
            SELECT 3, a.connection_id, CASE WHEN count(*) = 1 THEN min(a.entity) END, min(a.next_due_at), count(*), NULL, NULL, NULL, NULL
            FROM active a JOIN place p ON p.id = a.connection_id WHERE a.is_overdue AND p.status = 'verified' GROUP BY a.connection_id
            UNION ALL
            SELECT 4, a.connection_id, a.entity, a.fresh_at, 0, NULL, NULL, NULL, NULL
            FROM active a JOIN place p ON p.id = a.connection_id
            WHERE a.is_late AND NOT a.is_overdue AND p.status = 'verified'
                AND NOT EXISTS (SELECT FROM failed f WHERE f.connection_id = a.connection_id AND f.entity = a.entity)
            UNION ALL
            SELECT 5, l.connection_id, l.entity, l.checked_at, l.store_total - l.held, NULL, NULL, l.note, NULL
            FROM xtnd.completeness l WHERE l.tenant_id = $1 AND l.state = 'differs'
            UNION ALL
            SELECT 6, q.connection_id, CASE WHEN min(q.entity) = max(q.entity) THEN min(q.entity) END, min(q.first_seen_at), count(*), NULL, NULL, NULL, NULL
            FROM (SELECT connection_id, entity, first_seen_at FROM xtnd.quarantine WHERE tenant_id = $1 AND resolved_at IS NULL LIMIT 10000) q GROUP BY q.connection_id
            UNION ALL
            SELECT 8, p.id, NULL, p.created_at, 0, NULL, NULL, NULL, NULL
            FROM place p WHERE p.status = 'verified' AND NOT EXISTS (SELECT FROM active a WHERE a.connection_id = p.id))
        SELECT count(*) OVER (), concern.kind, p.id, p.name, p.zone, concern.entity, concern.at, concern.count, concern.run, concern.code, concern.reason, concern.cure
        FROM concern JOIN place p ON p.id = concern.connection_id
        ORDER BY concern.kind, concern.at, lower(p.name), p.id, concern.entity LIMIT $4
        """;

    /// <summary>What a person is needed for, the gravest first, the oldest of a kind first.</summary>
    public async Task<Concerns> Concerns(Guid tenant, CancellationToken cancellationToken)
    {
        var total = 0L;
        var items = await database.Rows(
            Concerned,
            [new() { Value = tenant }, Now, new() { Value = FailuresSeen }, new() { Value = ConcernsNamed }],
            row =>
            {
                total = row.GetInt64(0);
                return new Concern(
                    (ConcernKind)row.GetInt32(1), row.GetGuid(2).ToString("N"), row.GetString(3), row.GetString(4), row.Text(5), row.Nullable<DateTimeOffset>(6),
                    row.GetInt64(7), row.Nullable<Guid>(8)?.ToString("N"), row.Text(9), row.Text(10), row.Text(11));
            },
            cancellationToken);
        return new(items, total);
    }
}
