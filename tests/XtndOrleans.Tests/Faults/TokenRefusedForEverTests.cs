using XtndOrleans.Connectors;
using XtndOrleans.Simulator;

namespace XtndOrleans.Tests.Faults;

/// <summary>401 for ever.</summary>
public sealed class TokenRefusedForEverTests(FaultWorld world)
{
    [Theory, ClassData(typeof(EveryEntity))]
    public async Task A_list_that_refuses_every_token_fails_its_run_after_two_tries(string entity)
    {
        var shop = await world.Open();
        shop.Store.Faults.Add(FaultKind.Unauthorized, times: null, path: entity);

        Assert.Equal(FailureCodes.PermissionMissing, (await shop.Fail(entity)).Code);

        Assert.InRange(shop.Traffic.Requests - shop.Traffic.TokenRequests, 1, 2);
        Assert.InRange(shop.Traffic.TokenRequests, 0, 2);
        Assert.Empty(await shop.Rows(entity));
        shop.Store.Faults.Clear();
        await shop.Succeed(entity);
        await shop.AssertWhole(entity);
    }

    [Fact]
    public async Task A_list_that_begins_to_refuse_every_token_keeps_what_was_read()
    {
        var shop = await world.Open();
        shop.Store.Faults.Add(new Fault(FaultKind.Unauthorized) { Path = Entities.Order, After = 4 });
        await shop.Fail(Entities.Order);
        Assert.InRange((await shop.Rows(Entities.Order)).Count, 1, 59);

        shop.Store.Faults.Clear();
        await shop.Succeed(Entities.Order);
        await shop.AssertWhole(Entities.Order);
    }
}
