using System.Diagnostics;
using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Benchmarks;

/// <summary>A full read of what is held already, beside the first one, through the real engine.</summary>
internal static class SweepBenchmark
{
    const int WarmUpPages = 100;
    const double MostOfWal = 0.05;

    public static async Task<int> Run(Options options)
    {
        Console.WriteLine($"{options.Records:N0} {options.Entity}s, {options.Page} a page, medians of {options.Rounds} first reads, each followed by a sweep");
        using var store = await StoreProcess.Start(options);
        await using var postgres = await Postgres.Start();
        await using var database = await postgres.Create();
        // What it writes after a first read would be taken for the sweep's.
        await database.Source.Execute("ALTER SYSTEM SET autovacuum = off");
        await database.Source.Execute("SELECT pg_reload_conf()");
        using var reader = await StoreReader.SignIn(store.ApiUrl);
        var target = new IngestTarget(reader, database, options);
        await using var engine = await RealEngine.Start(target, store.ApiUrl);
        await (await engine.Prepare(target with { Options = options with { Records = Math.Min(WarmUpPages * options.Page, options.Records) } }))();

        var (firsts, sweeps) = (new List<ReadCost>(), new List<ReadCost>());
        for (var round = 0; round < options.Rounds; round++)
        {
            var id = new EntityId(await engine.Connect(), options.Entity);
            firsts.Add(await Measure(target, engine, id));
            sweeps.Add(await Measure(target, engine, id));
        }

        return Report(firsts, sweeps);
    }

    static int Report(List<ReadCost> firsts, List<ReadCost> sweeps)
    {
        Console.WriteLine($"{"",-12}{"records/s",12}{"seconds",10}{"CPU s",8}{"rows written",14}{"WAL MB",10}{"peak MB",10}");
        Print("first read", firsts);
        Print("sweep", sweeps);
        var wal = Median(sweeps, c => c.WalBytes) / Median(firsts, c => c.WalBytes);
        var missed = sweeps.Any(c => c.Written > 0) || wal >= MostOfWal;
        Console.WriteLine($"The sweep takes {Median(sweeps, c => c.Seconds) / Median(firsts, c => c.Seconds):N2} of the first read's time and writes {wal:P2} of its WAL.");
        Console.WriteLine($"{(missed ? "MISSED" : "Kept")}: a sweep of unchanged records writes no row and less than {MostOfWal:P0} of the first read's WAL.");
        return missed ? 1 : 0;
    }

    static void Print(string name, List<ReadCost> costs) => Console.WriteLine(
        $"{name,-12}{Median(costs, c => c.Records / c.Seconds),12:N0}{Median(costs, c => c.Seconds),10:N1}{Median(costs, c => c.CpuSeconds),8:N1}"
        + $"{costs.Max(c => c.Written),14:N0}{Median(costs, c => c.WalBytes) / 1e6,10:N1}{Median(costs, c => c.PeakMegabytes),10:N0}");

    static double Median(List<ReadCost> costs, Func<ReadCost, double> value) => BodyBenchmark.Median(costs.Select(value));

    static async Task<ReadCost> Measure(IngestTarget target, RealEngine engine, EntityId id)
    {
        var database = target.Database.Source;
        await database.Execute("CHECKPOINT");
        var before = (long)(await database.Execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint"))!;
        var wal = (string)(await database.Execute("SELECT pg_current_wal_insert_lsn()::text"))!;
        await File.WriteAllTextAsync("/proc/self/clear_refs", "5"); // the peak of memory begins anew
        using var self = Process.GetCurrentProcess();
        var (cpu, began) = (self.TotalProcessorTime, Stopwatch.GetTimestamp());

        var run = await engine.Read(id);

        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        self.Refresh();
        var (spent, peak) = ((self.TotalProcessorTime - cpu).TotalSeconds, self.PeakWorkingSet64 / 1e6);
        var walBytes = (long)(await database.Execute($"SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '{wal}')::bigint"))!;
        return run.Seen == target.Options.Records
            ? new(run.Seen, seconds, spent, await Written(target, id, before), walBytes, peak)
            : throw new InvalidOperationException($"{run.Seen} of {target.Options.Records} {id.Entity}s were read.");
    }

    /// <summary>Rows that any transaction since then has written or so much as locked. A cluster this young has not yet wrapped its transaction numbers.</summary>
    static async Task<long> Written(IngestTarget target, EntityId id, long before) => (long)(await target.Database.Source.Execute(
        $"""
        SELECT count(*) FROM xtnd."{id.Entity}" t
        WHERE tenant_id = $1 AND connection_id = $2 AND (t.xmin::text::bigint >= $3 OR t.xmax::text::bigint >= $3)
        """,
        id.Connection.Tenant, id.Connection.Connection, before))!;

    sealed record ReadCost(long Records, double Seconds, double CpuSeconds, long Written, long WalBytes, double PeakMegabytes);
}
