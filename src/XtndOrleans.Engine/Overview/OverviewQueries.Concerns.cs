using Npgsql;

namespace XtndOrleans.Engine.Overview;

/// <summary>What a person is needed for.</summary>
public sealed partial class OverviewQueries
{
    /// <summary>How many are named; the rest are counted.</summary>
    public const int ConcernsNamed = 20;

    /// <summary>Failed runs that are looked at, the newest. A tenant with more has enough to do with those.</summary>
    const int FailuresSeen = 1000;

    /// <summary>
    /// What a connection that does not work leaves behind (failed runs, stale entities) is its own concern already and is not named again. Reads place,
    /// wanted and thing of <see cref="Things"/>. NOT IN looks into a hash, however late everything is. $1 tenant, $2 now, $7 failed runs looked at.
    /// </summary>
    const string Concerned = """
        failed AS MATERIALIZED (
            SELECT DISTINCT ON (r.connection_id, r.entity) r.connection_id, r.entity, r.id, r.finished_at, r.error_code, r.error_message, r.error_cure
            FROM (SELECT * FROM xtnd.run WHERE tenant_id = $1 AND state = 'failed' AND finished_at IS NOT NULL ORDER BY finished_at DESC LIMIT $7) r
            WHERE r.queued_at >= coalesce(
                (SELECT c.fresh_at FROM xtnd.cursor c WHERE c.tenant_id = $1 AND c.connection_id = r.connection_id AND c.entity = r.entity), '-infinity')
            ORDER BY r.connection_id, r.entity, r.finished_at DESC),
        concern AS (
            SELECT CASE status WHEN 'failing' THEN 0 WHEN 'unverified' THEN 7 ELSE 9 END AS kind, id AS connection_id, NULL::text AS entity,
                CASE WHEN status = 'unverified' THEN created_at ELSE updated_at END AS at, 0::bigint AS count, NULL::uuid AS run, status_code AS code,
                status_reason AS reason, NULL::text AS cure
            FROM place WHERE status <> 'verified'
            UNION ALL
            SELECT CASE f.error_code WHEN 'mass_deletion_suspected' THEN 1 ELSE 2 END, f.connection_id, f.entity, f.finished_at, 0, f.id, f.error_code, f.error_message, f.error_cure
            FROM failed f JOIN place p ON p.id = f.connection_id WHERE p.status = 'verified' OR f.error_code = 'mass_deletion_suspected'
            UNION ALL
            SELECT 3, t.id, CASE WHEN count(*) = 1 THEN min(w.entity) END, min(t.overdue_at), count(*), NULL, NULL, NULL, NULL
            FROM thing t JOIN wanted w ON w.nth = t.nth WHERE t.works AND t.overdue_at IS NOT NULL GROUP BY t.id
            UNION ALL
            SELECT 4, t.id, w.entity, t.fresh_at, 0, NULL, NULL, NULL, NULL
            FROM thing t JOIN wanted w ON w.nth = t.nth
            WHERE t.works AND t.rank = 0 AND t.overdue_at IS NULL AND (t.id, w.entity) NOT IN (SELECT f.connection_id, f.entity FROM failed f)
            UNION ALL
            SELECT 5, l.connection_id, l.entity, l.checked_at, l.store_total - l.held, NULL, NULL, l.note, NULL
            FROM xtnd.completeness l WHERE l.tenant_id = $1 AND l.state = 'differs'
            UNION ALL
            SELECT 6, q.connection_id, CASE WHEN min(q.entity) = max(q.entity) THEN min(q.entity) END, min(q.first_seen_at), count(*), NULL, NULL, NULL, NULL
            FROM (SELECT connection_id, entity, first_seen_at FROM xtnd.quarantine WHERE tenant_id = $1 AND resolved_at IS NULL LIMIT 10000) q GROUP BY q.connection_id
            UNION ALL
            SELECT 8, p.id, NULL, p.created_at, 0, NULL, NULL, NULL, NULL
            FROM place p WHERE p.status = 'verified' AND NOT EXISTS (SELECT FROM thing t WHERE t.id = p.id AND t.rank <> 3))
        """;

    static Concern Concerning(NpgsqlDataReader row) => new(
        (ConcernKind)row.GetInt32(1), row.GetGuid(2).ToString("N"), row.GetString(3), row.GetString(4), row.Text(5), row.Nullable<DateTimeOffset>(6),
        row.GetInt64(7), row.Nullable<Guid>(9)?.ToString("N"), row.Text(10), row.Text(11), row.Text(12));
}
