using System.Diagnostics;
using System.Globalization;
using XtndOrleans.Connectors;

namespace XtndOrleans.Benchmarks;

/// <summary>How the exact JSON is kept decides how fast a store is read. Each way writes the same products with the real statement.</summary>
internal static class BodyBenchmark
{
    sealed record Way(string Name, string? Column, PageWriter Write, string Scan);

    static readonly Way[] Ways =
    [
        new("json, lz4 (the store)", null, PageWriters.Store, "body->>'name'"),
        new("json, pglz", "SET COMPRESSION pglz", PageWriters.Store, "body->>'name'"),
        new("jsonb, lz4", "TYPE jsonb", PageWriters.BodyAs("g.body::jsonb"), "body->>'name'"),
        new("text, lz4", "TYPE text", PageWriters.BodyAs("g.body"), "body::json->>'name'"),
        new("bytea, lz4", "TYPE bytea USING NULL", PageWriters.BodyAs("convert_to(g.body, 'UTF8')"), "convert_from(body, 'UTF8')::json->>'name'"),
        new("json, lz4, by COPY", null, PageWriters.Copy, "body->>'name'"),
        new("json, lz4, bare insert", null, (database, commit) => PageWriters.Bare(database, [commit]), "body->>'name'"),
    ];

    public static async Task<int> Run(Options options)
    {
        using var store = await StoreProcess.Start(options);
        using var reader = await StoreReader.SignIn(store.ApiUrl);
        var pages = await reader.ReadAll(options);
        var rows = pages.Sum(p => p.Records.Count);
        Console.WriteLine($"{rows:N0} products of {pages.Sum(p => p.Bytes) / rows:N0} bytes, {options.Page} a page, {options.Rounds} rounds interleaved, medians");
        Console.WriteLine($"{"",-26}{"new rows/s",12}{"again rows/s",14}{"CPU us a row",14}{"again",8}{"MB on disk",12}{"scan ms",10}");

        await using var postgres = await Postgres.Start();
        var results = Ways.ToDictionary(w => w, _ => new List<(double New, double Again, double NewCpu, double AgainCpu, double Megabytes, double Scan)>());
        await Measure(postgres, Ways[0], pages[..Math.Min(10, pages.Count)]);
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var way in Ways)
            {
                results[way].Add(await Measure(postgres, way, pages));
            }
        }

        foreach (var way in Ways)
        {
            var r = results[way];
            Console.WriteLine($"{way.Name,-26}{Median(r.Select(x => x.New)),12:N0}{Median(r.Select(x => x.Again)),14:N0}{Median(r.Select(x => x.NewCpu)),14:N0}{Median(r.Select(x => x.AgainCpu)),8:N0}{Median(r.Select(x => x.Megabytes)),12:N1}{Median(r.Select(x => x.Scan)),10:N0}");
        }

        return 0;
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    static async Task<(double, double, double, double, double, double)> Measure(Postgres postgres, Way way, List<Page> pages)
    {
        var database = await postgres.Create();
        if (way.Column is { } column)
        {
            // A partition takes a new compression from its parent only when it is made.
            await database.Source.Execute(column.StartsWith("SET", StringComparison.Ordinal)
                ? string.Concat(Enumerable.Range(0, 16).Select(i => $"ALTER TABLE xtnd.product_p{i} ALTER COLUMN body {column};"))
                : $"ALTER TABLE xtnd.product ALTER COLUMN body {column}");
        }

        var (id, run) = await database.Begin(Entities.Product);
        var rows = pages.Sum(p => p.Records.Count);
        async Task<(double Rate, double Cpu)> WriteAll()
        {
            var (started, cpu) = (Stopwatch.GetTimestamp(), await CpuSeconds(database));
            foreach (var page in pages)
            {
                await way.Write(database.Source, new(id, run, 1, page, page.Records[^1].ExternalId, false, 1, 0, rows, TimeProvider.System.GetUtcNow()));
            }

            var rate = rows / Stopwatch.GetElapsedTime(started).TotalSeconds;
            return (rate, (await CpuSeconds(database) - cpu) * 1e6 / rows);
        }

        var (first, again) = (await WriteAll(), await WriteAll());
        var bytes = (long)(await database.Source.Execute("SELECT sum(pg_total_relation_size(oid))::bigint FROM pg_class WHERE relname LIKE 'product\\_p%' AND relkind = 'r'"))!;
        await database.Source.Execute($"SELECT count({way.Scan}) FROM xtnd.product");
        var scan = Stopwatch.GetTimestamp();
        await database.Source.Execute($"SELECT count({way.Scan}) FROM xtnd.product");
        var result = (first.Rate, again.Rate, first.Cpu, again.Cpu, bytes / 1e6, Stopwatch.GetElapsedTime(scan).TotalMilliseconds);
        await postgres.Drop(database);
        return result;
    }

    /// <summary>What we and our sessions have used of the processor. It tells the ways apart even on a machine that is busy with something else.</summary>
    static async Task<double> CpuSeconds(BenchmarkDatabase database)
    {
        var sessions = (int[])(await database.Source.Execute("SELECT array_agg(pid) FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'"))!;
        var ticks = sessions.Sum(pid =>
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat").Split(' ');
            return long.Parse(stat[13], CultureInfo.InvariantCulture) + long.Parse(stat[14], CultureInfo.InvariantCulture);
        });
        using var self = Process.GetCurrentProcess();
        return (ticks / 100.0) + self.TotalProcessorTime.TotalSeconds;
    }
}
