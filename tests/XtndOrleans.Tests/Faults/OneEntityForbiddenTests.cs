using XtndOrleans.Connectors;
using XtndOrleans.Simulator;

namespace XtndOrleans.Tests.Faults;

/// <summary>403 on one entity, or a right that is missing for one: its run says so, the others go on.</summary>
public sealed class OneEntityForbiddenTests(FaultWorld world)
{
    static readonly Dictionary<string, string> Rights = new()
    {
        [Entities.Product] = "Magento_Catalog::products",
        [Entities.Order] = "Magento_Sales::actions_view",
        [Entities.Invoice] = "Magento_Sales::sales_invoice",
        [Entities.Shipment] = "Magento_Sales::shipment",
        [Entities.Accounting] = "Magento_Sales::sales_creditmemo",
        [Entities.Customer] = "Magento_Customer::customer",
        [Entities.Stock] = "Magento_InventoryApi::source",
    };

    [Theory, ClassData(typeof(EveryEntity))]
    public async Task A_right_that_is_missing_is_named_and_no_other_entity_suffers(string denied)
    {
        var shop = await world.Open();
        shop.Store.Users["admin"].Resources = [.. Rights.Where(right => right.Key != denied).Select(right => right.Value)];
        var runs = await Task.WhenAll(EveryEntity.Names.Select(entity => shop.Start(entity)));

        foreach (var started in runs)
        {
            var run = await shop.End(started);
            if (run.Entity == denied)
            {
                Assert.Equal(("failed", FailureCodes.PermissionMissing), (run.State, run.Error?.Code));
                Assert.Contains(Rights[denied], run.Error!.Message);
            }
            else
            {
                Assert.True(run.State == "succeeded", $"{run.Entity}: {run.State} {run.Error}");
                await shop.AssertWhole(run.Entity);
            }
        }

        Assert.Empty(await shop.Rows(denied));
    }

    [Fact]
    public async Task A_firewall_that_forbids_one_list_does_not_stop_the_others()
    {
        await using var impatient = new FaultWorld { Sync = { Patience = TimeSpan.FromSeconds(10) } };
        var shop = await impatient.Open();
        shop.Store.Faults.Add(FaultKind.WafDenied, times: null, path: Entities.Order);
        var forbidden = await shop.Start(Entities.Order);
        foreach (var entity in EveryEntity.Names.Except([Entities.Order]))
        {
            await shop.Succeed(entity);
            await shop.AssertWhole(entity);
        }

        var ended = await shop.End(forbidden);
        Assert.Equal(("failed", FailureCodes.BlockedByFirewall), (ended.State, ended.Error?.Code));
    }
}
