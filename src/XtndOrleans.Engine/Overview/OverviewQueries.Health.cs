using Npgsql;
using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Engine.Overview;

/// <summary>What a person is needed for, and what is fresh: two answers from one reading of every entity of every connection.</summary>
public sealed partial class OverviewQueries
{
    /// <summary>
    /// The tenant's connections, and each entity of each with its cursor and its schedule: rows so narrow that those of 5,000 connections stay in memory.
    /// $1 tenant, $2 now, $3 systems, $4 their entities.
    /// </summary>
    const string Things = $"""
        place AS MATERIALIZED (
            SELECT connection.id, connection.system, connection.name, connection.status, connection.status_reason, connection.status_code,
                connection.created_at, connection.updated_at, {ConnectionRow.Zone} AS zone
            FROM xtnd.connection connection WHERE connection.tenant_id = $1 AND connection.deleting_since IS NULL),
        wanted AS MATERIALIZED (SELECT system, entity, nth::smallint AS nth FROM unnest($3::text[], $4::text[]) WITH ORDINALITY AS given (system, entity, nth)),
        thing AS MATERIALIZED (
            SELECT p.id, s.fresh_at, coalesce(s.held, 0) AS held, CASE WHEN s.active AND s.next_due_at < $2 - interval '5 minutes' THEN s.next_due_at END AS overdue_at, wanted.nth,
                (CASE WHEN s.active IS NOT TRUE THEN 3 WHEN s.fresh_at IS NULL THEN 1 WHEN s.fresh_at < $2 - {LateAfter} THEN 0 ELSE 2 END)::smallint AS rank,
                p.status = 'verified' AS works
            FROM place p JOIN wanted ON wanted.system = p.system
            LEFT JOIN (
                SELECT connection_id, entity, c.fresh_at, c.held, s.frequency, s.active, s.next_due_at
                FROM (SELECT connection_id, entity, fresh_at, held FROM xtnd.cursor WHERE tenant_id = $1) c
                FULL JOIN (SELECT connection_id, entity, frequency, active, next_due_at FROM xtnd.schedule WHERE tenant_id = $1) s USING (connection_id, entity)) s
                ON s.connection_id = p.id AND s.entity = wanted.entity)
        """;

    /// <summary>First a row per entity, then one per line, then one per concern. $5 and $6 limits of lines, $7 and $8 of concerns.</summary>
    const string Healthy = $"""
        WITH {Things}, {Freshnesses}, {Concerned},
        told AS (
            SELECT 0 AS part, e.nth::bigint AS place, t.rank::int AS kind, t.id, e.entity, t.fresh_at AS at, t.held AS count,
                ARRAY[e.fresh, e.late, e.never, e.off, e.held] AS totals, NULL::uuid AS run, NULL::text AS code, NULL::text AS reason, NULL::text AS cure
            FROM entity e LEFT JOIN stalest t ON t.entity = e.entity
            UNION ALL
            SELECT 1, row_number() OVER (ORDER BY CASE WHEN few.few THEN lower(p.name) END, CASE WHEN NOT few.few THEN l.rank END,
                    CASE WHEN NOT few.few THEN l.fresh_at END, l.id, l.nth),
                l.rank, l.id, w.entity, l.fresh_at, l.held, NULL, NULL, NULL, NULL, NULL
            FROM line l JOIN place p ON p.id = l.id JOIN wanted w ON w.nth = l.nth CROSS JOIN few
            UNION ALL
            SELECT 2, row_number() OVER (), g.kind, g.id, g.entity, g.at, g.count, ARRAY[g.total], g.run, g.code, g.reason, g.cure
            FROM (SELECT concern.*, p.id, count(*) OVER () AS total FROM concern JOIN place p ON p.id = concern.connection_id
                  ORDER BY concern.kind, concern.at, lower(p.name), p.id, concern.entity LIMIT $8) g)
        SELECT told.part, told.kind, told.id, p.name, p.zone, told.entity, told.at, told.count, told.totals, told.run, told.code, told.reason, told.cure
        FROM told LEFT JOIN place p ON p.id = told.id ORDER BY told.part, told.place
        """;

    /// <summary>
    /// What a person is needed for, the gravest first, the oldest of a kind first; how fresh each entity is over all connections, and which are worst.
    /// </summary>
    public async Task<TenantHealth> Health(Guid tenant, CancellationToken cancellationToken)
    {
        var wanted = catalog.Systems.SelectMany(system => system.Entities, (system, entity) => (system.System, entity.Entity)).ToList();
        var (entities, lines, concerns, total) = (new List<EntityFreshness>(), new List<FreshnessLine>(), new List<Concern>(), 0L);
        await database.Rows(
            Healthy,
            [
                new() { Value = tenant }, Now, new() { Value = wanted.Select(pair => pair.System).ToArray() }, new() { Value = wanted.Select(pair => pair.Entity).ToArray() },
                new() { Value = FewLines }, new() { Value = WorstLines }, new() { Value = FailuresSeen }, new() { Value = ConcernsNamed },
            ],
            row =>
            {
                switch (row.GetInt32(0))
                {
                    case 0:
                        entities.Add(Entity(row));
                        break;
                    case 1:
                        lines.Add(Line(row));
                        break;
                    default:
                        concerns.Add(Concerning(row));
                        total = row.GetFieldValue<long[]>(8)[0];
                        break;
                }

                return true;
            },
            cancellationToken);
        var isAll = entities.Sum(entity => entity.Fresh + entity.Late + entity.Never + entity.Off) <= FewLines;
        return new(new(concerns, total), new(entities, lines, isAll));
    }

    static EntityFreshness Entity(NpgsqlDataReader row)
    {
        var totals = row.GetFieldValue<long[]>(8);
        return new(row.GetString(5), totals[0], totals[1], totals[2], totals[3], totals[4], row.IsDBNull(2) ? null : Line(row));
    }
}
