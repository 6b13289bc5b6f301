using System.Diagnostics;
using System.Globalization;
using XtndOrleans.Connectors;
using XtndOrleans.Connectors.Magento;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Records;

namespace XtndOrleans.Benchmarks;

/// <summary>What a page asks of the database, with 5,000 connections and a million orders of one tenant, beside the bare round trip and the bare lookup of one order.</summary>
internal static class PageBenchmark
{
    const int WarmUp = 15;
    const double MostForOrder = 1000;
    const double MostForList = 200;

    static double floor = 1;

    public static async Task<int> Run(Options options)
    {
        await using var postgres = await Postgres.Start();
        await using var database = await postgres.Create();
        var world = new PageWorld();
        var began = Stopwatch.GetTimestamp();
        await world.Fill(database, options.Records);
        Console.WriteLine($"{PageWorld.Connections:N0} connections, {options.Records:N0} orders, {options.Records / 5:N0} products, filled in {Stopwatch.GetElapsedTime(began).TotalSeconds:N0} s; {options.Rounds} calls each, milliseconds");
        Console.WriteLine($"{"",-44}{"p50",10}{"p95",10}{"x round trip",14}");
        return await Measure(database, world, options) ? 0 : 1;
    }

    static async Task<bool> Measure(BenchmarkDatabase database, PageWorld world, Options options)
    {
        var (source, stop, random) = (database.Source, CancellationToken.None, new Random(1));
        var (search, records) = (new OrderSearch(source), new RecordQueries(source));
        var connections = new ConnectionQueries(source, new ConnectorCatalog([new MagentoConnector(null!, Microsoft.Extensions.Options.Options.Create(new Connectors.Http.ConnectorOptions()), TimeProvider.System)]), TimeProvider.System);
        var (orders, products) = (new EntityId(world.Biggest, Entities.Order), new EntityId(world.Biggest, Entities.Product));
        string Some(int most) => (1 + random.Next(most)).ToString(CultureInfo.InvariantCulture);
        string Even(int most) => (2 * (1 + random.Next(most / 2))).ToString(CultureInfo.InvariantCulture);
        Task<bool> Time(string name, double most, Func<Task> call) => Print(name, most, options.Rounds, call);

        await Time("floor: SELECT 1", double.MaxValue, () => source.Execute("SELECT 1"));
        var kept = true;
        kept &= await Time("floor: one order by its key", double.MaxValue, () => source.Execute("SELECT number FROM xtnd.order WHERE tenant_id = $1 AND connection_id = $2 AND external_id = $3", world.Tenant, world.Biggest.Connection, Even(options.Records)));
        kept &= await Time("order box: exact", MostForOrder, () => Found(search.Find(world.Tenant, Some(options.Records).PadLeft(9, '0'), stop)));
        kept &= await Time("order box: exact, without zeros", MostForOrder, () => Found(search.Find(world.Tenant, Some(options.Records), stop)));
        kept &= await Time("order box: beginning", MostForOrder, () => Found(search.Find(world.Tenant, "0000" + Some(9), stop)));
        kept &= await Time("order box: not found, and where it looked", MostForOrder, async () =>
        {
            await search.Find(world.Tenant, "77" + Some(options.Records).PadLeft(8, '0'), stop);
            await search.Places(world.Tenant, stop);
        });
        kept &= await Time("orders: first page", MostForList, () => records.Browse(orders, new(), 50, null, stop));
        kept &= await Time("orders: in a status", MostForList, () => records.Browse(orders, new(Status: "holded"), 50, null, stop));
        kept &= await Time("orders: in a status that none has", MostForList, () => records.Browse(orders, new(Status: "fraud"), 50, null, stop));
        kept &= await Time("orders: changed since", MostForList, () => records.Browse(orders, new(ChangedSince: DateTimeOffset.UnixEpoch), 50, null, stop));
        kept &= await Time("orders: by number", MostForList, () => records.Browse(orders, new(Even(options.Records)), 50, null, stop));
        kept &= await Time("orders: by e-mail", MostForList, () => records.Browse(orders, new($"user{Even(options.Records)}@example.com"), 50, null, stop));
        kept &= await Time("orders: by a rare name", MostForList, () => records.Browse(orders, new($"erik k{random.Next(1000, 5000)}"), 50, null, stop));
        kept &= await Time("orders: by a name that a fifth has", MostForList, () => records.Browse(orders, new("cecilia"), 50, null, stop));
        kept &= await Time("orders: by a name that nobody has", MostForList, () => records.Browse(orders, new("zebedee"), 50, null, stop));
        kept &= await Time("products: first page", MostForList, () => records.Browse(products, new(), 50, null, stop));
        kept &= await Time("products: by SKU", MostForList, () => records.Browse(products, new($"sku-{Some(options.Records / 5)}"), 50, null, stop));
        kept &= await Time("connections: first page", MostForList, () => connections.Search(world.Tenant, new(), 0, 20, stop));
        kept &= await Time("connections: searched", MostForList, () => connections.Search(world.Tenant, new($"shop {Some(9)}"), 0, 20, stop));
        kept &= await Time("connections: by freshness", MostForList, () => connections.Search(world.Tenant, new(Order: ConnectionOrder.Freshness), 0, 20, stop));
        kept &= await Time("connections: by next run", MostForList, () => connections.Search(world.Tenant, new(Order: ConnectionOrder.NextRun), 0, 20, stop));
        kept &= await Time("connections: to choose one", MostForList, () => connections.Names(world.Tenant, "shop 4", 20, stop));
        Console.WriteLine($"{(kept ? "Kept" : "MISSED")}: the order box answers in under {MostForOrder:N0} ms, lists in under {MostForList:N0} ms, 95 of 100 times.");
        return kept;
    }

    static async Task Found(Task<IReadOnlyList<OrderHit>> search)
    {
        if ((await search).Count == 0)
        {
            throw new InvalidOperationException("The order was not found.");
        }
    }

    static async Task<bool> Print(string name, double most, int rounds, Func<Task> call)
    {
        for (var round = 0; round < WarmUp; round++)
        {
            await call();
        }

        var times = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            var began = Stopwatch.GetTimestamp();
            await call();
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        times.Sort();
        var (half, most95) = (times[times.Count / 2], times[times.Count * 95 / 100]);
        floor = name == "floor: SELECT 1" ? half : floor;
        Console.WriteLine($"{name,-44}{half,10:N2}{most95,10:N2}{half / floor,14:N0}{(most95 > most ? "  too slow" : "")}");
        return most95 <= most;
    }
}
