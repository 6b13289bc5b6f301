using XtndOrleans.BrowserTests.Connections;
using XtndOrleans.BrowserTests.Support;

namespace XtndOrleans.BrowserTests.Shell;

/// <summary>The page without a mouse.</summary>
[Collection<OneServer>]
public sealed class KeyboardTests(Chromium chromium, BrowserWorld world) : BrowserTest(chromium, world)
{
    const int ManyStops = 60;

    const string Focused = """
        () => {
            const e = document.activeElement;
            return (e.labels?.[0]?.innerText || e.getAttribute('aria-label') || e.innerText || '').trim().replace(/\s+/g, ' ');
        }
        """;

    [Fact]
    public async Task A_store_is_connected_found_and_opened_with_the_keyboard_alone()
    {
        var owner = await World.NewTenant();
        var tab = await Open();
        await tab.Load("/sign-in");
        await Expect(tab.Page.Locator("input:focus")).ToBeVisibleAsync();
        await Type(tab, owner.Key, "Enter");
        await Expect(tab.Page).ToHaveURLAsync(World.Server.Address.AbsoluteUri);
        await tab.Interactive();

        await Press(tab, "External System Connectors");
        await AssertHeading(tab, "External System Connectors");
        await Press(tab, "Create New Connection");
        await AssertHeading(tab, "Create New Connection");
        await TabTo(tab, "Access token");
        await Type(tab, "admin");
        await TabTo(tab, "API URL");
        await Type(tab, $"{World.World.Simulator.StoreAddress()}/rest/V1");
        await TabTo(tab, "Secret");
        await Type(tab, "Admin123demo", "Enter");
        await Expect(new NewConnectionForm(tab).Made("127.0.0.1 is connected")).ToBeVisibleAsync();

        await Press(tab, "External System Connectors");
        await TabTo(tab, "Search name or address");
        await Type(tab, "127.0");
        await Expect(tab.Page).ToHaveURLAsync(new Uri(tab.Server, "/settings/connectors?q=127.0").AbsoluteUri);
        await Press(tab, "127.0.0.1");
        await AssertHeading(tab, "127.0.0.1");
    }

    [Fact]
    public async Task The_content_is_one_key_away_and_menus_close_with_escape()
    {
        var tab = await SignedInAt("/settings/connectors");
        await Press(tab, "Skip to the content");
        await Expect(tab.Page.Locator("#content")).ToBeFocusedAsync();

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Choose language" }).FocusAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Svenska" })).ToBeVisibleAsync();
        await tab.Page.Keyboard.PressAsync("Escape");
        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Svenska" })).ToHaveCountAsync(0);
        await Press(tab, "Your account");
        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" })).ToBeVisibleAsync();
        await tab.Page.Keyboard.PressAsync("Escape");
        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_phones_menu_opens_by_touch_and_by_key_and_goes_when_somebody_has_chosen()
    {
        var tab = await SignedInAt("/settings/connectors", Look.Phone);
        var button = tab.Page.GetByRole(AriaRole.Button, new() { Name = "Menu" });
        var records = tab.Page.GetByRole(AriaRole.Link, new() { Name = "Records", Exact = true });
        await Expect(records).ToHaveCountAsync(0);

        await button.FocusAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(records).ToBeVisibleAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Link, new() { Name = "External System Connectors" })).ToHaveAttributeAsync("aria-current", "page");
        await tab.AssertFits();
        await tab.Page.Keyboard.PressAsync("Escape");
        await Expect(records).ToHaveCountAsync(0);
        await Expect(button).ToBeFocusedAsync();

        await button.ClickAsync();
        await records.ClickAsync();
        await AssertHeading(tab, "Records");
        await Expect(records).ToHaveCountAsync(0);
    }

    static async Task Press(Tab tab, string name)
    {
        await TabTo(tab, name);
        await tab.Page.Keyboard.PressAsync("Enter");
    }

    static async Task TabTo(Tab tab, string name)
    {
        List<string> passed = [];
        while (await tab.Page.EvaluateAsync<string>(Focused) is var here && here != name)
        {
            passed.Add(here);
            Assert.True(passed.Count < ManyStops, $"'{name}' is not reached with the tabulator: {string.Join(" | ", passed)}");
            await tab.Page.Keyboard.PressAsync("Tab");
        }
    }

    static async Task Type(Tab tab, string text, string? key = null)
    {
        await tab.Page.Keyboard.TypeAsync(text);
        if (key is not null)
        {
            await tab.Page.Keyboard.PressAsync(key);
        }
    }

    // A screen reader begins to read where the focus is: at the title of the new page.
    static Task AssertHeading(Tab tab, string title) => Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = title, Level = 1 })).ToBeFocusedAsync();
}
