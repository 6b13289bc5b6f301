using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Benchmarks;

/// <summary>A delta of a large connection through the real engine, from the call that starts it to its last commit, beside the bare requests that it makes.</summary>
internal static class DeltaBenchmark
{
    // The runtime compiles a method anew after thirty calls; a server has left that behind after a minute.
    const int WarmUp = 50;
    const int MostMilliseconds = 50;

    public static async Task<int> Run(Options options)
    {
        using var store = await StoreProcess.Start(options);
        await using var postgres = await Postgres.Start();
        await using var database = await postgres.Create();
        using var reader = await StoreReader.SignIn(store.ApiUrl);
        var target = new IngestTarget(reader, database, options);
        await using var engine = await RealEngine.Start(target, store.ApiUrl);
        var id = new EntityId(await engine.Connect(), options.Entity);
        var first = await engine.Read(id);
        await database.Source.Execute("CHECKPOINT");
        Console.WriteLine($"{first.Seen:N0} {options.Entity}s held, {options.Rounds} deltas of each kind, interleaved with the bare requests, medians of milliseconds");

        using var control = new StoreControl(store.ApiUrl);
        using var runs = new DeltaRuns(target, engine, control, id);
        Console.WriteLine($"{"",-20}{"requests",10}{"run",10}{"bare",10}{"ours",10}{"run/bare",10}");
        var nothing = await Measure("nothing changed", options.Rounds, runs.OfNothing);
        await Measure("one record is new", options.Rounds, runs.OfOne);

        var missed = nothing.Requests != 1 || nothing.Ours >= MostMilliseconds;
        Console.WriteLine($"{(missed ? "MISSED" : "Kept")}: a delta of nothing makes one request and takes under {MostMilliseconds} ms of our own time.");
        return missed ? 1 : 0;
    }

    static async Task<(long Requests, double Ours)> Measure(string name, int rounds, Func<Task<DeltaTime>> delta)
    {
        for (var round = 0; round < WarmUp; round++)
        {
            await delta();
        }

        var times = new List<DeltaTime>();
        for (var round = 0; round < rounds; round++)
        {
            times.Add(await delta());
        }

        var requests = times.Max(t => t.Requests);
        var (run, bare) = (BodyBenchmark.Median(times.Select(t => t.Run)), BodyBenchmark.Median(times.Select(t => t.Bare)));
        Console.WriteLine($"{name,-20}{requests,10}{run,10:N1}{bare,10:N1}{run - bare,10:N1}{run / bare,10:N2}");
        return (requests, run - bare);
    }
}
