using XtndOrleans.BrowserTests.Support;

namespace XtndOrleans.BrowserTests.Shell;

/// <summary>How a session begins and ends in a browser that has pages open.</summary>
[Collection<OneServer>]
public sealed class SessionTests(Chromium chromium, BrowserWorld world) : BrowserTest(chromium, world)
{
    [Fact]
    public async Task A_link_signs_in_once_and_says_then_what_to_do()
    {
        var link = await World.NewLink(World.Owner);
        var first = await Open();
        await first.GoTo(link);
        Assert.Equal("/", new Uri(first.Page.Url).AbsolutePath);
        var second = await Open(Look.Phone);
        await second.Load(link);
        await Expect(second.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Sign in with an API key, or have a new link made.");
        await second.AssertFits();
        await second.AssertAccessible();
    }

    [Fact]
    public async Task A_page_that_is_open_ends_with_its_key()
    {
        var (key, path) = await World.NewKey(World.Owner, "operator");
        var tab = await SignedIn(key: key);
        await tab.GoTo("/settings/connectors?sort=Newest");
        (await World.Owner.Delete(path)).EnsureSuccessStatusCode();
        await tab.Page.WaitForURLAsync(url => new Uri(url).PathAndQuery == "/sign-in?return=" + Uri.EscapeDataString("/settings/connectors?sort=Newest"));
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Signing_out_leads_to_the_sign_in_and_the_way_back_is_closed()
    {
        var tab = await SignedIn();
        await tab.GoTo("/settings/connectors");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Your account" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await tab.Page.WaitForURLAsync("**/sign-in");
        await tab.Load("/settings/connectors");
        Assert.Equal("/sign-in", new Uri(tab.Page.Url).AbsolutePath);
    }
}
