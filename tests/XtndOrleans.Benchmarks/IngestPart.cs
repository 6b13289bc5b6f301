using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using XtndOrleans.Connectors.Magento;
using XtndOrleans.Engine.Records;
using XtndOrleans.Engine.Syncs;

namespace XtndOrleans.Benchmarks;

/// <summary>What a part of the benchmark needs; what it costs is counted by its own process.</summary>
internal sealed record IngestTarget(StoreReader Store, BenchmarkDatabase Database, Options Options);

/// <summary>A way from the store into the database. Makes what there must be before, a connection that is verified, say, and gives what is measured.</summary>
internal delegate Task<Func<Task<long>>> Ingest(IngestTarget target);

/// <summary>What a part took.</summary>
internal sealed record PartResult(long Items, double Seconds, double CpuSeconds, double PeakMegabytes);

/// <summary>One measured part, in a process of its own so that its processor time and memory are nobody else's.</summary>
internal static class IngestPart
{
    public const string DatabaseVariable = "XTND_BENCH_DATABASE";
    public const string StoreVariable = "XTND_BENCH_STORE";

    const int WarmUpPages = 100;
    const int WarmUpRounds = 6;

    public static async Task<int> Run(string part, Options options)
    {
        await using var database = new BenchmarkDatabase(Environment.GetEnvironmentVariable(DatabaseVariable)!);
        using var store = await StoreReader.SignIn(Environment.GetEnvironmentVariable(StoreVariable)!);
        var target = new IngestTarget(store, database, options);
        var result = part switch
        {
            "engine" => await Engine(target),
            "download" => await Measure(t => Task.FromResult(() => Download(t)), target),
            "write" => await Measure(await BareWrite(target), target),
            _ => throw new ArgumentException(part),
        };
        Console.WriteLine(JsonSerializer.Serialize(result));
        return 0;
    }

    static async Task<PartResult> Engine(IngestTarget target)
    {
        await using var engine = await RealEngine.Start(target, Environment.GetEnvironmentVariable(StoreVariable)!);
        return await Measure(engine.Prepare, target);
    }

    static async Task<PartResult> Measure(Ingest ingest, IngestTarget target)
    {
        // What is measured is reading a store, not compiling what reads it: the runtime compiles in steps, and a server has left them behind after a minute.
        // Each part does it as often, so that each finds a table of the same size: a larger one costs more to write into.
        var warmUp = target with { Options = target.Options with { Records = Math.Min(WarmUpPages * target.Options.Page, target.Options.Records) } };
        for (var round = 0; round < WarmUpRounds; round++)
        {
            await (await ingest(warmUp))();
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        }

        var measured = await ingest(target);
        using var self = Process.GetCurrentProcess();
        var (cpu, started) = (self.TotalProcessorTime, Stopwatch.GetTimestamp());
        var items = await measured();
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        self.Refresh();
        return new(items, seconds, (self.TotalProcessorTime - cpu).TotalSeconds, self.PeakWorkingSet64 / 1e6);
    }

    /// <summary>The floor of reading: the same requests, one after another, bodies thrown away.</summary>
    static async Task<long> Download(IngestTarget target)
    {
        using var client = new HttpClient { BaseAddress = target.Store.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", target.Store.Token);
        var (entity, size) = (target.Options.Entity, target.Options.Page);
        for (var read = 0; read < target.Options.Records; read += size)
        {
            var after = read == 0 ? null : read.ToString(CultureInfo.InvariantCulture);
            var query = MagentoQuery.Page(MagentoEntity.Named(entity), new(entity, after, null, size));
            using var response = await client.GetAsync(new Uri(query, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
            response.EnsureSuccessStatusCode();
            await response.Content.CopyToAsync(Stream.Null);
        }

        return target.Options.Records;
    }

    /// <summary>The floor of writing: the rows are in memory already, the statement does nothing but write them, and as many pages as the engine ever writes at once share each wait for the disk.</summary>
    static async Task<Ingest> BareWrite(IngestTarget target)
    {
        var pages = await target.Store.ReadAll(target.Options);
        return async t =>
        {
            var (id, run) = await t.Database.Begin(t.Options.Entity);
            return async () =>
            {
                var items = 0L;
                foreach (var together in pages.TakeWhile(page => (items += page.Records.Count) <= t.Options.Records).Chunk(ReadAhead.MostAtOnce))
                {
                    await PageWriters.Bare(t.Database.Source, [.. together.Select(page => new PageCommit(id, run, 1, page, null, false, 1, 0, null, TimeProvider.System.GetUtcNow()))]);
                }

                return Math.Min(items, t.Options.Records);
            };
        };
    }
}
