using System.Net;
using System.Text.Json.Nodes;
using XtndOrleans.Simulator;
using XtndOrleans.SystemTests.Support;

namespace XtndOrleans.SystemTests.Connections;

/// <summary>What goes wrong when a person connects a store, each told in words within ten seconds, before and after the connection is saved.</summary>
public sealed class VerifyTests(VerifyWorld shared) : IClassFixture<VerifyWorld>, IDisposable
{
    const int Limit = 10_000;

    readonly World world = shared.World;
    readonly Api api = shared.Api;

    public void Dispose()
    {
        world.Store.Faults.Clear();
        world.Store.Settings.TwoFactor = TwoFactorMode.Off;
    }

    [Fact]
    public Task A_wrong_password_is_told() => Tells("token", "credentials_rejected", "password", "Locked Users", Draft(secret: "Wrong1password"));

    [Fact]
    public Task An_unknown_user_is_told_as_a_wrong_password() => Tells("token", "credentials_rejected", "user name", "All Users", Draft(user: "nobody"));

    [Fact]
    public Task A_second_factor_is_told()
    {
        world.Store.Settings.TwoFactor = TwoFactorMode.Required;
        return Tells("token", "two_factor_required", "second factor", "TOTP", Draft());
    }

    [Fact]
    public Task A_second_factor_that_is_not_set_up_is_told()
    {
        world.Store.Settings.TwoFactor = TwoFactorMode.NotConfigured;
        return Tells("token", "two_factor_not_configured", "two-factor", "e-mail", Draft());
    }

    [Theory]
    [InlineData(FaultKind.Maintenance, "maintenance", "maintenance", "Wait")]
    [InlineData(FaultKind.WafPage, "blocked_by_firewall", "answered in the store's place", "hosting provider")]
    [InlineData(FaultKind.WafDenied, "blocked_by_firewall", "answered in the store's place", "hosting provider")]
    [InlineData(FaultKind.Hang, "timeout", "did not answer", "hosting provider")]
    public Task A_store_that_is_away_is_told(FaultKind fault, string code, string detail, string cure)
    {
        world.Store.Faults.Add(fault, times: null);
        return Tells("reach", code, detail, cure, Draft());
    }

    [Fact]
    public Task A_store_that_hangs_at_the_sign_in_is_told()
    {
        world.Store.Faults.Add(FaultKind.Hang, times: null, path: "token");
        return Tells("token", "timeout", "did not answer", "hosting provider", Draft());
    }

    [Fact]
    public Task A_store_that_hangs_at_its_lists_is_told()
    {
        world.Store.Faults.Add(FaultKind.Hang, times: null, path: "orders");
        return Tells("permissions", "timeout", "order", "hosting provider", Draft());
    }

    [Fact]
    public Task An_address_where_nothing_listens_is_told() =>
        Tells("reach", "unreachable", "127.0.0.1", "address", Draft(url: $"http://127.0.0.1:{FreePort.Next()}/rest/V1"));

    [Fact]
    public Task A_name_that_does_not_exist_is_told() =>
        Tells("reach", "unreachable", "shop.invalid", "address", Draft(url: "http://shop.invalid/rest/V1"));

    [Theory]
    [InlineData(HttpStatusCode.OK)]
    [InlineData(HttpStatusCode.NotFound)]
    public async Task A_plain_web_site_is_told(HttpStatusCode status)
    {
        await using var site = new WebSite(status);
        await Tells("reach", "not_a_magento_api", "no Magento API", "rest/V1", Draft(url: site.Address.AbsoluteUri));
        await Tells("reach", "not_a_magento_api", "no Magento API", "rest/V1", Draft(url: $"{site.Address}rest/V1"));
    }

    [Fact]
    public async Task A_user_who_may_not_see_orders_is_told_which_right_he_lacks_and_can_read_the_rest()
    {
        world.Store.Users.Add("half", "Half1password", "Magento_Catalog::products", "Magento_Backend::store");
        var report = await api.Post("connections/verify", Draft("half", "Half1password"));
        Assert.True((bool)report["ok"]!, report.ToJsonString());
        var step = report["steps"]!.AsArray().Single(s => !(bool)s!["ok"]!)!;
        Assert.Equal(("permissions", "permission_missing"), ((string)step["step"]!, (string)step["code"]!));
        Assert.Contains("order", (string)step["detail"]!);
        Assert.Contains("Sales > Operations > Orders", (string)step["cure"]!);
        var order = report["entities"]!.AsArray().Single(entity => (string)entity!["entity"]! == "order")!;
        Assert.Equal("Magento_Sales::actions_view", (string)order["missingPermission"]!);
        Assert.Equal(20, (int)report["entities"]!.AsArray().Single(entity => (string)entity!["entity"]! == "product")!["count"]!);

        var id = (string)(await api.Post("connections", Draft("half", "Half1password")))["id"]!;
        await api.Post($"connections/{id}/verify", null);
        Assert.Equal("verified", (string)(await api.Get($"connections/{id}"))["status"]!);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/rest")]
    [InlineData("/rest/V1/")]
    [InlineData("/rest/default/V1")]
    [InlineData("/index.php/rest/V1")]
    public async Task An_address_is_understood_as_people_type_it(string path)
    {
        var report = await api.Post("connections/verify", Draft(url: $"{world.Simulator.StoreAddress()}{path}"));
        Assert.True((bool)report["ok"]!, report.ToJsonString());
        Assert.Equal(["reach", "token", "permissions", "store"], report["steps"]!.AsArray().Select(step => (string)step!["step"]!));
        Assert.Equal([20, 5], report["entities"]!.AsArray().Take(2).Select(entity => (int)entity!["count"]!));
    }

    [Fact]
    public async Task An_address_that_may_not_be_reached_is_told_before_and_after_it_is_saved()
    {
        // A cluster of its own on the same data: what one server was allowed to save, the other must not reach.
        var strict = await world.StartServer(settings: new Dictionary<string, string>
        {
            ["Xtnd__Egress__AllowPrivateAddresses"] = "false",
            ["Xtnd__Cluster__Id"] = "strict",
        });
        using var other = api.At(strict);
        var saved = (string)(await api.Post("connections", Draft()))["id"]!;
        world.Store.Traffic.Reset();

        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => other.Post("connections", Draft()));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("egress_forbidden", refused.Message);
        foreach (var report in (JsonNode[])[await other.Post("connections/verify", Draft()), await other.Post($"connections/{saved}/verify", null)])
        {
            Told(report, "reach", "egress_forbidden", "127.0.0.1", "AllowPrivateAddresses");
        }

        Assert.Equal(0, world.Store.Traffic.Counts.Requests);
        await strict.Stop();
    }

    object Draft(string user = "admin", string secret = "Admin123demo", string? url = null) => new
    {
        system = "magento",
        name = "Main store",
        apiUrl = url ?? $"{world.Simulator.StoreAddress()}/rest/V1",
        accessToken = user,
        secret,
    };

    async Task Tells(string step, string code, string detail, string cure, object draft, Action<JsonNode>? more = null)
    {
        var before = await Saved();
        var tried = await api.Post("connections/verify", draft);
        Told(tried, step, code, detail, cure);
        more?.Invoke(tried);
        Assert.Equal(before, await Saved());

        var id = (string)(await api.Post("connections", draft))["id"]!;
        var verified = await api.Post($"connections/{id}/verify", null);
        Told(verified, step, code, detail, cure);
        more?.Invoke(verified);
        var connection = await api.Get($"connections/{id}");
        Assert.NotEqual("verified", (string)connection["status"]!);
        Assert.Contains(detail, (string)connection["statusReason"]!);
    }

    static void Told(JsonNode report, string step, string code, string detail, string cure)
    {
        Assert.False((bool)report["ok"]!);
        var last = report["steps"]!.AsArray()[^1]!;
        Assert.True(((string)last["step"]!, (string?)last["code"]) == (step, code), report.ToJsonString());
        Assert.All(report["steps"]!.AsArray().SkipLast(1), earlier => Assert.True((bool)earlier!["ok"]!));
        Assert.Contains(detail, (string)last["detail"]!, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(cure, (string)last["cure"]!, StringComparison.OrdinalIgnoreCase);
        Assert.InRange((int)report["durationMs"]!, 0, Limit);
    }

    async Task<string> Saved() => (string)(await world.Database.Scalar(
        "SELECT concat_ws(' ', (SELECT count(*) FROM xtnd.connection), (SELECT count(*) FROM xtnd.schedule), (SELECT count(*) FROM orleans.reminder), (SELECT count(*) FROM orleans.state))"))!;
}
