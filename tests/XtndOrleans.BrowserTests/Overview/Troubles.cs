using XtndOrleans.SystemTests.Support;

namespace XtndOrleans.BrowserTests.Overview;

/// <summary>What the front pages show and a store does not do on demand, as the rows that the grains would have written. All are copies of one connection.</summary>
internal static class Troubles
{
    /// <summary>One more connection of the same tenant, in a status and for a reason; answers its id.</summary>
    public static async Task<string> Copy(World world, string connection, string name, string status, string reason) =>
        ((Guid)(await world.Database.Scalar(
            """
            INSERT INTO xtnd.connection (tenant_id, id, system, name, api_url, base_address, access_token, sealed_secret, time_zone, status, status_reason, verified_at, store, created_at, updated_at)
            SELECT tenant_id, gen_random_uuid(), system, $2, api_url, base_address, access_token, sealed_secret, time_zone, $3, nullif($4, ''),
                CASE WHEN $3 <> 'unverified' THEN verified_at END, store, created_at, updated_at
            FROM xtnd.connection WHERE id = $1 RETURNING id
            """,
            Guid.ParseExact(connection, "N"), name, status, reason))!).ToString("N");

    /// <summary>Thirty days of runs of orders that changed something, up to yesterday.</summary>
    public static Task Month(World world, string connection) => world.Database.Scalar(
        """
        INSERT INTO xtnd.run (tenant_id, connection_id, id, entity, mode, trigger, state, queued_at, started_at, finished_at, seen, inserted, updated, deleted)
        SELECT tenant_id, id, gen_random_uuid(), 'order', 'incremental', 'schedule', 'succeeded', at, at, at, 120, 20 + day * 7 % 41, 30 + day * 11 % 53, CASE WHEN day % 6 = 0 THEN 9 ELSE 0 END
        FROM xtnd.connection CROSS JOIN generate_series(1, 29) day CROSS JOIN LATERAL (SELECT now() - make_interval(days => day)) made(at) WHERE id = $1
        """,
        Guid.ParseExact(connection, "N"));

    /// <summary>A run of an entity that failed just now.</summary>
    public static async Task<string> Fail(World world, string connection, string entity, string code, string message, string cure) =>
        ((Guid)(await world.Database.Scalar(
            """
            INSERT INTO xtnd.run (tenant_id, connection_id, id, entity, mode, trigger, state, queued_at, started_at, finished_at, error_code, error_message, error_cure)
            SELECT tenant_id, id, gen_random_uuid(), $2, 'full', 'schedule', 'failed', now(), now(), now(), $3, $4, $5 FROM xtnd.connection WHERE id = $1 RETURNING run.id
            """,
            Guid.ParseExact(connection, "N"), entity, code, message, cure))!).ToString("N");

    /// <summary>Sets an entity's default schedule active, so that something is due in a day or an hour.</summary>
    public static Task Activate(this Api api, string connection, string entity) => api.Put(
        $"connections/{connection}/schedules/{entity}",
        new { frequency = "daily", active = true, startDate = "2026-01-01", timeOfDay = "03:10", timeZone = "Europe/Stockholm" });

    /// <summary>Records that were set aside, and a count that differs.</summary>
    public static async Task Differ(World world, string connection)
    {
        var id = Guid.ParseExact(connection, "N");
        await world.Database.Scalar(
            """
            INSERT INTO xtnd.quarantine (tenant_id, connection_id, entity, external_id, code, reason, first_seen_at, tried_at, attempts)
            SELECT tenant_id, id, 'order', i::text, 'store_error', 'The store answers with an error of its own for this record.', now() - interval '5 hours', now(), 3
            FROM xtnd.connection CROSS JOIN generate_series(1, 3) i WHERE id = $1
            """,
            id);
        await world.Database.Scalar(
            """
            INSERT INTO xtnd.completeness (tenant_id, connection_id, entity, held, store_total, quarantined, checked_at, state, note)
            SELECT tenant_id, id, 'customer', 480, 492, 0, now() - interval '2 hours', 'differs', 'The next sweep finds out which.' FROM xtnd.connection WHERE id = $1
            """,
            id);
    }

    /// <summary>Tenants with stores whose schedules fill a heat map; nothing of them is due during a test.</summary>
    public static async Task Crowd(World world, string connection, int tenants)
    {
        await world.Database.Scalar(
            """
            WITH made AS (INSERT INTO xtnd.tenant (id, name, created_at) SELECT gen_random_uuid(), 'Tenant ' || i, now() - make_interval(hours => i) FROM generate_series(1, $2) i RETURNING id)
            INSERT INTO xtnd.connection (tenant_id, id, system, name, api_url, base_address, access_token, sealed_secret, status, verified_at, store, created_at, updated_at)
            SELECT made.id, gen_random_uuid(), 'magento', 'Shop ' || i, api_url, base_address, access_token, '', 'verified', now(), store, now(), now()
            FROM xtnd.connection CROSS JOIN made CROSS JOIN generate_series(1, 12) i WHERE connection.id = $1
            """,
            Guid.ParseExact(connection, "N"), tenants);
        await world.Database.Scalar(
            """
            INSERT INTO xtnd.schedule (tenant_id, connection_id, entity, frequency, active, start_date, time_of_day, armed_zone, next_due_at)
            SELECT c.tenant_id, c.id, e.entity, e.frequency, true, '2026-01-01', (due AT TIME ZONE coalesce(c.store->>'timeZone', 'UTC'))::time, coalesce(c.store->>'timeZone', 'UTC'), due
            FROM xtnd.connection c CROSS JOIN (VALUES ('order', 'hourly'), ('stock', 'daily'), ('product', 'daily'), ('customer', 'daily')) e(entity, frequency)
            CROSS JOIN LATERAL (SELECT date_trunc('hour', now()) + CASE e.frequency
                WHEN 'hourly' THEN make_interval(hours => 1, mins => abs(hashtext(c.id::text)) % 12 * 5)
                ELSE make_interval(hours => 2 + abs(hashtext(c.id::text)) % 9, mins => (random() * 59)::int) END) made(due)
            WHERE c.name LIKE 'Shop %'
            ON CONFLICT DO NOTHING
            """);
    }
}
