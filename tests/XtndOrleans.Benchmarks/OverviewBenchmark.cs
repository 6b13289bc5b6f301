using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using XtndOrleans.Connectors;
using XtndOrleans.Engine.Fleet;
using XtndOrleans.Engine.Overview;

namespace XtndOrleans.Benchmarks;

/// <summary>The statements of a tenant's front page and of the platform's, each beside a bare aggregate over the rows that it must at least look at.</summary>
internal static class OverviewBenchmark
{
    const int WarmUp = 3;
    const int Tenants = 3;
    const int MostMilliseconds = 200;

    public static async Task<int> Run(Options options)
    {
        await using var postgres = await Postgres.Start();
        await using var database = await postgres.Create();
        var tenant = await Fill(database, options.Records);
        await using var services = Services();
        var overview = new OverviewQueries(database.Source, services.GetRequiredService<ConnectorCatalog>(), TimeProvider.System);
        var fleet = new FleetQueries(database.Source, TimeProvider.System);
        var none = CancellationToken.None;

        Console.WriteLine($"{"",-34}{"ms",10}{"bare ms",10}{"ratio",8}   medians of {options.Rounds}");
        var page = new List<(double, double)>
        {
            await Measure("connections by status", () => overview.Summary(tenant, none), "SELECT count(*) FROM xtnd.connection WHERE tenant_id = $1"),
            await Measure("runs under way", () => overview.UnderWay(tenant, none), "SELECT count(*) FROM xtnd.run WHERE tenant_id = $1 AND state IN ('queued', 'running')"),
            await Measure("who is needed, and what is fresh", () => overview.Health(tenant, none), "SELECT count(*) FROM xtnd.connection WHERE tenant_id = $1; SELECT max(next_due_at) FROM xtnd.schedule WHERE tenant_id = $1 AND active; SELECT max(fresh_at), sum(held) FROM xtnd.cursor WHERE tenant_id = $1; SELECT count(*) FROM xtnd.completeness WHERE tenant_id = $1 AND state = 'differs'"),
            await Measure("records a day", () => overview.Changes(tenant, "Europe/Stockholm", none),
                "SELECT sum(inserted), sum(updated), sum(deleted) FROM xtnd.run WHERE tenant_id = $1 AND finished_at >= now() - interval '30 days' AND finished_at IS NOT NULL AND inserted + updated + deleted > 0"),
        };
        var (ms, bareMs) = (page.Sum(part => part.Item1), page.Sum(part => part.Item2));
        Console.WriteLine($"{"one after the other",-34}{ms,10:N1}{bareMs,10:N1}{ms / bareMs,8:N2}");
        await Measure("fleet: all tenants now", () => fleet.Now(none), "SELECT count(*) FROM xtnd.connection; SELECT count(*) FROM xtnd.run WHERE state IN ('queued', 'running'); SELECT $1::uuid");
        await Measure("fleet: starts of the next 24 h", () => fleet.Plan(none), "SELECT count(*), max(next_due_at) FROM xtnd.schedule WHERE $1::uuid IS NOT NULL");

        var missed = ms >= MostMilliseconds;
        Console.WriteLine($"{(missed ? "MISSED" : "Kept")}: the overview's statements take together under {MostMilliseconds} ms.");
        return missed ? 1 : 0;

        async Task<(double, double)> Measure(string name, Func<Task> ours, string bare)
        {
            var statements = bare.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            var (mine, floor) = (new List<double>(), new List<double>());
            for (var round = -WarmUp; round < options.Rounds; round++)
            {
                var began = Stopwatch.GetTimestamp();
                await ours();
                var between = Stopwatch.GetTimestamp();
                foreach (var statement in statements)
                {
                    await database.Source.Execute(statement, tenant);
                }

                if (round >= 0)
                {
                    mine.Add(Stopwatch.GetElapsedTime(began, between).TotalMilliseconds);
                    floor.Add(Stopwatch.GetElapsedTime(between).TotalMilliseconds);
                }
            }

            var (median, bareMedian) = (BodyBenchmark.Median(mine), BodyBenchmark.Median(floor));
            Console.WriteLine($"{name,-34}{median,10:N1}{bareMedian,10:N1}{median / bareMedian,8:N2}");
            return (median, bareMedian);
        }
    }

    /// <summary>Three tenants alike, with ids in the order of time as the product makes them; the first has a month of runs: each entity once a day, a third of the runs changed something, one in fifty failed.</summary>
    static async Task<Guid> Fill(BenchmarkDatabase database, int connections)
    {
        await database.Source.Execute("INSERT INTO xtnd.tenant SELECT gen_random_uuid(), 'Tenant ' || i, now() - make_interval(mins => i) FROM generate_series(1, $1) i", Tenants);
        await database.Source.Execute(
            """
            INSERT INTO xtnd.connection (tenant_id, id, system, name, api_url, base_address, access_token, sealed_secret, status, verified_at, store, created_at, updated_at)
            SELECT t.id, overlay(overlay(gen_random_uuid()::text PLACING lpad(to_hex(1790000000 + i), 8, '0') FROM 1) PLACING '7' FROM 15)::uuid, 'magento', 'Shop ' || i, 'https://shop.example/rest/V1', 'https://shop.example/', 'user', '\x01',
                CASE WHEN i % 50 = 0 THEN 'failing' WHEN i % 70 = 0 THEN 'paused' ELSE 'verified' END, now(), '{"timeZone": "Europe/Stockholm"}', now(), now()
            FROM xtnd.tenant t CROSS JOIN generate_series(1, $1) i
            """,
            connections);
        await database.Source.Execute(
            """
            WITH entity AS (SELECT * FROM unnest(ARRAY['product', 'order', 'invoice', 'shipment', 'accounting', 'customer', 'stock']) entity),
            lot AS (SELECT c.tenant_id, c.id, e.entity, entity IN ('order', 'stock') AS hourly, random() AS luck FROM xtnd.connection c CROSS JOIN entity e),
            thing AS (SELECT *, date_trunc('minute', now()) + make_interval(mins => 1 + (luck * CASE WHEN hourly THEN 58 ELSE 1438 END)::int) AS due FROM lot),
            schedules AS (
                INSERT INTO xtnd.schedule (tenant_id, connection_id, entity, frequency, active, start_date, time_of_day, armed_zone, next_due_at)
                SELECT tenant_id, id, entity, CASE WHEN hourly THEN 'hourly' ELSE 'daily' END, true, '2026-01-01', (due AT TIME ZONE 'Europe/Stockholm')::time,
                    'Europe/Stockholm', due FROM thing),
            ledger AS (
                INSERT INTO xtnd.completeness (tenant_id, connection_id, entity, held, store_total, checked_at, state)
                SELECT tenant_id, id, entity, 100, 100, now(), CASE WHEN luck < 0.01 THEN 'differs' ELSE 'complete' END FROM thing)
            INSERT INTO xtnd.cursor (tenant_id, connection_id, entity, held, fresh_at) SELECT tenant_id, id, entity, 200, now() - luck * interval '3 hours' FROM thing
            """);
        var tenant = (Guid)(await database.Source.Execute("SELECT id FROM xtnd.tenant WHERE name = 'Tenant 1'"))!;
        await database.Source.Execute(
            """
            INSERT INTO xtnd.run (tenant_id, connection_id, id, entity, mode, trigger, state, queued_at, started_at, finished_at, inserted, updated)
            SELECT c.tenant_id, c.connection_id, gen_random_uuid(), c.entity, 'incremental', 'schedule', CASE WHEN random() < 0.02 THEN 'failed' ELSE 'succeeded' END,
                at, at, at + interval '10 seconds', CASE WHEN random() < 0.33 THEN 5 ELSE 0 END, 0
            FROM generate_series(0, 29) day CROSS JOIN xtnd.cursor c CROSS JOIN LATERAL (SELECT c.fresh_at - make_interval(days => day)) made(at)
            WHERE c.tenant_id = $1
            """,
            tenant);
        await database.Source.Execute("VACUUM ANALYZE");
        var runs = await database.Source.Execute("SELECT count(*) FROM xtnd.run");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{connections:N0} connections, {connections * 7:N0} entities and {runs:N0} runs of the tenant; {connections * 7 * Tenants:N0} schedules of all"));
        return tenant;
    }

    static ServiceProvider Services()
    {
        var services = new ServiceCollection();
        services.TryAddSingleton(TimeProvider.System);
        return services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddLogging().AddMetrics().AddConnectors().BuildServiceProvider();
    }
}
