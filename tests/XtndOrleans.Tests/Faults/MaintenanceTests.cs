using XtndOrleans.Connectors;
using XtndOrleans.Engine.Syncs;
using XtndOrleans.Simulator;

namespace XtndOrleans.Tests.Faults;

/// <summary>503 while a shop is deployed, then all is well.</summary>
public sealed class MaintenanceTests(FaultWorld world)
{
    static readonly TimeSpan Break = TimeSpan.FromSeconds(2);

    [Theory, ClassData(typeof(EveryEntity))]
    public async Task A_run_in_its_middle_waits_and_goes_on_where_it_was(string entity)
    {
        var shop = await world.Open();
        // A store of few credit memos is read in three requests.
        shop.Shelf(entity).Count(14);
        shop.Store.Faults.Add(new Fault(FaultKind.Maintenance) { Path = entity, After = 3, Times = 7 });

        var run = await shop.Succeed(entity);

        Assert.Equal(7, run.Retries);
        Assert.Equal(7, shop.Traffic.ByStatus[503]);
        await shop.AssertWhole(entity);
    }

    [Fact]
    public async Task It_is_told_that_the_run_waits_and_the_store_is_left_in_peace()
    {
        await using var slow = new FaultWorld { Connections = { FirstBreak = Break, MaximumBreak = Break } };
        var shop = await slow.Open();
        shop.Store.Faults.Add(FaultKind.Maintenance, times: null);
        var began = TimeProvider.System.GetTimestamp();
        var runs = await Task.WhenAll(EveryEntity.Names.Select(entity => shop.Start(entity)));

        Assert.NotNull((await Told(shop)).NextTryAt);
        Assert.InRange(shop.Traffic.Requests, 4, 11 + BreaksSince(began));
        var (before, waited) = (shop.Traffic.Requests, TimeProvider.System.GetTimestamp());
        // Two breaks long: one probe for each, whichever of the seven runs makes it.
        await Task.Delay(2 * Break, TimeProvider.System);
        Assert.InRange(shop.Traffic.Requests - before, 1, 1 + BreaksSince(waited));

        shop.Store.Faults.Clear();
        foreach (var run in runs)
        {
            Assert.Equal("succeeded", (await shop.End(run)).State);
            await shop.AssertWhole(run.Entity);
        }
    }

    /// <summary>Breaks that began; on a busy machine more than were waited for.</summary>
    static long BreaksSince(long began) => (long)Math.Ceiling(TimeProvider.System.GetElapsedTime(began) / Break);

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
