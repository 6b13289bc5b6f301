using XtndOrleans.Connectors;
using XtndOrleans.Simulator;

namespace XtndOrleans.Tests.Faults;

/// <summary>504 on wide windows: a store that can make small pages in time, and no large ones.</summary>
public sealed class WideWindowTimeoutTests(FaultWorld world)
{
    [Theory, ClassData(typeof(EveryEntity))]
    public async Task The_page_size_falls_to_what_the_store_bears_and_stays_there(string entity)
    {
        var shop = await world.Open();
        shop.Store.Settings.TimesOutAbove = 1;

        await shop.Succeed(entity);
        await shop.AssertWhole(entity);
        Assert.InRange(TimedOut(shop), 2, 12);

        var before = TimedOut(shop);
        await shop.Succeed(entity, "full");
        await shop.AssertWhole(entity);
        Assert.InRange(TimedOut(shop) - before, 0, 8);
    }

    [Fact]
    public async Task A_delta_over_a_wide_window_comes_too()
    {
        var shop = await world.Open();
        await shop.Succeed(Entities.Order);
        var shelf = shop.Shelf(Entities.Order);
        shelf.Save(shelf.Ids, "a long weekend");
        shop.Store.Settings.TimesOutAbove = 2;

        Assert.Equal("incremental", (await shop.Succeed(Entities.Order)).Mode);
        await shop.AssertWhole(Entities.Order);
    }

    [Fact]
    public async Task Bad_gateways_that_pass_cost_nothing_but_time()
    {
        var shop = await world.Open();
        shop.Store.Faults.Add(FaultKind.GatewayTimeout, times: 2, path: Entities.Product);
        shop.Store.Faults.Add(FaultKind.BadGateway, times: 2, path: Entities.Product);
        shop.Store.Faults.Add(FaultKind.DatabaseDown, times: 2, path: Entities.Product);
        shop.Store.Faults.Add(FaultKind.Reset, times: 2, path: Entities.Product);

        Assert.Equal(8, (await shop.Succeed(Entities.Product)).Retries);
        await shop.AssertWhole(Entities.Product);
    }

    static long TimedOut(FaultShop shop) => shop.Traffic.ByStatus.GetValueOrDefault(504);
}
