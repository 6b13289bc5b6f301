using XtndOrleans.Connectors;

namespace XtndOrleans.Tests.Faults;

/// <summary>400: the store allows smaller pages only. 300 in Magento's own limits; here three, and we ask for four.</summary>
public sealed class PageSizeLimitTests(FaultWorld world)
{
    [Theory, ClassData(typeof(EveryEntity))]
    public async Task A_limit_that_a_run_meets_is_kept_from_then_on(string entity)
    {
        var shop = await world.Open();
        shop.Store.Settings.MaximumPageSize = 3;

        await shop.Succeed(entity);
        await shop.AssertWhole(entity);
        Assert.InRange(Refused(shop), 1, 2);

        await shop.Succeed(entity, "full");
        await shop.AssertWhole(entity);
        Assert.InRange(Refused(shop), 1, 2);
    }

    [Fact]
    public async Task A_limit_that_verify_learnt_is_never_met()
    {
        var shop = await world.Open();
        shop.Store.Settings.MaximumPageSize = 3;
        await shop.Verified();
        shop.Store.Traffic.Reset();

        await shop.Succeed(Entities.Order);

        Assert.Equal(0, Refused(shop));
        await shop.AssertWhole(Entities.Order);
    }

    [Fact]
    public async Task A_limit_that_falls_in_the_middle_of_a_run_costs_one_request()
    {
        var shop = await world.Open();

        var run = await shop.SyncWhile(Entities.Product, 4, () => shop.Store.Settings.MaximumPageSize = 2);

        Assert.Equal(("succeeded", 1), (run.State, run.Retries));
        await shop.AssertWhole(Entities.Product);
    }

    static long Refused(FaultShop shop) => shop.Traffic.ByStatus.GetValueOrDefault(400);
}
