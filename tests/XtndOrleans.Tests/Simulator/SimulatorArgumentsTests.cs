using System.Net;
using System.Net.Http.Json;
using XtndOrleans.Simulator;

namespace XtndOrleans.Tests.Simulator;

public sealed class SimulatorArgumentsTests
{
    [Fact]
    public void The_options_are_read()
    {
        var options = SimulatorArguments.Parse(["--stores", "3", "--products", "10", "--orders", "0", "--port", "0", "--seed", "9", "--token-minutes", "5"]);
        Assert.Equal((3, 10, 0, 0, 9L, TimeSpan.FromMinutes(5)), (options.Stores, options.Products, options.Orders, options.Port, options.Seed, options.TokenLife));
        Assert.Equal("admin", Assert.Single(options.Users).Name);
    }

    [Fact]
    public void Customers_follow_from_the_orders_unless_they_are_given()
    {
        var options = SimulatorArguments.Parse(["--customers", "7", "--second-source", "0", "--single-source"]);
        Assert.Equal((7, 0, false), (options.Customers, options.SecondSourcePercent, options.MultiSource));
        Assert.Equal((null, 20, true), (new SimulatorOptions().Customers, new SimulatorOptions().SecondSourcePercent, new SimulatorOptions().MultiSource));
    }

    [Fact]
    public void A_user_has_rights_with_colons_in_them()
    {
        var user = Assert.Single(SimulatorArguments.Parse(["--user", "eve:pw:Magento_Catalog::products,Magento_Sales::actions_view"]).Users);
        Assert.Equal(("eve", "pw"), (user.Name, user.Password));
        Assert.Equal(["Magento_Catalog::products", "Magento_Sales::actions_view"], user.Resources);
    }

    [Theory]
    [InlineData("--prodcts", "5")]
    [InlineData("--products", "many")]
    [InlineData("--port", "70000")]
    [InlineData("--stores", "0")]
    [InlineData("--user", "eve")]
    [InlineData("--seed")]
    public void A_wrong_option_is_named_in_the_refusal(params string[] arguments) =>
        Assert.Contains(arguments[0], Assert.Throws<UsageException>(() => SimulatorArguments.Parse(arguments)).Message);

    [Fact]
    public async Task Every_store_has_its_own_data_and_users()
    {
        await using var host = await SimulatorHost.Start(new() { Stores = 2, Products = 5, Orders = 1 });
        host.Store(1).Users["admin"].Password = "Changed123";
        host.Store(1).Catalog.Delete(host.Store(1).Products.All[0].Id);
        Assert.Equal((4, 5), (host.Store(1).Products.Count, host.Store(2).Products.Count));
        using var client = SimulatorFixture.ClientOf(host);
        using var second = await client.PostAsJsonAsync("store/2/rest/V1/integration/admin/token",
            new { username = "admin", password = "Admin123demo" }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.Throws<ArgumentOutOfRangeException>(() => host.Store(3));
    }

    [Fact]
    public async Task A_hanging_request_does_not_keep_the_simulator_from_ending()
    {
        var host = await SimulatorHost.Start(new() { Products = 1, Orders = 1 });
        host.Store().Faults.Add(FaultKind.Hang);
        using var client = SimulatorFixture.ClientOf(host);
        var asked = client.GetAsync("store/1/magento_version", TestContext.Current.CancellationToken);
        while (host.Store().Traffic.Counts.InFlight == 0) await Task.Yield();
        await host.DisposeAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => asked);
    }

    [Fact]
    public async Task A_control_call_that_cannot_be_read_is_told_why()
    {
        await using var host = await SimulatorHost.Start(new() { Products = 1, Orders = 1 });
        using var client = SimulatorFixture.ClientOf(host);
        using var answer = await client.PostAsJsonAsync("control/store/1/faults", new { kind = "Nope" }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("$.kind", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
