using System.Text.RegularExpressions;
using XtndOrleans.BrowserTests.Support;

namespace XtndOrleans.BrowserTests.Records;

/// <summary>What was read, as people find and see it.</summary>
public sealed class RecordPagesTests(Chromium chromium, RecordWorld world) : BrowserTest(chromium, world), IClassFixture<RecordWorld>
{
    string List(string entity) => $"/records?connection={world.Connection}&entity={entity}";

    [Fact]
    public async Task An_order_is_found_from_any_page_and_shows_what_belongs_to_it()
    {
        var tab = await SignedIn();
        await tab.GoTo("/settings/connectors");
        await Expect(Heading(tab, "External System Connectors")).ToBeVisibleAsync();
        await tab.Page.GetByRole(AriaRole.Main).FocusAsync();
        await tab.Page.Keyboard.PressAsync("/");
        await tab.Page.Keyboard.TypeAsync("4");
        await Expect(Box(tab)).ToHaveValueAsync("4");
        await tab.Page.Keyboard.PressAsync("Enter");

        await Expect(Heading(tab, "Order 000000004")).ToBeVisibleAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Table)).ToContainTextAsync("SIM-");
        foreach (var text in (string[])["Billing address", "Calle Mayor 4", "Grand total", "Check / Money order", "Invoices, shipments and credit memos"])
        {
            await Expect(tab.Page.GetByText(text).First).ToBeVisibleAsync();
        }

        await Checked(tab);
        await tab.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Invoice ") }).First.ClickAsync();
        await Expect(Heading(tab, "Invoice")).ToBeVisibleAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Table)).ToContainTextAsync("SIM-");
        await Checked(tab);
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Order 000000004" }).ClickAsync();
        await Expect(Heading(tab, "Order 000000004")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_number_that_nobody_has_says_where_it_was_looked_for_and_asks_the_store()
    {
        var tab = await SignedIn();
        await tab.GoTo("/records?order=000777777");
        await Expect(Heading(tab, "No order 000777777 is here")).ToBeVisibleAsync();
        await Expect(tab.Page.GetByText("Main store")).ToBeVisibleAsync();
        await Checked(tab);

        var made = Assert.Single(world.World.Store.Sales.Add(1));
        world.World.Store.Sales.Patch(made.Id, new() { ["increment_id"] = "000777777" });
        await tab.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("Ask the store now") }).ClickAsync();
        await Expect(Heading(tab, "Order 000777777")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Records_are_found_by_what_people_type()
    {
        var tab = await SignedIn();
        await tab.GoTo(List("product"));
        await Expect(tab.Page.GetByRole(AriaRole.Table).GetByRole(AriaRole.Row)).ToHaveCountAsync(51);
        await Checked(tab);
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Next page" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Link, new() { Name = "First page" })).ToBeVisibleAsync();
        await tab.Page.GetByLabel("Search SKU or name").FillAsync("sim-000113");
        await Expect(tab.Page.GetByRole(AriaRole.Table).GetByRole(AriaRole.Row)).ToHaveCountAsync(2);
        Assert.Contains("q=sim-000113", tab.Page.Url);
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "SIM-000113" }).ClickAsync();
        await Expect(tab.Page.GetByText("Stock per source")).ToBeVisibleAsync();
        await Checked(tab);

        await tab.Page.GoBackAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Customers" }).ClickAsync();
        await tab.Page.GetByLabel("Search e-mail or name").FillAsync("user_2@example.com");
        await Expect(tab.Page.GetByRole(AriaRole.Table).GetByRole(AriaRole.Row)).ToHaveCountAsync(2);
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "user_2@example.com" }).ClickAsync();
        await Expect(tab.Page.GetByText("Newest orders")).ToBeVisibleAsync();
        await Checked(tab);

        await tab.GoTo(List("order"));
        await tab.Page.GetByLabel("Search number, e-mail or name").FillAsync("nobody@nowhere");
        await Expect(Heading(tab, "Nothing matches")).ToBeVisibleAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Show all" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Table)).ToContainTextAsync("000000004");
    }

    [Fact]
    public async Task A_refresh_says_what_differed_and_the_history_and_the_json_have_it()
    {
        var tab = await SignedIn();
        await tab.GoTo($"/records/{world.Connection}/product/9");
        await Expect(tab.Page.GetByText("No change since then.")).ToBeVisibleAsync();
        world.World.Store.Catalog.Rename(9, "Lamp of the evening");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Refresh from the store now" }).ClickAsync();
        await Expect(tab.Page.GetByText("differed and are up to date now:")).ToBeVisibleAsync();
        await Expect(Heading(tab, "Lamp of the evening")).ToBeVisibleAsync();
        await Expect(tab.Page.GetByText("seen when a person refreshed it")).ToBeVisibleAsync();
        await tab.Page.GetByText("The store's exact JSON").ClickAsync();
        await Expect(Json(tab)).ToContainTextAsync("\"name\": \"Lamp of the evening\"");
        await Checked(tab);
        await tab.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Copy" }).ClickAsync();
        await Expect(tab.Page.GetByText("Copied.")).ToBeVisibleAsync();
        Assert.Contains("\"name\": \"Lamp of the evening\"", await tab.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));
        var body = await tab.Page.RunAndWaitForDownloadAsync(() => tab.Page.GetByRole(AriaRole.Link, new() { Name = "Download JSON" }).ClickAsync());
        Assert.Contains("Lamp of the evening", await File.ReadAllTextAsync(await body.PathAsync()));

        world.World.Store.Catalog.Delete(9);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Refresh from the store now" }).ClickAsync();
        await Expect(tab.Page.GetByText("The store has this no longer.")).ToBeVisibleAsync();
    }

    // Ids and numbers of changes are counted for each entity: those of an order and of its invoice may be the same.
    [Fact]
    public async Task What_is_told_of_one_record_is_not_told_of_the_next()
    {
        await world.World.Database.Scalar("UPDATE xtnd.order SET seq = 4000004 WHERE external_id = '4'");
        await world.World.Database.Scalar("UPDATE xtnd.invoice SET seq = 4000004 WHERE order_external_id = '4'");
        var tab = await SignedIn();
        await tab.GoTo($"/records/{world.Connection}/order/4");
        await tab.Page.GetByText("The store's exact JSON").ClickAsync();
        await Expect(Json(tab)).ToContainTextAsync("\"billing_address\"");
        await tab.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Invoice ") }).First.ClickAsync();
        await Expect(Heading(tab, "Invoice")).ToBeVisibleAsync();
        await Expect(Json(tab)).ToHaveCountAsync(0);
        await tab.Page.GetByText("The store's exact JSON").ClickAsync();
        await Expect(Json(tab)).ToContainTextAsync("\"order_id\": 4");
    }

    // Real orders say the same several times. A circuit accepts 32 KB from a page when it begins.
    [Fact]
    public async Task A_record_of_any_size_comes_alive()
    {
        await world.World.Database.Scalar(
            "UPDATE xtnd.order SET body = (left(body::text, -1) || ',\"note\":\"' || repeat('Så lång är den. ', 1500) || '\"}')::json WHERE external_id = '6'");
        var tab = await SignedIn();
        await tab.GoTo($"/records/{world.Connection}/order/6");
        await tab.Page.GetByText("The store's exact JSON").ClickAsync();
        await Expect(Json(tab)).ToContainTextAsync("Så lång är den.");
    }

    [Fact]
    public async Task Everything_is_downloaded_by_the_session()
    {
        var tab = await SignedIn();
        await tab.GoTo(List("order"));
        var file = await tab.Page.RunAndWaitForDownloadAsync(() => tab.Page.GetByRole(AriaRole.Link, new() { Name = "CSV" }).ClickAsync());
        Assert.Equal("order.csv", file.SuggestedFilename);
        Assert.StartsWith("externalId,key,number,", await File.ReadAllTextAsync(await file.PathAsync()));

        var stranger = await world.NewTenant();
        var other = await SignedIn(key: stranger.Key);
        other.Watch.Expect("404");
        Assert.Equal(404, (await other.Load($"/records/{world.Connection}/order/export?format=csv")).Status);
        await other.GoTo($"/records/{world.Connection}/order/4");
        await Expect(Heading(other, "There is no such page")).ToBeVisibleAsync();
        await tab.GoTo($"/records?connection={Guid.NewGuid():N}");
        await Expect(tab.Page.GetByText("This connection is not here")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_phone_shows_the_list_and_an_order_whole()
    {
        var tab = await SignedIn(Look.Phone.Swedish);
        await tab.Load("/language/sv");
        await tab.GoTo(List("order"));
        await Expect(tab.Page.GetByRole(AriaRole.Link, new() { Name = "000000004" })).ToBeVisibleAsync();
        await Expect(tab.Page.GetByText("Ordernummer")).ToBeVisibleAsync();
        await Checked(tab);
        await tab.Page.GetByLabel("Var är min order…?").FillAsync("000000004");
        await tab.Page.GetByLabel("Var är min order…?").PressAsync("Enter");
        await Expect(Heading(tab, "Order 000000004")).ToBeVisibleAsync();
        await Expect(tab.Page.GetByText("Totalsumma")).ToBeVisibleAsync();
        await Checked(tab);
    }

    static ILocator Heading(Tab tab, string name) => tab.Page.GetByRole(AriaRole.Heading, new() { NameRegex = new(Regex.Escape(name)) });

    static ILocator Json(Tab tab) => tab.Page.GetByRole(AriaRole.Region, new() { Name = "The store's exact JSON" });

    static ILocator Box(Tab tab) => tab.Page.GetByLabel("Where is my order…?");

    static async Task Checked(Tab tab)
    {
        await tab.AssertFits();
        await tab.AssertAccessible();
    }
}
