using XtndOrleans.Connectors;
using XtndOrleans.Simulator;

namespace XtndOrleans.Tests.Faults;

/// <summary>401 in the middle of a run.</summary>
public sealed class TokenRefusedMidRunTests(FaultWorld world)
{
    [Theory, ClassData(typeof(EveryEntity))]
    public async Task A_token_that_is_revoked_is_replaced_and_no_page_is_lost(string entity)
    {
        var shop = await world.Open();

        var run = await shop.SyncWhile(entity, 3, () => shop.Store.Users.RevokeTokens());

        Assert.Equal(("succeeded", 1), (run.State, run.Retries));
        Assert.Equal(1, shop.Traffic.TokenRequests);
        await shop.AssertWhole(entity);
    }

    [Fact]
    public async Task Tokens_that_end_again_and_again_are_replaced_again_and_again()
    {
        var shop = await world.Open();
        for (var page = 1; page <= 5; page++)
        {
            shop.Store.Faults.Add(new Fault(FaultKind.Unauthorized) { Path = Entities.Order, After = page, Times = 1 });
        }

        Assert.Equal(5, (await shop.Succeed(Entities.Order)).Retries);
        Assert.Equal(5, shop.Traffic.TokenRequests);
        await shop.AssertWhole(Entities.Order);
    }

    [Fact]
    public async Task Entities_that_meet_the_same_refusal_at_once_sign_in_once()
    {
        var shop = await world.Open();
        var gates = new[] { shop.Store.Gates.HoldNext(Entities.Product), shop.Store.Gates.HoldNext(Entities.Order) };
        var runs = new[] { await shop.Start(Entities.Product), await shop.Start(Entities.Order) };
        await Task.WhenAll(gates.Select(gate => gate.Reached)).WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System);
        shop.Store.Users.RevokeTokens();
        Array.ForEach(gates, gate => gate.Release());

        foreach (var run in runs)
        {
            Assert.Equal("succeeded", (await shop.End(run)).State);
        }

        Assert.Equal(1, shop.Traffic.TokenRequests);
        await shop.AssertWhole(Entities.Product);
        await shop.AssertWhole(Entities.Order);
    }
}
