using XtndOrleans.BrowserTests.Support;

namespace XtndOrleans.BrowserTests.Shell;

/// <summary>Language and look: what the browser asks for, until a person chooses.</summary>
[Collection<OneServer>]
public sealed class LanguageTests(Chromium chromium, BrowserWorld world) : BrowserTest(chromium, world)
{
    const string List = "/settings/connectors";

    [Fact]
    public async Task A_Swedish_browser_gets_Swedish_from_the_sign_in_on()
    {
        var tab = await SignedIn(Look.Phone.Swedish);
        await tab.GoTo(List);
        await Expect(tab.Page.Locator("html")).ToHaveAttributeAsync("lang", "sv");
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Externa systemkopplingar" })).ToBeVisibleAsync();
        await tab.GoTo("/settings/connectors/new");
        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Verifiera anslutning" })).ToBeVisibleAsync();
        await tab.AssertFits();
        await tab.AssertAccessible();
    }

    [Fact]
    public async Task A_language_that_was_chosen_stays()
    {
        var tab = await SignedIn();
        await tab.GoTo(List);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Choose language" }).ClickAsync();
        await tab.Page.GetByText("Svenska").ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Externa systemkopplingar" })).ToBeVisibleAsync();
        await tab.GoTo(List);
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Externa systemkopplingar" })).ToBeVisibleAsync();
        Assert.EndsWith(List, tab.Page.Url);
    }

    [Fact]
    public async Task The_look_is_the_systems_until_one_is_chosen_and_that_stays()
    {
        const string Dark = "rgb(17, 20, 27)";
        const string Light = "rgb(246, 247, 249)";
        var system = await SignedIn(Look.Wide with { Dark = true });
        await system.GoTo(List);
        await Expect(system.Page.Locator("body")).ToHaveCSSAsync("background-color", Dark);

        var tab = await SignedIn();
        await tab.GoTo(List);
        await Expect(tab.Page.Locator("body")).ToHaveCSSAsync("background-color", Light);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Light or dark" }).ClickAsync();
        await tab.Page.GetByText("Dark", new() { Exact = true }).ClickAsync();
        await Expect(tab.Page.Locator("body")).ToHaveCSSAsync("background-color", Dark);
        // In the first answer already: nothing flashes.
        await tab.Load(List);
        await Expect(tab.Page.Locator("html")).ToHaveAttributeAsync("data-look", "dark");
        await Expect(tab.Page.Locator("body")).ToHaveCSSAsync("background-color", Dark);
    }
}
