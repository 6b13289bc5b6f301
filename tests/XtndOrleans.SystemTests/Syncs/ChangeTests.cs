using XtndOrleans.SystemTests.Support;

namespace XtndOrleans.SystemTests.Syncs;

public sealed class ChangeTests
{
    [Fact]
    public async Task Renaming_one_product_gives_exactly_that_product_a_new_seq()
    {
        await using var world = await World.Create();
        var server = await world.StartServer();
        using var api = await World.NewTenant(server);
        var connection = await world.Connect(api);
        await api.End(connection, await api.Run(connection, "product"));
        var renamed = world.Store.Products.All[777].Id;
        world.Store.Catalog.Rename(renamed, "A new name");

        var run = await api.End(connection, await api.Run(connection, "product"));

        Assert.Equal("incremental", (string)run["mode"]!);
        Assert.Equal(1, (int)run["updated"]!);
        Assert.Equal(0, (int)run["inserted"]!);
        var changes = await api.Get($"connections/{connection}/changes/product?after=2000");
        var change = Assert.Single(changes["items"]!.AsArray())!;
        Assert.Equal(2001, (long)change["seq"]!);
        Assert.Equal(renamed.ToString(), (string)change["externalId"]!);
        Assert.Equal("A new name", (string)change["body"]!["name"]!);
        await Held.ProductsEqualTheStore(world.Database, world.Store);
    }

    [Fact]
    public async Task Rows_changed_added_and_deleted_while_a_full_read_runs_are_held_as_the_store_has_them_after_the_next_run()
    {
        await using var world = await World.Create(new() { Products = 3000, Orders = 400, Latency = TimeSpan.FromMilliseconds(40) });
        var server = await world.StartServer();
        using var api = await World.NewTenant(server);
        var connection = await world.Connect(api);
        var products = await api.Run(connection, "product");
        var orders = await api.Run(connection, "order");
        var random = new Random(20261123);
        var deleted = new List<int>();
        for (var page = 1L; page <= 12; page++)
        {
            var reached = page;
            await Until.True(
                async () => await world.Database.Scalar("SELECT pages FROM xtnd.run WHERE entity = 'product'") is long pages && pages >= reached,
                TimeSpan.FromMinutes(1), $"page {page}");
            var ids = world.Store.Products.All;
            world.Store.Catalog.Rename(ids[random.Next(ids.Count)].Id, $"Renamed at page {page}");
            world.Store.Catalog.Add(3);
            var gone = ids[random.Next(ids.Count)].Id;
            deleted.Add(gone);
            world.Store.Catalog.Delete(gone);
            world.Store.Sales.Hold(world.Store.Orders.All[random.Next(world.Store.Orders.Count)].Id);
            world.Store.Sales.Add();
        }

        Assert.Equal("succeeded", (string)(await api.End(connection, products))["state"]!);
        Assert.Equal("succeeded", (string)(await api.End(connection, orders))["state"]!);
        await api.End(connection, await api.Run(connection, "product"));
        await api.End(connection, await api.Run(connection, "order"));

        // Deletions are found by sweeps, which come later; whatever the store still has is held exactly.
        await using (var forget = world.Database.DataSource.CreateCommand("DELETE FROM xtnd.product WHERE external_id = ANY($1)"))
        {
            forget.Parameters.Add(new() { Value = deleted.Select(id => id.ToString()).ToArray() });
            await forget.ExecuteNonQueryAsync();
        }

        await Held.EqualsTheStore(world.Database, world.Store);
    }

    [Fact]
    public async Task A_second_start_joins_the_run_and_a_cancelled_one_stops_within_seconds()
    {
        await using var world = await World.Create();
        var server = await world.StartServer();
        using var api = await World.NewTenant(server);
        var connection = await world.Connect(api);
        world.HoldRequest("product", 5);
        var run = await api.Run(connection, "product");
        var joined = await api.Post($"connections/{connection}/runs", new { entity = "product" });
        Assert.True((bool)joined["joined"]!);
        Assert.Equal(run, (string)joined["id"]!);
        await Until.True(async () => await world.Database.Scalar("SELECT pages FROM xtnd.run") is > 1L, TimeSpan.FromMinutes(1), "some pages");

        await api.Post($"connections/{connection}/runs/{run}/cancel", null);
        var ended = await api.End(connection, run, TimeSpan.FromSeconds(5));

        Assert.Equal("cancelled", (string)ended["state"]!);
        Assert.Equal((long)ended["inserted"]!, await world.Database.Scalar("SELECT count(*) FROM xtnd.product"));
    }

    [Fact]
    public async Task The_events_tell_a_run_from_its_start_to_its_end()
    {
        await using var world = await World.Create(new() { Products = 2000, Orders = 1, Latency = TimeSpan.FromMilliseconds(400) });
        var server = await world.StartServer();
        using var api = await World.NewTenant(server);
        var connection = await world.Connect(api);
        await using var stream = await api.Stream($"connections/{connection}/events");
        using var reader = new StreamReader(stream);
        var run = await api.Run(connection, "product");
        var seen = new List<long>();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await reader.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith("data: ") && System.Text.Json.Nodes.JsonNode.Parse(line[6..]) is { } told && (string)told["id"]! == run)
            {
                seen.Add((long)told["seen"]!);
                if ((string)told["state"]! == "succeeded")
                {
                    break;
                }
            }
        }

        Assert.True(seen.Count > 3, $"Only {seen.Count} events.");
        Assert.Equal(seen.Order(), seen);
        Assert.Equal(2000, seen[^1]);
    }
}
