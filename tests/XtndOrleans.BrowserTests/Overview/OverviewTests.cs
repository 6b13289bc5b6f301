using System.Text.RegularExpressions;
using XtndOrleans.BrowserTests.Support;

namespace XtndOrleans.BrowserTests.Overview;

/// <summary>The front pages: a tenant's and the platform's.</summary>
public sealed class OverviewTests(Chromium chromium, BrowserWorld world) : BrowserTest(chromium, world), IClassFixture<BrowserWorld>
{
    [Fact]
    public async Task A_new_tenant_is_welcomed_and_led_to_its_first_connection()
    {
        var tab = await SignedIn(key: (await World.NewTenant()).Key);
        await Expect(Heading(tab, "Connect your first store")).ToBeVisibleAsync();
        await tab.AssertAccessible();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Create New Connection" }).ClickAsync();
        await Expect(tab.Page).ToHaveURLAsync($"{World.Server.Address}settings/connectors/new");
    }

    [Fact]
    public async Task Where_all_is_well_nothing_needs_anybody()
    {
        var tenant = await World.NewTenant();
        var shop = await World.World.Connect(tenant);
        await tenant.End(shop, await tenant.Run(shop, "product"));
        await tenant.Activate(shop, "product");
        var tab = await SignedIn(key: tenant.Key);
        await Expect(tab.Page.GetByText("Nothing needs you", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(tab.Page.GetByText("Your connection works, and nothing needs you.")).ToBeVisibleAsync();
        await Expect(Tile(tab, "Main store", "Products")).ToContainTextAsync("Fresh");
        await Expect(Tile(tab, "Main store", "Orders")).ToContainTextAsync("Not scheduled");
        await Expect(tab.Page.GetByRole(AriaRole.Table, new() { Name = "Records a day" }).GetByRole(AriaRole.Row).Last).ToContainTextAsync("120");
        await tab.AssertAccessible();
    }

    [Fact]
    public async Task What_needs_a_person_stands_there_with_its_cure_and_leads_to_where_it_is_cured()
    {
        var tenant = await World.NewTenant();
        var shop = await World.World.Connect(tenant);
        await tenant.End(shop, await tenant.Run(shop, "product"));
        await tenant.Activate(shop, "product");
        var outlet = await Troubles.Copy(World.World, shop, "Outlet", "failing", "The store refused the user name or the password.");
        var run = await Troubles.Fail(World.World, shop, "order", "permission_missing", "The user's role may not see orders.", "Give the role the right to see orders.");
        await Troubles.Differ(World.World, shop);
        var tab = await SignedIn(key: tenant.Key);

        var concerns = tab.Page.GetByRole(AriaRole.Region, new() { Name = "Needs a person" }).GetByRole(AriaRole.Listitem);
        await Expect(concerns).ToHaveCountAsync(4);
        await Expect(concerns.Nth(0)).ToContainTextAsync("The store refused the user name or the password.");
        await Expect(concerns.Nth(1)).ToContainTextAsync("Give the role the right to see orders.");
        await Expect(concerns.Nth(2)).ToContainTextAsync("The store counts 12 more than are here");
        await Expect(concerns.Nth(3).GetByRole(AriaRole.Link)).ToHaveAttributeAsync("href", $"/settings/connectors/{shop}/quarantine");
        await Expect(concerns.Nth(1).GetByRole(AriaRole.Link)).ToHaveAttributeAsync("href", $"/settings/connectors/{shop}/runs/{run}");
        await tab.AssertAccessible();

        await concerns.Nth(0).GetByRole(AriaRole.Link, new() { Name = "Open to verify or edit: Outlet" }).ClickAsync();
        await Expect(tab.Page).ToHaveURLAsync($"{World.Server.Address}settings/connectors/{outlet}");
        await Expect(Heading(tab, "Outlet")).ToBeVisibleAsync();
        var viewer = await SignedIn(key: (await World.NewKey(tenant, "viewer")).Key);
        await Expect(viewer.Page.GetByRole(AriaRole.Link, new() { Name = "See the connection: Outlet" })).ToHaveAttributeAsync("href", $"/settings/connectors/{outlet}");
        await Expect(viewer.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Open to") })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task On_a_phone_and_in_Swedish_all_of_it_fits_and_a_stranger_sees_nothing_of_it()
    {
        var tenant = await World.NewTenant();
        var shop = await World.World.Connect(tenant);
        await Troubles.Copy(World.World, shop, "Hemlig butik", "failing", "The store refused the user name or the password.");
        var tab = await SignedIn(Look.Phone.Swedish, tenant.Key);
        await Expect(tab.Page.GetByText("Butiken nekar oss")).ToBeVisibleAsync();
        await Expect(Heading(tab, "Poster per dag")).ToBeVisibleAsync();
        await tab.AssertFits();
        await tab.AssertAccessible();

        var stranger = await World.NewTenant();
        await World.World.Connect(stranger);
        var other = await SignedIn(key: stranger.Key);
        await Expect(Heading(other, "What is fresh and what is not")).ToBeVisibleAsync();
        Assert.DoesNotContain("Hemlig", await other.Page.ContentAsync(), StringComparison.Ordinal);
        other.Watch.Expect("/fleet");
        await other.GoTo("/fleet");
        await Expect(Heading(other, "This is not for your role")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_run_under_way_is_seen_without_a_reload()
    {
        var tenant = await World.NewTenant();
        var shop = await World.World.Connect(tenant);
        var tab = await SignedIn(key: tenant.Key);
        await Expect(Heading(tab, "What is fresh and what is not")).ToBeVisibleAsync();
        World.World.Store.Settings.Latency = TimeSpan.FromSeconds(5);
        try
        {
            await tenant.Run(shop, "product");
            await Expect(tab.Page.GetByRole(AriaRole.List, new() { Name = "Running now" })).ToContainTextAsync("Products", new() { Timeout = 30_000 });
        }
        finally
        {
            World.World.Store.Settings.Latency = TimeSpan.Zero;
        }
    }

    [Fact]
    public async Task The_platform_sees_its_fleet_and_no_tenants_pages()
    {
        var shop = await World.World.Connect(World.Owner);
        await Troubles.Crowd(World.World, shop, 30);
        var tab = await SignedIn(key: SystemTests.Support.World.PlatformKey);
        await Expect(Heading(tab, "Fleet")).ToBeVisibleAsync();
        await Expect(tab.Page.GetByText("Peak:")).ToBeVisibleAsync();
        var hours = tab.Page.GetByRole(AriaRole.Table, new() { Name = "Planned starts, next 24 hours (UTC)" }).GetByRole(AriaRole.Row);
        await Expect(hours).ToHaveCountAsync(25);
        await Expect(tab.Page.GetByRole(AriaRole.Table, new() { Name = "Silos" })).ToContainTextAsync("Active");
        await tab.AssertAccessible();

        var search = tab.Page.GetByLabel("Search name");
        await search.FillAsync("tenant 17");
        await Expect(tab.Page.GetByRole(AriaRole.Table, new() { Name = "Tenants" }).GetByRole(AriaRole.Row)).ToHaveCountAsync(2);
        await Expect(Row(tab, "Tenant 17", "12")).ToBeVisibleAsync();
        await Expect(tab.Page).ToHaveURLAsync(new Regex("[?&]q=tenant%2017"));
        await search.FillAsync("");
        await tab.Page.GetByLabel("Page 2").ClickAsync();
        await Expect(Row(tab, "Tenant 25", "12")).ToBeVisibleAsync();

        tab.Watch.Expect("/settings/connectors");
        await tab.GoTo("/settings/connectors");
        await Expect(Heading(tab, "This is not for your role")).ToBeVisibleAsync();
        var phone = await SignedIn(Look.Phone with { Dark = true }, SystemTests.Support.World.PlatformKey);
        await Expect(Heading(phone, "Silos")).ToBeVisibleAsync();
        await phone.AssertFits();
        await phone.AssertAccessible();
    }

    static ILocator Heading(Tab tab, string name) => tab.Page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true });

    static ILocator Tile(Tab tab, string connection, string entity) => tab.Page.GetByRole(AriaRole.List, new() { Name = "How fresh each connection's records are" })
        .GetByRole(AriaRole.Listitem).Filter(new() { HasText = connection }).Locator(".xtnd-tiles > div").Filter(new() { HasText = entity });

    static ILocator Row(Tab tab, string first, string second) => tab.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = first }).Filter(new() { HasText = second });
}
