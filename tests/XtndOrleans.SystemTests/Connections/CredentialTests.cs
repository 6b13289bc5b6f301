using System.Net;
using XtndOrleans.Simulator;
using XtndOrleans.SystemTests.Support;

namespace XtndOrleans.SystemTests.Connections;

public sealed class CredentialTests
{
    [Fact]
    public async Task A_running_sync_goes_on_after_the_new_password_is_patched_in()
    {
        await using var world = await World.Create();
        var server = await world.StartServer();
        using var api = await World.NewTenant(server);
        var connection = await world.Connect(api);
        var middle = world.HoldRequest("product", 5);
        var run = await api.Run(connection, "product");
        await Until.True(async () => await world.Database.Scalar("SELECT pages FROM xtnd.run") is > 2L, TimeSpan.FromMinutes(1), "some pages");

        world.Store.Users["admin"].Password = "Another1password";
        world.Store.Users.RevokeTokens();
        middle.Release();
        await Until.True(
            async () => (await api.Get($"connections/{connection}/runs/{run}"))["state"]!.ToString() == "running"
                && (string)(await api.Get($"connections/{connection}"))["status"]! == "failing",
            TimeSpan.FromMinutes(1), "the run to meet the old password's refusal");
        var wrong = await api.Patch($"connections/{connection}", new { secret = "Wrong1password" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains("credentials_rejected", await wrong.Content.ReadAsStringAsync());
        var right = await api.Patch($"connections/{connection}", new { secret = "Another1password" });
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);

        var ended = await api.End(connection, run);
        Assert.Equal("succeeded", (string)ended["state"]!);
        await Held.ProductsEqualTheStore(world.Database, world.Store);
        Assert.Equal("verified", (string)(await api.Get($"connections/{connection}"))["status"]!);
    }

    [Fact]
    public async Task A_wrong_new_password_changes_nothing()
    {
        await using var world = await World.Create();
        var server = await world.StartServer();
        using var api = await World.NewTenant(server);
        var connection = await world.Connect(api);
        var before = (await api.Get($"connections/{connection}")).ToJsonString();
        var refused = await api.Patch($"connections/{connection}", new { secret = "Wrong1password", name = "Other" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal(before, (await api.Get($"connections/{connection}")).ToJsonString());
        Assert.Equal("succeeded", (string)(await api.End(connection, await api.Run(connection, "product")))["state"]!);
    }

    /// <summary>Six refusals lock the user for half an hour: whatever runs are due, two are all we ever cause.</summary>
    [Fact]
    public async Task Refused_credentials_are_tried_twice_and_no_more()
    {
        await using var world = await World.Create();
        var server = await world.StartServer(settings: new Dictionary<string, string> { ["Xtnd__Sync__CredentialPatience"] = "00:00:05" });
        using var api = await World.NewTenant(server);
        var connection = await world.Connect(api);
        world.Store.Users["admin"].Password = "Another1password";
        world.Store.Users.RevokeTokens();
        world.Store.Traffic.Reset();

        for (var i = 0; i < 3; i++)
        {
            foreach (var entity in (string[])["product", "order"])
            {
                var ended = await api.End(connection, await api.Run(connection, entity));
                Assert.Equal("failed", (string)ended["state"]!);
                Assert.Equal("credentials_rejected", (string)ended["error"]!["code"]!);
                Assert.NotEmpty((string)ended["error"]!["cure"]!);
            }
        }

        Assert.Equal(2, world.Store.Traffic.Counts.TokenRequests);
    }

    [Fact]
    public async Task A_token_that_dies_in_the_night_is_renewed_by_one_sign_in()
    {
        await using var world = await World.Create();
        var server = await world.StartServer();
        using var api = await World.NewTenant(server);
        var connection = await world.Connect(api);
        world.Store.Traffic.Reset();
        HeldRequest[] middles = [world.HoldRequest("product", 3), world.HoldRequest("order", 3)];
        var product = await api.Run(connection, "product");
        var order = await api.Run(connection, "order");
        await Task.WhenAll(middles.Select(middle => middle.Reached)).WaitAsync(TimeSpan.FromMinutes(1));
        world.Store.Users.RevokeTokens();
        Array.ForEach(middles, middle => middle.Release());
        Assert.Equal("succeeded", (string)(await api.End(connection, product))["state"]!);
        Assert.Equal("succeeded", (string)(await api.End(connection, order))["state"]!);
        Assert.Equal(1, world.Store.Traffic.Counts.TokenRequests);
        await Held.EqualsTheStore(world.Database, world.Store);
    }

    [Fact]
    public async Task A_missing_right_fails_the_run_with_the_right_named_and_leaves_the_other_entity_alone()
    {
        await using var world = await World.Create();
        var server = await world.StartServer();
        using var api = await World.NewTenant(server);
        world.Store.Users.Add("half", "Half1password", "Magento_Catalog::products", "Magento_Backend::store");
        var connection = (string)(await api.Post("connections", world.Draft("half", "Half1password")))["id"]!;
        var report = await World.Verify(api, connection);
        Assert.Equal("Magento_Sales::actions_view", (string)report["entities"]!.AsArray().Single(e => (string)e!["entity"]! == "order")!["missingPermission"]!);
        Assert.Equal("succeeded", (string)(await api.End(connection, await api.Run(connection, "product")))["state"]!);
        var failed = await api.End(connection, await api.Run(connection, "order"));
        Assert.Equal("permission_missing", (string)failed["error"]!["code"]!);
        Assert.Contains("Sales", (string)failed["error"]!["cure"]!);
    }

    [Fact]
    public async Task One_store_that_hangs_does_not_delay_another()
    {
        await using var world = await World.Create(new() { Stores = 2, Products = 600, Orders = 1 });
        var server = await world.StartServer();
        using var api = await World.NewTenant(server);
        var hanging = await world.Connect(api);
        var quick = (string)(await api.Post("connections", new
        {
            system = "magento",
            name = "Quick",
            apiUrl = $"{world.Simulator.StoreAddress(2)}/rest/V1",
            accessToken = "admin",
            secret = "Admin123demo",
        }))["id"]!;
        await World.Verify(api, quick);
        world.Simulator.Store(1).Faults.Add(FaultKind.Hang, times: null);
        var stuck = await api.Run(hanging, "product");
        Assert.Equal("succeeded", (string)(await api.End(quick, await api.Run(quick, "product"), TimeSpan.FromSeconds(30)))["state"]!);
        await api.Post($"connections/{hanging}/runs/{stuck}/cancel", null);
        Assert.Equal("cancelled", (string)(await api.End(hanging, stuck, TimeSpan.FromSeconds(5)))["state"]!);
    }
}
