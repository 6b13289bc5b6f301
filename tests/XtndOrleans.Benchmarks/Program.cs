using XtndOrleans.Benchmarks;

const string Help = """
    dotnet run -c Release --project tests/XtndOrleans.Benchmarks -- NAME [options]

      body      how the store's JSON is kept, and how a page is written
      ingest    one store into PostgreSQL, beside its own floors
      delta     a delta of nothing, beside its bare request: one request, under 50 ms of our own
      page      what a page asks of the database, with a million orders in 5,000 connections: the order box in a second, lists in 200 ms
      sweep     a full read of what is held already, beside the first: no row written, under 5 % of its WAL
      overview  the front pages' statements, beside bare aggregates: a tenant's under 200 ms

      --entity NAME   product or order               (product; body: product only)
      --records N     records of the store           (50000; body: 20000; delta: 500000; sweep: 200000; overview: 5000 connections; page: 1000000 orders)
      --page N        records a page                 (the entity's own: 200 products, 50 orders)
      --rounds N      rounds, interleaved            (3; delta: 20; sweep: 1; overview: 15; page: 100 calls)

    Ends with 1 when what a name promises is not so.
    """;

return args switch
{
    ["body", .. var options] => await BodyBenchmark.Run(Options.Read(options, records: 20_000)),
    ["ingest", .. var options] => await IngestBenchmark.Run(Options.Read(options, records: 50_000)),
    ["ingest-part", var part, .. var options] => await IngestPart.Run(part, Options.Read(options, records: 0)),
    ["delta", .. var options] => await DeltaBenchmark.Run(Options.Read(options, records: 500_000, rounds: 20)),
    ["page", .. var options] => await PageBenchmark.Run(Options.Read(options, records: 1_000_000, rounds: 100)),
    ["sweep", .. var options] => await SweepBenchmark.Run(Options.Read(options, records: 200_000, rounds: 1)),
    ["overview", .. var options] => await OverviewBenchmark.Run(Options.Read(options, records: 5000, rounds: 15)),
    _ => Usage(),
};

static int Usage()
{
    Console.WriteLine(Help);
    return 2;
}
