using Microsoft.Extensions.Time.Testing;
using XtndOrleans.Connectors;
using XtndOrleans.Engine.Fleet;
using XtndOrleans.Engine.Overview;
using XtndOrleans.Tests.Server;
using XtndOrleans.Tests.Support;

namespace XtndOrleans.Tests.Overview;

/// <summary>Rows as the grains write them, and what the front pages read from them. It is noon in UTC.</summary>
public sealed class OverviewWorld : IAsyncDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    OverviewWorld(TestDatabase database, DateTimeOffset now)
    {
        Database = database;
        Clock = new(now);
        Overview = new(database.DataSource, new ConnectorCatalog([new FakeConnector("magento")]), Clock);
        Fleet = new(database.DataSource, Clock);
    }

    public TestDatabase Database { get; }

    public FakeTimeProvider Clock { get; }

    public OverviewQueries Overview { get; }

    public FleetQueries Fleet { get; }

    public static async Task<OverviewWorld> Create(DateTimeOffset? now = null) => new(await TestDatabase.Create(), now ?? Noon);

    public async Task<Guid> Tenant(string name = "Tenant", DateTimeOffset? createdAt = null)
    {
        var id = Guid.CreateVersion7();
        await Database.Scalar("INSERT INTO xtnd.tenant (id, name, created_at) VALUES ($1, $2, $3)", id, name, createdAt ?? Clock.GetUtcNow());
        return id;
    }

    public async Task<Guid> Connection(Guid tenant, string name = "Shop", string status = "verified", string zone = "Europe/Stockholm", string? reason = null)
    {
        var id = Guid.CreateVersion7();
        await Database.Scalar(
            """
            INSERT INTO xtnd.connection (tenant_id, id, system, name, api_url, base_address, access_token, sealed_secret, time_zone, status, status_reason, verified_at, created_at, updated_at)
            VALUES ($1, $2, 'magento', $3, 'https://shop.example/rest/V1', 'https://shop.example/', 'user', '\x01', $4, $5, nullif($6, ''), CASE WHEN $5 <> 'unverified' THEN $7 END, $7, $7)
            """,
            tenant, id, name, zone, status, reason ?? "", Ago(48));
        return id;
    }

    public Task Schedule(
        Guid tenant, Guid connection, string entity, string frequency = "hourly", DateTimeOffset? next = null, string zone = "Europe/Stockholm", bool active = true, string time = "08:05") =>
        Database.Scalar(
            """
            INSERT INTO xtnd.schedule (tenant_id, connection_id, entity, frequency, active, start_date, time_of_day, armed_zone, next_due_at)
            VALUES ($1, $2, $3, $4, $5, '2026-01-05', $6::text::time, $7, CASE WHEN $5 THEN $8 END)
            ON CONFLICT (tenant_id, connection_id, entity) DO UPDATE SET active = excluded.active, frequency = excluded.frequency, next_due_at = excluded.next_due_at
            """,
            tenant, connection, entity, frequency, active, time, zone, next ?? Ago(-0.5));

    public Task Cursor(Guid tenant, Guid connection, string entity, DateTimeOffset? freshAt, long held = 0) => Database.Scalar(
        """
        INSERT INTO xtnd.cursor (tenant_id, connection_id, entity, fresh_at, held) VALUES ($1, $2, $3, nullif($4, '-infinity'::timestamptz), $5)
        ON CONFLICT (tenant_id, connection_id, entity) DO UPDATE SET fresh_at = excluded.fresh_at, held = excluded.held
        """,
        tenant, connection, entity, freshAt is { } at ? at : DateTime.MinValue.ToUniversalTime(), held);

    /// <summary>A run that took a minute, or that is under way.</summary>
    public async Task<Guid> Run(
        Guid tenant, Guid connection, string entity, string state, DateTimeOffset at, (long Inserted, long Updated, long Deleted) changed = default, string code = "store_error")
    {
        var id = Guid.CreateVersion7(at);
        await Database.Scalar(
            """
            INSERT INTO xtnd.run (tenant_id, connection_id, id, entity, mode, trigger, state, queued_at, started_at, finished_at, inserted, updated, deleted, error_code, error_message, error_cure)
            SELECT $1, $2, $3, $4, 'incremental', 'schedule', $5, $6 - interval '1 minute', CASE WHEN $5 <> 'queued' THEN $6 - interval '1 minute' END,
                CASE WHEN $5 NOT IN ('queued', 'running') THEN $6 END, $7, $8, $9,
                CASE WHEN $5 = 'failed' THEN $10 END, CASE WHEN $5 = 'failed' THEN 'It did not work.' END, CASE WHEN $5 = 'failed' THEN 'Mend it.' END
            """,
            tenant, connection, id, entity, state, at, changed.Inserted, changed.Updated, changed.Deleted, code);
        return id;
    }

    public DateTimeOffset Ago(double hours) => Clock.GetUtcNow().AddHours(-hours);

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
