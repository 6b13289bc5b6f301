using XtndOrleans.SystemTests.Support;

namespace XtndOrleans.SystemTests.Faults;

/// <summary>10,000 schedules that are due at the same minute, each with its reminder.</summary>
public sealed class TenThousandSchedulesTests(ITestOutputHelper output)
{
    const int Connections = 1429;
    const int Schedules = Connections * 7;

    static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>The connections are paused: what is measured is the deciding, not 10,000 runs.</summary>
    [Fact]
    public async Task Every_slot_is_decided_once()
    {
        await using var world = await World.Create(new() { Products = 1, Orders = 1 });
        var now = TimeProvider.System.GetUtcNow();
        // The server needs some seconds to start; the reminders wait for it.
        var due = new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, now.Minute, 0, TimeSpan.Zero).AddMinutes(now.Second < 30 ? 1 : 2);
        await Prepare(world, due);
        await world.StartServer();

        await Until.True(async () => await Decided(world) >= Schedules, Limit + (due - now), "every slot to be decided");

        var delays = (string)(await world.Database.Scalar(
            "SELECT concat_ws(' ', percentile_disc(0.5) WITHIN GROUP (ORDER BY delay_seconds), percentile_disc(0.99) WITHIN GROUP (ORDER BY delay_seconds), max(delay_seconds)) FROM xtnd.slot WHERE due_at = $1",
            due.UtcDateTime))!;
        output.WriteLine($"{Schedules} slots of one minute decided; seconds after it, median, 99 % and the last: {delays}");
        Assert.Equal((long)Schedules, await world.Database.Scalar("SELECT count(*) FROM xtnd.slot WHERE due_at = $1 AND outcome = 'skipped_paused'", due.UtcDateTime));
        Assert.Equal((long)Schedules, await world.Database.Scalar("SELECT count(DISTINCT (connection_id, entity)) FROM xtnd.slot"));
        Assert.Equal((long)Schedules, await world.Database.Scalar("SELECT count(*) FROM xtnd.schedule WHERE next_due_at = $1", due.AddDays(1).UtcDateTime));
    }

    static async Task<long> Decided(World world) => (long)(await world.Database.Scalar("SELECT count(*) FROM xtnd.slot"))!;

    static async Task Prepare(World world, DateTimeOffset due)
    {
        await world.Database.Scalar("INSERT INTO xtnd.tenant VALUES ('11111111-1111-1111-1111-111111111111', 'T', now())");
        await world.Database.Scalar(
            """
            INSERT INTO xtnd.connection (tenant_id, id, system, name, api_url, base_address, access_token, sealed_secret, status, verified_at, created_at, updated_at)
            SELECT '11111111-1111-1111-1111-111111111111', gen_random_uuid(), 'magento', 'C' || n, 'http://shop.example', 'http://shop.example/', 'u', '', 'paused', now(), now(), now()
            FROM generate_series(1, $1) n
            """,
            Connections);
        await world.Database.Scalar(
            """
            INSERT INTO xtnd.schedule (tenant_id, connection_id, entity, frequency, active, start_date, time_of_day, time_zone, armed_zone, next_due_at)
            SELECT tenant_id, id, entity, 'daily', true, '2026-01-05', $1, 'UTC', 'UTC', $2
            FROM xtnd.connection CROSS JOIN unnest(ARRAY['product', 'order', 'invoice', 'shipment', 'accounting', 'customer', 'stock']) entity
            """,
            TimeOnly.FromDateTime(due.UtcDateTime), due.UtcDateTime);
        var grains = new List<(string Id, int Hash)>();
        await using (var command = world.Database.DataSource.CreateCommand("SELECT format('sched/%s/%s/%s', replace(tenant_id::text, '-', ''), replace(connection_id::text, '-', ''), entity) FROM xtnd.schedule"))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                var grain = GrainId.Create("xtnd.entity-schedule", reader.GetString(0));
                grains.Add((grain.ToString(), unchecked((int)grain.GetUniformHashCode())));
            }
        }

        await world.Database.Scalar(
            """
            INSERT INTO orleans.reminder (serviceid, grainid, remindername, starttime, period, grainhash, version)
            SELECT 'xtnd', grain, 'due', $3, 60000, hash, nextval('orleans.reminder_version') FROM unnest($1, $2) AS one (grain, hash)
            """,
            grains.Select(grain => grain.Id).ToArray(), grains.Select(grain => grain.Hash).ToArray(), due.UtcDateTime);
    }
}
