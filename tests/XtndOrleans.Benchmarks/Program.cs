using XtndOrleans.Benchmarks;

const string Help = """
    dotnet run -c Release --project tests/XtndOrleans.Benchmarks -- NAME [options]

      body      how the store's JSON is kept, and how a page is written
      ingest    one store into PostgreSQL, beside its own floors

      --products N    products of the store         (50000; body: 20000)
      --page N        products a page                (200)
      --rounds N      rounds, interleaved            (3)
    """;

return args switch
{
    ["body", .. var options] => await BodyBenchmark.Run(Options.Read(options, products: 20_000)),
    ["ingest", .. var options] => await IngestBenchmark.Run(Options.Read(options, products: 50_000)),
    ["ingest-part", var part, .. var options] => await IngestPart.Run(part, Options.Read(options, products: 0)),
    _ => Usage(),
};

static int Usage()
{
    Console.WriteLine(Help);
    return 2;
}
