using Npgsql;

namespace XtndOrleans.Engine.Fleet;

/// <summary>
/// The platform's view over all tenants, read from SQL: the only statements without a tenant in their condition, and none of them reads a credential or a
/// record. No grain is asked.
/// </summary>
public sealed partial class FleetQueries(NpgsqlDataSource database, TimeProvider clock)
{
    const int RunsNamed = 20;

    /// <summary>Reminders decide a slot within seconds; a cluster that lost a silo needs up to half a minute.</summary>
    static readonly TimeSpan OnTime = TimeSpan.FromMinutes(1);

    /// <summary>What is so at this moment: two statements, to be asked every few seconds.</summary>
    public async Task<FleetNow> Now(CancellationToken cancellationToken)
    {
        var now = (await database.Rows(
            """
            SELECT tenants.count, connections.*, runs.*, overdue.*
            FROM (SELECT count(*) FROM xtnd.tenant) tenants,
                (SELECT count(*) FILTER (WHERE status = 'verified'), count(*) FILTER (WHERE status = 'failing'), count(*) FILTER (WHERE status = 'unverified'),
                    count(*) FILTER (WHERE status = 'paused') FROM xtnd.connection WHERE deleting_since IS NULL) connections,
                (SELECT count(*) FILTER (WHERE state = 'running'), count(*) FILTER (WHERE state = 'queued') FROM xtnd.run WHERE state IN ('queued', 'running')) runs,
                (SELECT count(*), min(s.next_due_at) FROM xtnd.schedule s JOIN xtnd.connection c ON c.tenant_id = s.tenant_id AND c.id = s.connection_id
                 WHERE s.next_due_at < $1 AND c.deleting_since IS NULL) overdue
            """,
            [new() { Value = clock.GetUtcNow().ToUniversalTime() - OnTime }],
            row => new FleetNow(
                row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6), row.GetInt64(7),
                row.Nullable<DateTimeOffset>(8), []),
            cancellationToken))[0];
        return now with { Runs = await Longest(cancellationToken) };
    }

    /// <summary>A page of the tenants, the newest first. A page behind the end is empty, with the total.</summary>
    /// <param name="query">A part of the name; null for all.</param>
    /// <param name="skip">How many to leave out from the beginning, 0 or more.</param>
    /// <param name="take">How many at most, 1 or more.</param>
    /// <param name="cancellationToken">Ends the question early.</param>
    public async Task<FleetTenants> Tenants(string? query, int skip, int take, CancellationToken cancellationToken)
    {
        var total = 0L;
        var found = await database.Rows(
            """
            WITH matching AS MATERIALIZED (
                SELECT id, row_number() OVER (ORDER BY created_at DESC, id DESC) AS place FROM xtnd.tenant WHERE $1::text IS NULL OR position(lower($1) IN lower(name)) > 0)
            SELECT counted.total, tenant.id, tenant.name, tenant.created_at, tenant.erasing_since,
                (SELECT count(*) FROM xtnd.connection c WHERE c.tenant_id = tenant.id AND c.deleting_since IS NULL),
                (SELECT coalesce(sum(held), 0)::bigint FROM xtnd.cursor c WHERE c.tenant_id = tenant.id)
            FROM (SELECT count(*) AS total FROM matching) counted
            LEFT JOIN matching ON matching.place > $2 AND matching.place <= $2 + $3
            LEFT JOIN xtnd.tenant tenant ON tenant.id = matching.id
            ORDER BY matching.place
            """,
            [Sql.Optional(Typed(query)), new() { Value = (long)skip }, new() { Value = (long)take }],
            row =>
            {
                total = row.GetInt64(0);
                return row.IsDBNull(1) ? null : new FleetTenant(
                    row.GetGuid(1).ToString("N"), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3), row.Nullable<DateTimeOffset>(4), row.GetInt64(5), row.GetInt64(6));
            },
            cancellationToken);
        return new([.. found.OfType<FleetTenant>()], total);
    }

    async Task<IReadOnlyList<FleetRun>> Longest(CancellationToken cancellationToken) => await database.Rows(
        """
        SELECT run.id, tenant.name, connection.name, run.entity, run.state, run.queued_at, run.started_at, run.pages, run.retries
        FROM (SELECT * FROM xtnd.run WHERE state IN ('queued', 'running') ORDER BY queued_at, id LIMIT $1) run
        JOIN xtnd.tenant tenant ON tenant.id = run.tenant_id
        JOIN xtnd.connection connection ON connection.tenant_id = run.tenant_id AND connection.id = run.connection_id
        ORDER BY run.queued_at, run.id
        """,
        [new() { Value = RunsNamed }],
        row => new FleetRun(
            row.GetGuid(0).ToString("N"), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetFieldValue<DateTimeOffset>(5),
            row.Nullable<DateTimeOffset>(6), row.GetInt64(7), row.GetInt64(8)),
        cancellationToken);

    // PostgreSQL keeps no NUL in a text, so nothing can contain one.
    static string? Typed(string? query) => query?.Replace("\0", "", StringComparison.Ordinal).Trim() is { Length: > 0 } text ? text : null;
}
