using System.Text.RegularExpressions;
using XtndOrleans.BrowserTests.Support;
using XtndOrleans.Simulator;

namespace XtndOrleans.BrowserTests.Syncs;

/// <summary>Runs watched as they move: nobody reloads a page to see how far they are.</summary>
public sealed partial class LiveRunTests(Chromium chromium, LiveWorld world) : BrowserTest(chromium, world), IClassFixture<LiveWorld>
{
    static readonly LocatorAssertionsToBeVisibleOptions AfterDeath = new() { Timeout = 120_000 };

    [Fact]
    public async Task A_run_is_seen_on_its_page_and_in_the_list_from_its_start_to_its_end()
    {
        var (connection, store) = await world.Connect();
        var list = await SignedIn();
        await list.GoTo(Runs(connection));
        await Expect(list.Page.GetByText("No run yet")).ToBeVisibleAsync();

        var first = store.Gates.HoldNext("products");
        var run = await world.Owner.Run(connection, "product");
        await first.Reached;
        await Expect(list.Page.GetByRole(AriaRole.Progressbar, new() { Name = "Products: records read" })).ToBeVisibleAsync();
        var tab = await SignedIn();
        await tab.GoTo(Run(connection, run));
        await Expect(Live(tab)).ToContainTextAsync("Running");

        var third = await Hold(store, first, 2);
        await Expect(Live(tab)).ToContainTextAsync(SomeOfAll());
        await Expect(list.Page.GetByText(SomeOfAll())).ToBeVisibleAsync();
        await tab.Page.ReloadAsync();
        await tab.Interactive();
        await Expect(Live(tab)).ToContainTextAsync(SomeOfAll());
        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel" })).ToBeVisibleAsync();
        await tab.AssertAccessible();

        third.Release();
        await Expect(Live(tab)).ToContainTextAsync("Finished");
        await Expect(Live(tab)).ToContainTextAsync("120 new");
        await Expect(list.Page.GetByText("120 new")).ToBeVisibleAsync();
        await Expect(list.Page.GetByRole(AriaRole.Progressbar)).ToHaveCountAsync(0);
        await AssertSound(list, tab);
    }

    [Fact]
    public async Task A_run_that_waits_says_why_and_until_when_and_is_cancelled()
    {
        var (connection, store) = await world.Connect();
        store.Faults.Add(FaultKind.Maintenance, times: null, path: "order");
        var zone = TimeZoneInfo.FindSystemTimeZoneById((string)(await world.Owner.Get($"connections/{connection}"))["timeZone"]!);
        var tab = await SignedIn(Look.Phone);
        await tab.GoTo(Run(connection, await world.Owner.Run(connection, "order")));

        await Expect(Live(tab)).ToContainTextAsync("The store is in maintenance");
        await Expect(Live(tab).GetByRole(AriaRole.Progressbar)).ToHaveCountAsync(0);
        // Read in one step: while a try is under way nothing says when the next one is.
        var next = TimeSpan.Parse(NextTry().Match(await Live(tab).GetByText(NextTry()).InnerTextAsync()).Groups[1].Value);
        var ahead = next - TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), zone).TimeOfDay;
        // A wall clock says nothing of midnight in between.
        Assert.InRange((ahead.TotalMinutes + 1 + (24 * 60)) % (24 * 60), 0, 6);
        await AssertSound(tab);

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(Live(tab)).ToContainTextAsync("Cancelled");
        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Run again" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_run_that_failed_says_what_to_do_in_the_readers_language()
    {
        var (connection, store) = await world.Connect();
        store.Faults.Add(FaultKind.Unauthorized, times: null, path: "shipment");
        var run = await world.Owner.Run(connection, "shipment");
        Assert.Equal("failed", (string)(await world.Owner.End(connection, run))["state"]!);

        var tab = await SignedIn();
        await tab.GoTo($"{Runs(connection)}?state=failed");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Shipments" }).ClickAsync();
        await Expect(Live(tab)).ToContainTextAsync("Failed");
        await Expect(Live(tab)).ToContainTextAsync("role");
        await Expect(tab.Page.GetByRole(AriaRole.Link, new() { Name = "To the connection" })).ToBeVisibleAsync();
        await Expect(tab.Page.GetByText("permission_missing")).ToBeVisibleAsync();

        // A viewer reads the same, and has nothing to press.
        var swedish = await SignedIn(Look.Phone with { Locale = "sv" }, (await world.NewKey(world.Owner, "viewer")).Key);
        await swedish.GoTo(Run(connection, run));
        await Expect(Live(swedish)).ToContainTextAsync("Misslyckades");
        await Expect(Live(swedish)).ToContainTextAsync("Magento_Sales::shipment saknas");
        await Expect(Live(swedish)).ToContainTextAsync("Ge användarens roll de rättigheter som saknas.");
        await Expect(swedish.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        await AssertSound(tab, swedish);
    }

    [Fact]
    public async Task A_record_in_quarantine_is_seen_tried_again_and_resolved()
    {
        var (connection, store) = await world.Connect();
        var id = store.Entity("order").Ids()[3];
        store.Poison.Add("order", id);
        await world.Owner.End(connection, await world.Owner.Run(connection, "order"));

        var tab = await SignedIn(Look.Phone);
        await tab.GoTo(Quarantine(connection));
        var parked = tab.Page.GetByRole(AriaRole.Article, new() { Name = $"Order {id}" });
        await Expect(parked).ToContainTextAsync("The store failed while it made this answer.");
        await Expect(parked).ToContainTextAsync("1 try in vain");
        await tab.Page.GetByText("What the store said").ClickAsync();
        await AssertSound(tab);

        store.Poison.Clear();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Try again now: Orders" }).ClickAsync();
        await Expect(Live(tab)).ToContainTextAsync("Finished");
        await Expect(Live(tab)).ToContainTextAsync("1 new");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Quarantine" }).ClickAsync();
        await Expect(tab.Page.GetByText("Nothing is in quarantine")).ToBeVisibleAsync();
        await tab.Page.GetByLabel("State").SelectOptionAsync("resolved");
        await Expect(parked).ToContainTextAsync("Resolved");
    }

    [Fact]
    public async Task A_silo_that_is_killed_is_not_noticed_by_who_watches()
    {
        var (connection, store) = await world.Connect();
        var first = store.Gates.HoldNext("products");
        var run = await world.Owner.Run(connection, "product");
        await first.Reached;
        var second = world.StartSilo();
        var tab = await SignedIn();
        await tab.GoTo(Run(connection, run));
        await Hold(store, first, 2);
        await Expect(Live(tab)).ToContainTextAsync(SomeOfAll());
        await tab.Page.EvaluateAsync("() => { window.neverLeft = true; }");

        await second;
        await world.Silo.Kill();

        await Expect(Live(tab).GetByText("Finished")).ToBeVisibleAsync(AfterDeath);
        await Expect(Live(tab)).ToContainTextAsync("120 new");
        await Expect(tab.Page.GetByText("1 time", new() { Exact = true })).ToBeVisibleAsync();
        Assert.True(await tab.Page.EvaluateAsync<bool>("() => window.neverLeft === true"), "The page was loaded again.");
    }

    [Fact]
    public async Task A_page_whose_server_started_anew_comes_back_by_itself_as_it_was()
    {
        var (connection, store) = await world.Connect();
        var first = store.Gates.HoldNext("products");
        var run = await world.Owner.Run(connection, "product");
        await first.Reached;
        var tab = await SignedIn();
        await tab.GoTo(Run(connection, run));
        var third = await Hold(store, first, 2);
        await Expect(Live(tab)).ToContainTextAsync(SomeOfAll());
        await tab.Page.EvaluateAsync("() => { window.isOld = true; }");

        tab.Watch.ExpectAnything();
        await world.RenewFrontend();
        await tab.Page.WaitForFunctionAsync("() => !window.isOld", null, new() { Timeout = 120_000 });
        await Expect(Live(tab).GetByText(SomeOfAll())).ToBeVisibleAsync(AfterDeath);
        third.Release();
        await Expect(Live(tab).GetByText("Finished")).ToBeVisibleAsync(AfterDeath);
        Assert.Equal("succeeded", (string)(await world.Owner.End(connection, run))["state"]!);
    }

    static string Runs(string connection) => $"/settings/connectors/{connection}/runs";

    static string Run(string connection, string run) => $"{Runs(connection)}/{run}";

    static string Quarantine(string connection) => $"/settings/connectors/{connection}/quarantine";

    static ILocator Live(Tab tab) => tab.Page.Locator(".xtnd-live");

    /// <summary>Lets a held page go, and those after it, until one more is held.</summary>
    static async Task<HeldRequest> Hold(MagentoStore store, HeldRequest held, int pages)
    {
        for (var page = 0; page < pages; page++)
        {
            var next = store.Gates.HoldNext("products");
            held.Release();
            await next.Reached.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
            held = next;
        }

        return held;
    }

    static async Task AssertSound(params Tab[] tabs)
    {
        foreach (var tab in tabs)
        {
            await tab.AssertFits();
            await tab.AssertAccessible();
        }
    }

    [GeneratedRegex("(20|40) of 120 records")]
    private static partial Regex SomeOfAll();

    [GeneratedRegex(@"Next try (\d\d:\d\d:\d\d)")]
    private static partial Regex NextTry();
}
