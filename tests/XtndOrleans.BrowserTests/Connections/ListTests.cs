using System.Text.RegularExpressions;
using XtndOrleans.BrowserTests.Support;

namespace XtndOrleans.BrowserTests.Connections;

/// <summary>The list of connections when there are many, and who sees what of it.</summary>
[Collection<OneServer>]
public sealed partial class ListTests(Chromium chromium, BrowserWorld world) : BrowserTest(chromium, world)
{
    const string Path = "/settings/connectors";

    [Fact]
    public async Task Sixty_connections_are_searched_filtered_sorted_and_paged_and_the_address_says_how()
    {
        var owner = await ManyConnections.Tenant(World, 60);
        var tab = await SignedInAt(Path, key: owner.Key);
        var shops = tab.Page.GetByRole(AriaRole.Article);
        await Expect(tab.Page.GetByText("60 connections")).ToBeVisibleAsync();
        await Expect(shops).ToHaveCountAsync(20);
        await Expect(shops.First).ToContainTextAsync("Shop 0001");

        await tab.Page.GetByLabel("Page 3").ClickAsync();
        await Expect(tab.Page).ToHaveURLAsync(ThirdPage());
        await Expect(shops.First).ToContainTextAsync("Shop 0041");
        await tab.Page.GetByLabel("Sort by").SelectOptionAsync("Newest first");
        await Expect(shops.First).ToContainTextAsync("Shop 0060");

        await tab.Page.GetByLabel("Status", new() { Exact = true }).SelectOptionAsync("Failing");
        await Expect(tab.Page.GetByText("19 connections")).ToBeVisibleAsync();
        await Expect(shops.First).ToContainTextAsync("The store did not answer in time.");
        var search = tab.Page.GetByLabel("Search name or address");
        await search.FillAsync("shop ");
        // As slowly as the answers come: none of them writes over what was typed since.
        await search.PressSequentiallyAsync("001", new() { Delay = 280 });
        await Expect(search).ToHaveValueAsync("shop 001");
        await Expect(shops).ToHaveCountAsync(4);
        await tab.AssertFits();
        await tab.AssertAccessible();

        // Whoever looks at one of them and goes back finds what he had sought.
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Shop 0013" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Shop 0013" })).ToBeVisibleAsync();
        await tab.Page.GoBackAsync();
        await Expect(search).ToHaveValueAsync("shop 001");
        await Expect(shops).ToHaveCountAsync(4);
        await search.FillAsync("nothing like it");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Show all" }).ClickAsync();
        await Expect(tab.Page.GetByText("60 connections")).ToBeVisibleAsync();
        await Expect(search).ToHaveValueAsync("");
    }

    [Fact]
    public async Task Two_tenants_never_see_each_others_connections()
    {
        var mine = await ManyConnections.Tenant(World, 3);
        var stranger = await World.NewTenant();
        var id = (string)(await mine.Get("connections"))["items"]![0]!["id"]!;
        var tab = await SignedInAt(Path, key: stranger.Key);
        await Expect(tab.Page.GetByText("No store is connected yet")).ToBeVisibleAsync();
        await tab.GoTo($"{Path}/{id}");
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "There is no such page" })).ToBeVisibleAsync();
        await Expect(tab.Page.GetByText("Shop 0001")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_viewer_is_offered_nothing_that_is_not_for_him_and_refused_kindly_at_its_address()
    {
        var (key, _) = await World.NewKey(World.Owner, "viewer");
        var tab = await SignedInAt(Path, Look.Phone, key);
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "External System Connectors" })).ToBeVisibleAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Link, new() { Name = "Create New Connection" })).ToHaveCountAsync(0);
        tab.Watch.Expect("403");
        await tab.Load(NewConnectionForm.Path);
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "This is not for your role" })).ToBeVisibleAsync();
        await tab.AssertFits();
        await tab.AssertAccessible();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "To the front page" }).Last.ClickAsync();
        await tab.Interactive();
    }

    [GeneratedRegex("[?&]page=3")]
    private static partial Regex ThirdPage();
}
