using XtndOrleans.BrowserTests.Support;
using XtndOrleans.Simulator;

namespace XtndOrleans.BrowserTests.Connections;

/// <summary>What can go wrong when a store is connected: each is seen on the page with its cure, and nothing typed is lost.</summary>
[Collection<OneServer>]
public sealed class VerifyFailureTests(Chromium chromium, BrowserWorld world) : BrowserTest(chromium, world)
{
    static readonly Uri Unrouted = new("http://127.0.0.1:1/rest/V1");
    static readonly Uri Metadata = new("http://169.254.169.254/rest/V1");

    MagentoStore Store => World.World.Store;

    Uri Shop => new($"{World.World.Simulator.StoreAddress()}/rest/V1");

    public override ValueTask DisposeAsync()
    {
        Store.Faults.Clear();
        Store.Settings.TwoFactor = TwoFactorMode.Off;
        return base.DisposeAsync();
    }

    [Theory]
    [InlineData("unreachable", "Reach the store", "Nothing answers at 127.0.0.1", "Check the store's address and its port")]
    [InlineData("tls_failed", "Reach the store", "No secure connection could be made", "Look at the address's certificate in a browser")]
    [InlineData("egress_forbidden", "Reach the store", "may not connect to", "Use the store's public address")]
    [InlineData("not_a_magento_api", "Reach the store", "There is no Magento API at this address", "Type the address of the store itself")]
    [InlineData("maintenance", "Reach the store", "in maintenance", "Wait until its maintenance ends")]
    [InlineData("blocked_by_firewall", "Reach the store", "answered in the store's place", "Ask the store's hosting provider to let this server's requests")]
    [InlineData("timeout", "Reach the store", "did not answer in time", "ask the store's hosting provider whether it is overloaded")]
    [InlineData("credentials_rejected", "Sign in", "refused the user name and password", "System > Permissions > All Users, and Locked Users")]
    [InlineData("two_factor_required", "Sign in", "asks this user for a second factor", "Give the TOTP secret of the user's Google Authenticator (More > Sign in with)")]
    [InlineData("two_factor_not_configured", "Sign in", "set up two-factor authentication first", "set up Google Authenticator and give its secret here")]
    [InlineData("permission_missing", "Read the records", "The user may not read this", "Tick Sales > Operations > Orders > Actions > View")]
    public async Task A_store_that_cannot_be_connected_says_why_and_what_to_do(string code, string step, string why, string cure)
    {
        var tab = await SignedIn();
        await tab.GoTo(NewConnectionForm.Path);
        var form = new NewConnectionForm(tab);
        var (address, user) = Provoke(code);
        await form.Fill(address, user);
        await form.Verify.ClickAsync();

        var failed = form.Lines.Filter(new() { HasText = step });
        await Expect(failed).ToContainTextAsync(why);
        await Expect(tab.Page.Locator("ol.xtnd-steps")).ToContainTextAsync(cure);
        await Expect(failed).ToContainTextAsync("Failed:");
        await Expect(form.Verify).ToBeEnabledAsync();
        await Expect(form.Field("Access token")).ToHaveValueAsync(user);
        await Expect(form.Field("API URL")).ToHaveValueAsync(address.AbsoluteUri);
        await Expect(form.Field("Secret")).ToHaveValueAsync("Admin123demo");
    }

    [Fact]
    public async Task A_right_that_is_missing_is_named_and_the_rest_is_connected()
    {
        Store.Users.Add("products", "Admin123demo", "Magento_Catalog::products", "Magento_Backend::store");
        var tab = await SignedIn(Look.Phone.Swedish);
        await tab.GoTo(NewConnectionForm.Path);
        await tab.Page.GetByLabel("Åtkomsttoken").FillAsync("products");
        await tab.Page.GetByLabel("API-URL").FillAsync(Shop.AbsoluteUri);
        await tab.Page.GetByLabel("Hemlighet", new() { Exact = true }).FillAsync("Admin123demo");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Verifiera anslutning" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "127.0.0.1 är ansluten" })).ToBeVisibleAsync();
        var order = tab.Page.Locator("ol.xtnd-steps > li").Filter(new() { HasText = "Magento_Sales::actions_view" });
        await Expect(order).ToContainTextAsync("Kryssa i Sales > Operations > Orders > Actions > View för användarens roll");
        await tab.AssertFits();
        await tab.AssertAccessible();
    }

    (Uri Address, string User) Provoke(string code)
    {
        switch (code)
        {
            case "unreachable":
                return (Unrouted, "admin");
            case "tls_failed":
                return (new UriBuilder(Shop) { Scheme = "https" }.Uri, "admin");
            case "egress_forbidden":
                return (Metadata, "admin");
            case "credentials_rejected":
                return (Shop, "nobody");
            case "permission_missing":
                Store.Users.Add("blind", "Admin123demo", "Magento_Backend::store");
                return (Shop, "blind");
            case "two_factor_required" or "two_factor_not_configured":
                Store.Settings.TwoFactor = code == "two_factor_required" ? TwoFactorMode.Required : TwoFactorMode.NotConfigured;
                return (Shop, "admin");
            default:
                Store.Faults.Add(
                    code switch
                    {
                        "not_a_magento_api" => FaultKind.HtmlNotFound,
                        "maintenance" => FaultKind.Maintenance,
                        "blocked_by_firewall" => FaultKind.WafPage,
                        _ => FaultKind.Hang,
                    },
                    times: null);
                return (Shop, "admin");
        }
    }
}
