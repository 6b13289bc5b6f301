using System.Diagnostics;
using System.Text.Json;
using XtndOrleans.Engine.Records;

namespace XtndOrleans.Benchmarks;

/// <summary>One store into PostgreSQL, beside its floors of the same run: nobody can read faster than the download or write faster than the bare statement.</summary>
internal static class IngestBenchmark
{
    static readonly string[] Parts = ["download", "write", "engine"];

    public static async Task<int> Run(Options options)
    {
        Console.WriteLine($"{options.Records:N0} {options.Entity}s, {options.Page} a page, {options.Rounds} rounds interleaved, medians");
        using var store = await StoreProcess.Start(options);
        await using var postgres = await Postgres.Start();
        var results = Parts.ToDictionary(p => p, _ => new List<PartResult>());
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var part in Parts)
            {
                results[part].Add(await Measure(part, postgres, store, options));
            }
        }

        Console.WriteLine($"{"",-22}{"items/s",12}{"CPU s",10}{"peak MB",10}");
        foreach (var part in Parts)
        {
            Console.WriteLine($"{part,-22}{Rate(part),12:N0}{Median(part, r => r.CpuSeconds),10:N2}{Median(part, r => r.PeakMegabytes),10:N0}");
        }

        var floor = Math.Min(Rate("download"), Rate("write"));
        Console.WriteLine($"The slower floor is {(floor == Rate("write") ? "writing" : "reading")}; the engine takes {floor / Rate("engine"):N2} times as long.");
        return 0;

        double Rate(string part) => Median(part, r => r.Items / r.Seconds);
        double Median(string part, Func<PartResult, double> value) => BodyBenchmark.Median(results[part].Select(value));
    }

    static async Task<PartResult> Measure(string part, Postgres postgres, StoreProcess store, Options options)
    {
        var database = await postgres.Create();
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "XtndOrleans.Benchmarks.dll"), "ingest-part", part, .. Arguments(options)])
        {
            RedirectStandardOutput = true,
            Environment = { [IngestPart.DatabaseVariable] = database.ConnectionString, [IngestPart.StoreVariable] = store.ApiUrl },
        })!;
        var answer = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var result = JsonSerializer.Deserialize<PartResult>(answer)!;
        var held = (long)(await database.Source.Execute($"SELECT count(*) FROM {RecordTable.Of(options.Entity).Name}"))!;
        if (result.Items != options.Records || (part != "download" && held < options.Records))
        {
            throw new InvalidOperationException($"{part}: {result.Items} read and {held} held of {options.Records} {options.Entity}s.");
        }

        await postgres.Drop(database);
        return result;
    }

    static string[] Arguments(Options options) => ["--entity", options.Entity, "--records", $"{options.Records}", "--page", $"{options.Page}"];
}
