using XtndOrleans.BrowserTests.Connections;
using XtndOrleans.BrowserTests.Support;

namespace XtndOrleans.BrowserTests.Journeys;

/// <summary>The whole way of a new user.</summary>
[Collection<OneServer>]
public sealed class FirstOrderTests(Chromium chromium, BrowserWorld world) : BrowserTest(chromium, world)
{
    [Fact]
    public async Task From_the_link_that_signs_in_to_the_first_order()
    {
        var owner = await World.NewTenant();
        var tab = await Open();
        await tab.Follow(await World.NewLink(owner));
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "External System Connectors" }).First.ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "No store is connected yet" })).ToBeVisibleAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Create New Connection" }).First.ClickAsync();

        await Connect(tab);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Set schedules active" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "127.0.0.1", Exact = true })).ToBeVisibleAsync();
        var connection = (await owner.Get("connections"))["items"]![0]!;
        Assert.Equal("verified", (string)connection["status"]!);
        Assert.True((bool)(await owner.Get($"connections/{connection["id"]}/schedules/order"))["active"]!);
        await ReadOrders(tab);
        await FindOrder(tab, World.World.Store.Orders.All[0].IncrementId);
    }

    // As a person types it; each step is told when it ends, not when all have ended.
    async Task Connect(Tab tab)
    {
        var form = new NewConnectionForm(tab);
        await Expect(form.Field("Access token")).ToBeVisibleAsync();
        await tab.Interactive();
        await form.Fill(new($"{World.World.Simulator.StoreAddress()}/rest/V1"));
        var orders = World.World.Store.Gates.HoldNext("orders");
        await form.Verify.ClickAsync();
        await Expect(form.Lines.Filter(new() { HasText = "Reach the store" })).ToContainTextAsync("answers at");
        await Expect(form.Lines.Filter(new() { HasText = "Sign in" })).ToContainTextAsync("Signed in");
        await Expect(form.Lines.Filter(new() { HasText = "Read the records" })).ToHaveCountAsync(0);
        await Expect(form.Lines.Last).ToContainTextAsync("Verifying…");
        orders.Release();
        await Expect(form.Made("127.0.0.1 is connected")).ToBeVisibleAsync();
        await tab.AssertAccessible();
    }

    static async Task ReadOrders(Tab tab)
    {
        var orders = tab.Page.GetByRole(AriaRole.Article, new() { Name = "Orders" });
        await orders.GetByRole(AriaRole.Button, new() { Name = "Run now: Orders" }).ClickAsync();
        await Expect(orders).ToContainTextAsync("Finished");
        await Expect(orders).ToContainTextAsync("30 records");
    }

    static async Task FindOrder(Tab tab, string number)
    {
        var box = tab.Page.GetByLabel("Where is my order…?");
        await box.FillAsync(number);
        await box.PressAsync("Enter");
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = $"Order {number}" })).ToBeVisibleAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Lines" })).ToBeVisibleAsync();
    }
}
