using System.Net;
using Microsoft.Extensions.Time.Testing;
using XtndOrleans.Engine.Tenants;

namespace XtndOrleans.Tests.Server;

/// <summary>Links that sign in to the page: one press of their button, by the person himself.</summary>
public sealed class LinkFacts
{
    const string Front = "/settings/connectors";
    const string Ended = "This link has been used, is too old or has been ended";

    [Fact]
    public async Task Opening_a_link_signs_nobody_in_and_its_button_does_once()
    {
        var world = await ApiWorld.Shared;
        var link = await (await world.Tenant()).Link();
        using var first = new Browser(world);
        using var second = new Browser(world);
        await first.Head(link);
        var page = await first.Open(link);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("This link signs you in to A tenant as owner.", page.Text);
        Assert.Null(first.Cookies["xtnd-session"]);
        Assert.Equal(HttpStatusCode.Found, (await first.Open(Front)).Status);

        var late = await second.Open(link);
        var signed = await first.Press(page.Text, link);
        Assert.Equal((HttpStatusCode.Found, "/"), (signed.Status, signed.Location));
        Assert.Equal(HttpStatusCode.OK, (await first.Open(Front)).Status);
        Assert.Contains("You are signed in as owner in A tenant.", (await first.Open(link)).Text);
        Assert.Contains(Ended, (await second.Press(late.Text, link)).Text);
        Assert.Contains(Ended, (await second.Open(link)).Text);
        Assert.Equal(HttpStatusCode.Found, (await second.Open(Front)).Status);
    }

    [Fact]
    public async Task Another_site_can_neither_press_the_button_nor_use_the_link_up()
    {
        var world = await ApiWorld.Shared;
        var link = await (await world.Tenant()).Link();
        using var browser = new Browser(world);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.Press("", link)).Status);
        Assert.Null(browser.Cookies["xtnd-session"]);
        Assert.Equal(HttpStatusCode.Found, (await browser.Follow(link)).Status);
    }

    [Fact]
    public async Task Whoever_is_signed_in_is_told_so_before_a_link_replaces_his_session()
    {
        var world = await ApiWorld.Shared;
        var (mine, theirs) = (await world.Tenant(), await world.Tenant());
        await mine.Connection("A shop of my own");
        using var browser = new Browser(world);
        await browser.SignIn(await world.Key(mine.Id, "viewer"));
        var link = await theirs.Link();
        var page = await browser.Open(link);
        Assert.Contains("You are signed in now as viewer in A tenant. Signing in here ends that.", page.Text);
        Assert.Contains("A shop of my own", (await browser.Open(Front)).Text);
        await browser.Press(page.Text, link);
        Assert.DoesNotContain("A shop of my own", (await browser.Open(Front)).Text);
    }

    [Fact]
    public async Task A_link_leads_to_where_it_says_also_in_the_other_language()
    {
        var world = await ApiWorld.Shared;
        var link = await (await world.Tenant()).Link() + "&return=" + Uri.EscapeDataString(Front);
        using var browser = new Browser(world);
        var page = WebUtility.HtmlDecode((await browser.Open(link)).Text);
        Assert.Contains($"action=\"/sign-in?return={Uri.EscapeDataString(Front)}\"", page);
        Assert.Contains($"/language/sv?return={Uri.EscapeDataString(link)}", page);
    }

    [Fact]
    public async Task A_link_ends_with_the_key_that_made_it()
    {
        var world = await ApiWorld.Shared;
        var tenant = await world.Tenant();
        var key = (await tenant.Owner.Post($"tenants/{tenant.Id}/keys", new { name = "A", role = "owner" })).Body;
        var link = await tenant.Link(world.Client(key["key"]!.GetValue<string>()));
        using var browser = new Browser(world);
        var page = await browser.Open(link);
        await tenant.Owner.Delete($"tenants/{tenant.Id}/keys/{key["id"]}");
        await AssertEnded(browser, page, link);
    }

    [Fact]
    public async Task A_link_ends_with_its_tenant()
    {
        var world = await ApiWorld.Shared;
        var tenant = await world.Tenant();
        var link = await tenant.Link(world.Platform);
        using var browser = new Browser(world);
        var page = await browser.Open(link);
        await world.Database.Scalar("UPDATE xtnd.tenant SET erasing_since = now() WHERE id = $1", Guid.Parse(tenant.Id));
        await AssertEnded(browser, page, link);
    }

    [Fact]
    public async Task A_link_grows_old()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var world = await ApiWorld.Start(clock);
        var link = await (await world.Tenant()).Link();
        using var browser = new Browser(world);
        var page = await browser.Open(link);
        clock.Advance(SignInLinks.Life + TimeSpan.FromSeconds(1));
        await AssertEnded(browser, page, link);
    }

    static async Task AssertEnded(Browser browser, Answer page, string link)
    {
        var pressed = await browser.Press(page.Text, link);
        Assert.Contains(Ended, pressed.Text);
        Assert.Contains("API key", pressed.Text);
        Assert.Contains(Ended, (await browser.Open(link)).Text);
        Assert.Null(browser.Cookies["xtnd-session"]);
    }
}
