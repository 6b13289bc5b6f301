using XtndOrleans.Connectors;
using XtndOrleans.Engine.Syncs;
using XtndOrleans.Simulator;

namespace XtndOrleans.Tests.Faults;

/// <summary>503 while a shop is deployed, then all is well.</summary>
public sealed class MaintenanceTests(FaultWorld world)
{
    [Theory, ClassData(typeof(EveryEntity))]
    public async Task A_run_in_its_middle_waits_and_goes_on_where_it_was(string entity)
    {
        var shop = await world.Open();
        shop.Store.Faults.Add(new Fault(FaultKind.Maintenance) { Path = entity, After = 3, Times = 7 });

        var run = await shop.Succeed(entity);

        Assert.Equal(7, run.Retries);
        Assert.Equal(7, shop.Traffic.ByStatus[503]);
        await shop.AssertWhole(entity);
    }

    [Fact]
    public async Task It_is_told_that_the_run_waits_and_the_store_is_left_in_peace()
    {
        await using var slow = new FaultWorld { Connections = { FirstBreak = TimeSpan.FromSeconds(2), MaximumBreak = TimeSpan.FromSeconds(2) } };
        var shop = await slow.Open();
        shop.Store.Faults.Add(FaultKind.Maintenance, times: null);
        var runs = await Task.WhenAll(EveryEntity.Names.Select(entity => shop.Start(entity)));

        Assert.NotNull((await Told(shop)).NextTryAt);
        var before = shop.Traffic.Requests;
        // Two breaks long: one probe for each, whichever of the seven runs makes it.
        await Task.Delay(TimeSpan.FromSeconds(4), TimeProvider.System);
        Assert.InRange(before, 4, 12);
        Assert.InRange(shop.Traffic.Requests - before, 1, 4);

        shop.Store.Faults.Clear();
        foreach (var run in runs)
        {
            Assert.Equal("succeeded", (await shop.End(run)).State);
            await shop.AssertWhole(run.Entity);
        }
    }

    static async Task<RunWaiting> Told(FaultShop shop)
    {
        var waiting = await shop.Waiting(Entities.Order);
        while (waiting.NextTryAt is null || !waiting.Reason.Contains("left alone"))
        {
            waiting = await shop.Waiting(Entities.Order);
        }

        return waiting;
    }
}
