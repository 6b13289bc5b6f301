using System.Net;
using System.Text.RegularExpressions;

namespace XtndOrleans.Tests.Server;

/// <summary>What every page says to a browser and in which language.</summary>
public sealed class PageFacts
{
    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/")]
    [InlineData("/settings/connectors")]
    [InlineData("/settings/connectors/new")]
    [InlineData("/records")]
    [InlineData("/nowhere")]
    public async Task Every_page_forbids_what_it_does_not_need(string path)
    {
        using var browser = await Owner();
        var page = await browser.Open(path);
        Assert.Equal("nosniff", page.Header("X-Content-Type-Options"));
        Assert.Equal("same-origin", page.Header("Referrer-Policy"));
        var policy = page.Header("Content-Security-Policy");
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.Contains("script-src 'self';", policy);
        // What the policy would block must not be there.
        Assert.DoesNotMatch(new Regex("<script(?![^>]* src=)", RegexOptions.IgnoreCase), page.Text);
        Assert.DoesNotMatch(new Regex("<[^>]* on[a-z]+=\"", RegexOptions.IgnoreCase), page.Text);
    }

    [Fact]
    public async Task What_is_no_page_is_guarded_too_and_https_is_remembered()
    {
        await using var world = await ApiWorld.Start(("ForwardedHeaders_Enabled", "true"));
        using var browser = new Browser(world);
        Assert.Equal("", (await browser.Open("/sign-in")).Header("Strict-Transport-Security"));
        foreach (var path in (string[])["/sign-in", "/api/v1/connections", "/docs", "/health/live"])
        {
            var answer = await browser.Open(path, ("X-Forwarded-Proto", "https"));
            Assert.Equal("max-age=31536000", answer.Header("Strict-Transport-Security"));
            Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
            Assert.Equal("same-origin", answer.Header("Referrer-Policy"));
            Assert.Contains("camera=()", answer.Header("Permissions-Policy"));
            Assert.StartsWith("default-src 'none'", answer.Header("Content-Security-Policy"));
            Assert.Contains("frame-ancestors 'none'", answer.Header("Content-Security-Policy"));
        }
    }

    [Fact]
    public async Task An_address_that_is_none_says_so_and_leads_back()
    {
        using var browser = await Owner();
        var page = await browser.Open("/nowhere");
        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Contains("There is no such page", page.Text);
        Assert.Contains("href=\"/\"", page.Text);
    }

    [Fact]
    public async Task The_language_is_the_browsers_until_one_is_chosen()
    {
        using var browser = await Owner();
        Assert.Contains("lang=\"en\"", (await browser.Open("/settings/connectors")).Text);
        Assert.Contains("Inställningar", WebUtility.HtmlDecode((await browser.Open("/settings/connectors", ("Accept-Language", "sv-SE,sv;q=0.9"))).Text));
        await browser.Open("/language/sv");
        var page = await browser.Open("/settings/connectors");
        Assert.Contains("lang=\"sv\"", page.Text);
        Assert.Contains("Skapa ny anslutning", WebUtility.HtmlDecode(page.Text));
    }

    [Fact]
    public async Task The_form_says_what_the_merchants_manual_says()
    {
        using var browser = await Owner();
        var page = WebUtility.HtmlDecode((await browser.Open("/settings/connectors/new")).Text);
        string[] inOrder = ["External System", "Access token", "API URL", "Secret", "Verify Connection"];
        var places = inOrder.Select(label => page.IndexOf($">{label}<", StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
        Assert.All(["System > Permissions > All Users", "Add New User", "User Role", "Administrators", "http://domain.com/index.php/rest/V1"], text => Assert.Contains(text, page));
    }

    [Fact]
    public async Task The_list_shows_each_connection_with_its_status_in_words()
    {
        var world = await ApiWorld.Shared;
        var tenant = await world.Tenant();
        await tenant.Connection("North & South");
        using var browser = new Browser(world);
        await browser.SignIn(tenant.OwnerKey);
        var page = WebUtility.HtmlDecode((await browser.Open("/settings/connectors")).Text);
        Assert.All(["North & South", "Not verified", "Products", "Orders", "1 connection"], text => Assert.Contains(text, page));
        Assert.DoesNotContain("North & South", WebUtility.HtmlDecode((await browser.Open("/settings/connectors?status=failing")).Text));
    }

    static async Task<Browser> Owner()
    {
        var world = await ApiWorld.Shared;
        var browser = new Browser(world);
        await browser.SignIn((await world.Tenant()).OwnerKey);
        return browser;
    }
}
