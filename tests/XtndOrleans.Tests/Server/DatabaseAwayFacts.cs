using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using XtndOrleans.SystemTests.Support;
using XtndOrleans.Tests.Support;

namespace XtndOrleans.Tests.Server;

/// <summary>What people see while the database is away, on a real server whose wire to it is cut.</summary>
public sealed class DatabaseAwayFacts : IAsyncLifetime
{
    const string Front = "/settings/connectors";

    // A clock that stands still: a session that was looked up stays remembered until it is moved.
    readonly FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());
    Cable cable = null!;
    NpgsqlDataSource wire = null!;
    ApiWorld world = null!;
    TestTenant tenant = null!;
    Browser browser = null!;

    public async ValueTask InitializeAsync()
    {
        world = await ApiWorld.Start(clock, Wire);
        tenant = await world.Tenant();
        browser = new(world);
        await browser.SignIn(tenant.OwnerKey);
        Assert.Equal(HttpStatusCode.OK, (await browser.Open(Front)).Status);
    }

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await world.DisposeAsync();
        await wire.DisposeAsync();
        await cable.DisposeAsync();
    }

    [Fact]
    public async Task A_page_says_that_it_tries_again_and_comes_back_by_itself()
    {
        CutAndForget();
        var page = await browser.Open(Front);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.Status);
        Assert.Contains("The service is not available right now", page.Text);
        Assert.Contains("tries again by itself", page.Text);
        Assert.Equal("5", page.Header("Refresh"));
        Assert.Equal("nosniff", page.Header("X-Content-Type-Options"));
        Assert.Contains("frame-ancestors 'none'", page.Header("Content-Security-Policy"));
        Assert.Contains("no-store", page.Header("Cache-Control"));
        Assert.StartsWith("text/html", page.Message.Content.Headers.ContentType!.ToString());
        // What the policy would block, what would need the server again, and what is for us alone.
        Assert.DoesNotMatch(new Regex("<script| on[a-z]+=\"|src=|stylesheet|Npgsql|Exception|   at ", RegexOptions.IgnoreCase), page.Text);
        Assert.Contains(world.Logs.Lines, line => line.StartsWith("Error GET") && line.Contains("ended with 503"));

        cable.Mend();
        await Until.True(async () => (await browser.Open(Front)).Status == HttpStatusCode.OK);
    }

    [Fact]
    public async Task It_is_said_in_the_readers_language_and_in_the_look_that_was_chosen()
    {
        CutAndForget();
        var swedish = await browser.Open(Front, ("Accept-Language", "sv-SE"));
        Assert.Contains("lang=\"sv\"", swedish.Text);
        Assert.Contains("Tjänsten är inte tillgänglig just nu", WebUtility.HtmlDecode(swedish.Text));
        Assert.Contains("prefers-color-scheme: dark", swedish.Text);
        Assert.Contains("data-look=\"system\"", swedish.Text);
        Assert.Contains("data-look=\"dark\"", (await browser.Open("/", ("Cookie", $"xtnd-session={browser.Cookies["xtnd-session"]!.Value}; xtnd-look=dark"))).Text);
    }

    [Fact]
    public async Task A_form_is_not_sent_again_by_itself()
    {
        using var stranger = new Browser(world);
        var form = (await stranger.Open("/sign-in")).Text;
        CutAndForget();
        var refused = await stranger.Post(form, "/sign-in", ("Key", tenant.OwnerKey), ("_handler", "sign-in"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
        Assert.Equal("", refused.Header("Refresh"));
        Assert.Contains("Go back and try again", refused.Text);
        Assert.DoesNotContain(tenant.OwnerKey, refused.Text);
        // The script that follows links must load it as a document: it obeys no Refresh.
        Assert.Equal("", refused.Header("blazor-enhanced-nav"));
    }

    [Fact]
    public async Task The_API_answers_as_it_always_does()
    {
        CutAndForget();
        var refused = await tenant.Owner.Get("connections");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "temporarily_unavailable"), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task A_page_that_needs_nothing_of_the_database_is_shown_without_the_tenants_name()
    {
        Assert.Contains("A tenant", (await browser.Open(Front + "/new")).Text);
        cable.Cut();
        var page = await browser.Open(Front + "/new");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("Sign out", page.Text);
        Assert.DoesNotContain("A tenant", page.Text);
    }

    NpgsqlDataSource Wire(TestDatabase database)
    {
        var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        cable = new(settings.Port);
        (settings.Host, settings.Port) = ("127.0.0.1", cable.Port);
        return wire = NpgsqlDataSource.Create(settings.ConnectionString);
    }

    void CutAndForget()
    {
        cable.Cut();
        clock.Advance(TimeSpan.FromSeconds(5));
    }
}
