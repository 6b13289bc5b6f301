using XtndOrleans.Connectors;
using XtndOrleans.Simulator;

namespace XtndOrleans.Tests.Faults;

/// <summary>429, with Retry-After and without.</summary>
public sealed class RateLimitTests(FaultWorld world)
{
    [Fact]
    public async Task A_store_that_says_how_long_is_asked_nothing_until_then_by_any_entity()
    {
        var shop = await world.Open();
        shop.Store.Faults.Add(new Fault(FaultKind.TooManyRequests) { Path = Entities.Order, Times = 1, Seconds = 5 });
        var began = TimeProvider.System.GetTimestamp();
        var run = await shop.Start(Entities.Order);
        var waiting = await shop.Waiting(Entities.Order);
        var other = await shop.Start(Entities.Product);

        Assert.Equal(FailureCodes.RateLimited, waiting.Code);
        Assert.NotNull(waiting.NextTryAt);
        await Server.Until.True(() => Task.FromResult(shop.Traffic.Requests > 1));
        Assert.True(TimeProvider.System.GetElapsedTime(began) >= TimeSpan.FromSeconds(4.9), "It was asked before its time.");
        Assert.Equal("succeeded", (await shop.End(run)).State);
        Assert.Equal("succeeded", (await shop.End(other)).State);
        await shop.AssertWhole(Entities.Order);
        await shop.AssertWhole(Entities.Product);
    }

    [Theory, ClassData(typeof(EveryEntity))]
    public async Task A_store_that_does_not_say_is_asked_less_and_less_and_nothing_is_lost(string entity)
    {
        var shop = await world.Open();
        for (var after = 0; after < 3; after++)
        {
            shop.Store.Faults.Add(new Fault(FaultKind.TooManyRequests) { Path = entity, After = after, Times = 2 });
        }

        Assert.Equal(6, (await shop.Succeed(entity)).Retries);
        await shop.AssertWhole(entity);
    }

    [Fact]
    public async Task A_store_that_asks_for_longer_than_our_patience_fails_the_run_at_once()
    {
        var shop = await world.Open();
        shop.Store.Faults.Add(new Fault(FaultKind.TooManyRequests) { Path = Entities.Order, Times = 1, Seconds = 3600 });

        Assert.Equal(FailureCodes.RateLimited, (await shop.Fail(Entities.Order)).Code);
        Assert.Equal(1, shop.Traffic.Requests);
    }
}
