using XtndOrleans.Connectors;
using XtndOrleans.Simulator;

namespace XtndOrleans.Tests.Faults;

/// <summary>HTML where data belongs: a firewall's challenge with 200, its refusal with 403, a page of the web server.</summary>
public sealed class FirewallPageTests(FaultWorld world)
{
    public static MatrixTheoryData<string, FaultKind> Pages => new(EveryEntity.Names, [FaultKind.WafPage, FaultKind.WafDenied]);

    [Theory, MemberData(nameof(Pages))]
    public async Task A_page_that_passes_is_waited_out(string entity, FaultKind page)
    {
        var shop = await world.Open();
        shop.Store.Faults.Add(new Fault(page) { Path = entity, After = 2, Times = 3 });

        Assert.Equal(3, (await shop.Succeed(entity)).Retries);
        await shop.AssertWhole(entity);
    }

    [Fact]
    public async Task A_page_that_stays_fails_the_run_with_its_name_and_deletes_nothing()
    {
        await using var impatient = new FaultWorld { Sync = { Patience = TimeSpan.FromSeconds(1) } };
        var shop = await impatient.Open();
        await shop.Succeed(Entities.Product);
        shop.Store.Faults.Add(FaultKind.WafPage, times: null, path: Entities.Product);

        Assert.Equal(FailureCodes.BlockedByFirewall, (await shop.Fail(Entities.Product, "full")).Code);
        await shop.AssertWhole(Entities.Product);
    }

    [Fact]
    public async Task A_page_of_a_web_server_without_a_shop_fails_the_run_and_deletes_nothing()
    {
        var shop = await world.Open();
        await shop.Succeed(Entities.Product);
        shop.Store.Faults.Add(FaultKind.HtmlNotFound, times: null, path: Entities.Product);

        Assert.Equal(FailureCodes.NotAMagentoApi, (await shop.Fail(Entities.Product, "full")).Code);
        await shop.AssertWhole(Entities.Product);
    }
}
