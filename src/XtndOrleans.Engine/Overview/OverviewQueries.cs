using Npgsql;
using XtndOrleans.Connectors;
using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Engine.Overview;

/// <summary>A tenant's front page, read from SQL. Each statement is bounded: by the tenant's connections and entities, or by a limit. None reads records.</summary>
public sealed partial class OverviewQueries(NpgsqlDataSource database, ConnectorCatalog catalog, TimeProvider clock)
{
    /// <summary>How old what is held may be before it is late, beside twice the schedule's period.</summary>
    const string LateAfter = "CASE s.frequency WHEN 'hourly' THEN interval '3 hours' WHEN 'daily' THEN interval '49 hours' ELSE interval '337 hours' END";

    const int RunsNamed = 5;

    /// <summary>The tenant's connections by status.</summary>
    public async Task<TenantSummary> Summary(Guid tenant, CancellationToken cancellationToken) => (await database.Rows(
        $"""
        SELECT count(*) FILTER (WHERE connection.status = 'verified'), count(*) FILTER (WHERE connection.status = 'failing'),
            count(*) FILTER (WHERE connection.status = 'unverified'), count(*) FILTER (WHERE connection.status = 'paused'),
            CASE WHEN min({ConnectionRow.Zone}) = max({ConnectionRow.Zone}) THEN min({ConnectionRow.Zone}) ELSE 'UTC' END
        FROM xtnd.connection connection WHERE connection.tenant_id = $1 AND connection.deleting_since IS NULL
        """,
        [new() { Value = tenant }],
        row => new TenantSummary(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetString(4)),
        cancellationToken))[0];

    /// <summary>The tenant's runs that are under way. One statement over an index of just those, to be asked every few seconds.</summary>
    public async Task<RunsUnderWay> UnderWay(Guid tenant, CancellationToken cancellationToken)
    {
        var (running, queued) = (0L, 0L);
        var longest = await database.Rows(
            """
            SELECT counted.running, counted.queued, connection.id, connection.name, run.id, run.entity, run.state, run.queued_at, run.seen, run.total
            FROM (SELECT count(*) FILTER (WHERE state = 'running') AS running, count(*) FILTER (WHERE state = 'queued') AS queued
                  FROM xtnd.run WHERE tenant_id = $1 AND state IN ('queued', 'running')) counted
            LEFT JOIN LATERAL (
                SELECT * FROM xtnd.run WHERE tenant_id = $1 AND state IN ('queued', 'running') ORDER BY state DESC, queued_at, id LIMIT $2) run ON true
            LEFT JOIN xtnd.connection connection ON connection.tenant_id = $1 AND connection.id = run.connection_id AND connection.deleting_since IS NULL
            ORDER BY run.state DESC, run.queued_at, run.id
            """,
            [new() { Value = tenant }, new() { Value = RunsNamed }],
            row =>
            {
                (running, queued) = (row.GetInt64(0), row.GetInt64(1));
                return row.IsDBNull(2) ? null : new RunUnderWay(
                    row.GetGuid(2).ToString("N"), row.GetString(3), row.GetGuid(4).ToString("N"), row.GetString(5), row.GetString(6),
                    row.GetFieldValue<DateTimeOffset>(7), row.GetInt64(8), row.Nullable<long>(9));
            },
            cancellationToken);
        return new(running, queued, [.. longest.OfType<RunUnderWay>()]);
    }

    NpgsqlParameter Now => new() { Value = clock.GetUtcNow().ToUniversalTime() };
}
