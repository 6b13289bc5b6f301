using Npgsql;
using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Engine.Overview;

/// <summary>What is fresh and what is not.</summary>
public sealed partial class OverviewQueries
{
    /// <summary>Up to so many entities of connections are all listed: those of six stores.</summary>
    const int FewLines = 42;

    /// <summary>Of more, so many of the worst.</summary>
    const int WorstLines = 20;

    /// <summary>What a line's rank means: the worst first.</summary>
    static readonly string[] States = ["late", "never", "fresh", "off"];

    /// <summary>First a row per entity, then one per line. $1 tenant, $2 now, $3 systems, $4 their entities, $5 and $6 limits.</summary>
    const string Freshnesses = $"""
        WITH thing AS MATERIALIZED (
            SELECT connection.id, wanted.entity, wanted.place, c.fresh_at, coalesce(c.held, 0) AS held, CASE WHEN s.active THEN c.fresh_at END AS scheduled_at,
                CASE WHEN s.active IS NOT TRUE THEN 3 WHEN c.fresh_at IS NULL THEN 1 WHEN c.fresh_at < $2 - {LateAfter} THEN 0 ELSE 2 END AS rank
            FROM xtnd.connection connection
            JOIN unnest($3::text[], $4::text[]) WITH ORDINALITY AS wanted (system, entity, place) ON wanted.system = connection.system
            LEFT JOIN xtnd.cursor c ON c.tenant_id = $1 AND c.connection_id = connection.id AND c.entity = wanted.entity
            LEFT JOIN xtnd.schedule s ON s.tenant_id = $1 AND s.connection_id = connection.id AND s.entity = wanted.entity
            WHERE connection.tenant_id = $1 AND connection.deleting_since IS NULL),
        entity AS MATERIALIZED (
            SELECT entity, min(place) AS place, count(*) FILTER (WHERE rank = 2) AS fresh, count(*) FILTER (WHERE rank = 0) AS late,
                count(*) FILTER (WHERE rank = 1) AS never, count(*) FILTER (WHERE rank = 3) AS off, sum(held)::bigint AS held, min(scheduled_at) AS stalest_at
            FROM thing GROUP BY entity),
        few AS MATERIALIZED (SELECT coalesce(sum(fresh + late + never + off), 0) <= $5 AS few FROM entity),
        stalest AS (
            SELECT DISTINCT ON (t.entity) t.* FROM thing t JOIN entity e ON e.entity = t.entity AND e.stalest_at = t.scheduled_at ORDER BY t.entity, t.id),
        line AS (
            SELECT * FROM thing ORDER BY rank, fresh_at, id, place LIMIT CASE WHEN (SELECT few FROM few) THEN $5 ELSE $6 END),
        told AS (
            SELECT 0 AS part, e.place, e.entity, e.fresh, e.late, e.never, e.off, e.held AS sum, t.id, t.rank, t.fresh_at, t.held
            FROM entity e LEFT JOIN stalest t ON t.entity = e.entity
            UNION ALL
            SELECT 1, place, entity, 0, 0, 0, 0, 0, id, rank, fresh_at, held FROM line)
        SELECT told.part, told.entity, told.fresh, told.late, told.never, told.off, told.sum, told.id, connection.name, {ConnectionRow.Zone}, told.rank, told.fresh_at,
            told.held, few.few
        FROM told CROSS JOIN few LEFT JOIN xtnd.connection connection ON connection.tenant_id = $1 AND connection.id = told.id
        ORDER BY told.part, CASE WHEN told.part = 0 THEN told.place END, CASE WHEN few.few THEN lower(connection.name) END, CASE WHEN NOT few.few THEN told.rank END,
            CASE WHEN NOT few.few THEN told.fresh_at END, told.id, told.place
        """;

    /// <summary>How fresh each entity is over all connections, and which are worst.</summary>
    public async Task<TenantFreshness> Freshness(Guid tenant, CancellationToken cancellationToken)
    {
        var wanted = catalog.Systems.SelectMany(system => system.Entities, (system, entity) => (system.System, entity.Entity)).ToList();
        var (entities, lines, isAll) = (new List<EntityFreshness>(), new List<FreshnessLine>(), true);
        await database.Rows(
            Freshnesses,
            [
                new() { Value = tenant }, Now, new() { Value = wanted.Select(pair => pair.System).ToArray() }, new() { Value = wanted.Select(pair => pair.Entity).ToArray() },
                new() { Value = FewLines }, new() { Value = WorstLines },
            ],
            row =>
            {
                var line = row.IsDBNull(7) ? null : Line(row);
                isAll = row.GetBoolean(13);
                if (row.GetInt32(0) == 0)
                {
                    entities.Add(new(row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6), line));
                }
                else if (line is not null)
                {
                    lines.Add(line);
                }

                return true;
            },
            cancellationToken);
        return new(entities, lines, isAll);
    }

    static FreshnessLine Line(NpgsqlDataReader row) => new(
        row.GetGuid(7).ToString("N"), row.GetString(8), row.GetString(9), row.GetString(1), States[row.GetInt32(10)], row.Nullable<DateTimeOffset>(11), row.GetInt64(12));
}
