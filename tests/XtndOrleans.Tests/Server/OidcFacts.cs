using System.Net;

namespace XtndOrleans.Tests.Server;

/// <summary>Signing in with an identity provider, the whole way there and back.</summary>
public sealed class OidcFacts : IAsyncLifetime
{
    const string Front = "/settings/connectors";

    FakeIdentityProvider provider = null!;
    ApiWorld world = null!;
    TestTenant tenant = null!;

    public async ValueTask InitializeAsync()
    {
        provider = await FakeIdentityProvider.Start();
        world = await ApiWorld.Start(provider.Settings());
        tenant = await world.Tenant();
    }

    public async ValueTask DisposeAsync()
    {
        await world.DisposeAsync();
        await provider.DisposeAsync();
    }

    [Theory]
    [InlineData("operator", true)]
    [InlineData("viewer", false)]
    public async Task Claims_name_the_tenant_and_the_role(string role, bool mayCreate)
    {
        var connection = await tenant.Connection("A shop of its own");
        (provider.InToken["xtnd_tenant"], provider.InUserInfo["xtnd_role"]) = (tenant.Id, role);
        using var browser = new Browser(world);
        Assert.Equal(Front, (await SignIn(browser)).Location);
        var page = await browser.Open(Front);
        Assert.Equal((HttpStatusCode.OK, true), (page.Status, page.Text.Contains("A shop of its own")));
        Assert.Equal(mayCreate, page.Text.Contains("Create New Connection"));
        Assert.Equal(HttpStatusCode.OK, (await browser.Open($"{Front}/{connection}")).Status);
    }

    [Theory]
    [InlineData("00000000-0000-0000-0000-000000000001", "owner")]
    [InlineData("none", "owner")]
    [InlineData("", "owner")]
    [InlineData("own", "admin")]
    [InlineData("own", "")]
    public async Task Who_has_no_account_here_is_told_whom_to_ask(string of, string role)
    {
        (provider.InToken["xtnd_tenant"], provider.InToken["xtnd_role"]) = (of == "own" ? tenant.Id : of, role);
        using var browser = new Browser(world);
        Assert.Contains("nothing says which account and role you have here", await Refused(browser));
    }

    [Fact]
    public async Task A_token_that_somebody_else_signed_opens_nothing()
    {
        (provider.InToken["xtnd_tenant"], provider.InToken["xtnd_role"], provider.SignsFalsely) = (tenant.Id, "owner", true);
        using var browser = new Browser(world);
        Assert.Contains("did not succeed", await Refused(browser));
    }

    [Fact]
    public async Task Whoever_declines_there_is_back_at_the_sign_in()
    {
        provider.Refuses = "access_denied";
        using var browser = new Browser(world);
        Assert.Contains("did not succeed", await Refused(browser));
    }

    [Fact]
    public async Task A_way_back_that_was_begun_in_another_browser_opens_nothing()
    {
        (provider.InToken["xtnd_tenant"], provider.InToken["xtnd_role"]) = (tenant.Id, "owner");
        using var thief = new Browser(world);
        using var browser = new Browser(world);
        var back = await Back(thief);
        Assert.StartsWith("/sign-in?problem=oidc_failed", (await browser.Open(back)).Location);
        Assert.Equal("/sign-in", (await browser.Open("/")).Location);
    }

    async Task<Answer> SignIn(Browser browser) => await browser.Open(await Back(browser));

    // Up to where the provider sends people back to.
    async Task<string> Back(Browser browser)
    {
        var there = await browser.Open("/sign-in/oidc?return=" + Uri.EscapeDataString(Front));
        Assert.Equal(HttpStatusCode.Found, there.Status);
        Assert.StartsWith($"{provider.Address}/authorize?", there.Location);
        Assert.DoesNotContain(FakeIdentityProvider.ClientSecret, there.Location);
        var back = (await browser.Open(there.Location!)).Location;
        Assert.StartsWith("/sign-in/oidc/back?", back);
        return back!;
    }

    async Task<string> Refused(Browser browser)
    {
        var refused = await SignIn(browser);
        Assert.StartsWith("/sign-in?problem=", refused.Location);
        var page = await browser.Open(refused.Location!);
        Assert.Equal("/sign-in", (await browser.Open("/")).Location);
        return page.Text;
    }
}
