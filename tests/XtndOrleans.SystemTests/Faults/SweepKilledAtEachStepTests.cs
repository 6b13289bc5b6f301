using XtndOrleans.SystemTests.Support;

namespace XtndOrleans.SystemTests.Faults;

/// <summary>The process dies as by kill -9 at each step of a sweep's end, where deletions are found.</summary>
public sealed class SweepKilledAtEachStepTests
{
    [Theory]
    [InlineData("before-reckon")]
    [InlineData("before-bury")]
    [InlineData("after-bury")]
    [InlineData("before-close")]
    public async Task A_sweep_goes_on_with_its_reckoning_and_buries_each_record_once(string step)
    {
        await using var world = await World.Create(new() { Products = 600, Orders = 1 });
        var reader = await world.StartServer();
        using var api = await World.NewTenant(reader);
        var connection = await world.Connect(api);
        Assert.Equal("succeeded", (string)(await api.End(connection, await api.Run(connection, "product")))["state"]!);
        await reader.Stop();
        // Ids have gaps.
        var gone = new[] { 6, 7, 299, 599 }.Select(place => world.Store.Products.All[place].Id).ToList();
        Assert.Equal(4, world.Store.Catalog.Delete(gone));

        var sweeper = await world.StartServer(settings: World.KillAt(step, 0));
        using var killed = api.At(sweeper);
        var run = await killed.Run(connection, "product", "full");
        await sweeper.WaitForExit(TimeSpan.FromMinutes(2));
        world.Store.Traffic.Reset();

        var last = await world.StartServer();
        using var again = api.At(last);
        var ended = await again.End(connection, run);

        Assert.Equal(("succeeded", 4), ((string)ended["state"]!, (int)ended["deleted"]!));
        Assert.InRange((int)ended["resumes"]!, 1, 5);
        await Held.ProductsEqualTheStore(world.Database, world.Store);
        var deletes = (await again.Get($"connections/{connection}/changes/product?after=600"))["items"]!.AsArray();
        Assert.Equal(gone, deletes.Select(change => int.Parse((string)change!["externalId"]!)).Order());
        Assert.All(deletes, change => Assert.Equal("delete", (string)change!["op"]!));
        Assert.Equal(604L, await world.Database.Scalar("SELECT last_seq FROM xtnd.cursor WHERE entity = 'product'"));
        // Its pages were committed before the kill: none is read again.
        Assert.InRange(world.Store.Traffic.Counts.ByPath.GetValueOrDefault("products"), 0, 3);
    }
}
