using XtndOrleans.BrowserTests.Support;
using XtndOrleans.SystemTests.Support;

namespace XtndOrleans.BrowserTests.Shell;

/// <summary>How a session begins and ends in a browser that has pages open.</summary>
[Collection<OneServer>]
public sealed class SessionTests(Chromium chromium, BrowserWorld world) : BrowserTest(chromium, world)
{
    [Fact]
    public async Task A_link_signs_in_once_by_its_button_and_says_then_what_to_do()
    {
        var link = await World.NewLink(World.Owner);
        var first = await Open();
        await first.Load(link);
        await Expect(first.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" })).ToBeFocusedAsync();
        await Expect(first.Page.GetByText("This link signs you in to Test as owner.")).ToBeVisibleAsync();
        await first.AssertFits();
        await first.AssertAccessible();
        await first.Page.Keyboard.PressAsync("Enter");
        await Expect(first.Page).ToHaveURLAsync(World.Server.Address.AbsoluteUri);
        await first.Interactive();
        var second = await Open(Look.Phone);
        await second.Load(link);
        await Expect(second.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Sign in with an API key, or have a new link made.");
        await second.AssertFits();
        await second.AssertAccessible();
    }

    [Fact]
    public async Task A_link_in_a_browser_that_is_signed_in_says_what_it_replaces()
    {
        var tab = await SignedIn(Look.Phone);
        var before = await tab.Page.Context.CookiesAsync();
        await tab.Load(await World.NewLink(await World.NewTenant()));
        await Expect(tab.Page.GetByText("You are signed in now as owner in Test. Signing in here ends that.")).ToBeVisibleAsync();
        await tab.AssertFits();
        await tab.AssertAccessible();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Stay as I am" }).ClickAsync();
        await tab.Interactive();
        Assert.Equal(Session(before), Session(await tab.Page.Context.CookiesAsync()));

        static string Session(IReadOnlyList<BrowserContextCookiesResult> cookies) => cookies.Single(cookie => cookie.Name == "xtnd-session").Value;
    }

    [Fact]
    public async Task Work_in_an_open_page_keeps_its_session_alive()
    {
        const string Newest = "id = (SELECT id FROM xtnd.session ORDER BY created_at DESC LIMIT 1)";
        const string AMinuteLater = "() => { const later = performance.now() + 61000; performance.now = () => later; }";
        var tab = await SignedIn();
        var seen = await Time($"UPDATE xtnd.session SET last_seen_at = last_seen_at - interval '1 hour' WHERE {Newest} RETURNING last_seen_at");
        // What the server remembers of a session is two seconds old at most.
        await Until.True(
            async () =>
            {
                await tab.Page.EvaluateAsync(AMinuteLater);
                await tab.Page.Keyboard.PressAsync("Shift");
                return await Time($"SELECT last_seen_at FROM xtnd.session WHERE {Newest}") > seen;
            },
            TimeSpan.FromSeconds(30), "the session is noted as used");

        async Task<DateTime> Time(string sql) => (DateTime)(await World.World.Database.Scalar(sql))!;
    }

    [Fact]
    public async Task A_page_that_is_open_ends_with_its_key()
    {
        var (key, path) = await World.NewKey(World.Owner, "operator");
        var tab = await SignedInAt("/settings/connectors?sort=Newest", key: key);
        (await World.Owner.Delete(path)).EnsureSuccessStatusCode();
        await Expect(tab.Page).ToHaveURLAsync($"{World.Server.Address}sign-in?return={Uri.EscapeDataString("/settings/connectors?sort=Newest")}");
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Signing_out_leads_to_the_sign_in_and_the_way_back_is_closed()
    {
        var tab = await SignedInAt("/settings/connectors");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Your account" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(tab.Page).ToHaveURLAsync($"{World.Server.Address}sign-in");
        await tab.Load("/settings/connectors");
        Assert.Equal("/sign-in", new Uri(tab.Page.Url).AbsolutePath);
    }
}
