using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using XtndOrleans.Engine.Tenants;

namespace XtndOrleans.Tests.Server;

/// <summary>Who gets in to the page, how, and for how long.</summary>
public sealed class SignInFacts
{
    const string Front = "/settings/connectors";
    static readonly TimeSpan RevocationLimit = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Without_a_session_every_page_leads_to_the_sign_in_and_back()
    {
        using var browser = new Browser(await ApiWorld.Shared);
        Assert.Equal("/sign-in", (await browser.Open("/")).Location);
        Assert.Equal("/sign-in?return=%2Fsettings%2Fconnectors%3Fq%3Da", (await browser.Open(Front + "?q=a")).Location);
    }

    [Fact]
    public async Task A_key_opens_the_page()
    {
        var world = await ApiWorld.Shared;
        using var browser = new Browser(world);
        var tenant = await world.Tenant();
        var signed = await browser.SignIn(tenant.OwnerKey, "/sign-in?return=" + Uri.EscapeDataString(Front));
        Assert.Equal((HttpStatusCode.Found, Front), (signed.Status, signed.Location));
        var page = await browser.Open(Front);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("Create New Connection", page.Text);
    }

    [Fact]
    public async Task A_key_that_is_none_is_refused_in_words_and_never_shown()
    {
        using var browser = new Browser(await ApiWorld.Shared);
        var refused = await browser.SignIn("xtnd_" + new string('a', 96));
        Assert.Equal(HttpStatusCode.OK, refused.Status);
        Assert.Contains("This key is not known", refused.Text);
        Assert.DoesNotContain("aaaaaa", refused.Text);
        Assert.Equal("/sign-in", (await browser.Open("/")).Location);
    }

    [Fact]
    public async Task The_cookie_is_hidden_from_scripts_and_from_other_sites_and_kept_to_https_elsewhere()
    {
        var world = await ApiWorld.Shared;
        var tenant = await world.Tenant();
        using var browser = new Browser(world);
        var here = Cookie(await browser.Follow(await tenant.Link()));
        Assert.Contains("httponly", here);
        Assert.Contains("samesite=lax", here);
        Assert.DoesNotContain("secure", here);
        Assert.Contains("secure", Cookie(await browser.Follow(await tenant.Link(), ("Host", "xtnd.example"))));

        static string Cookie(Answer answer) => answer.Message.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("xtnd-session=")).ToLowerInvariant();
    }

    [Fact]
    public async Task The_cookie_does_not_open_the_API()
    {
        var world = await ApiWorld.Shared;
        using var browser = new Browser(world);
        await browser.SignIn((await world.Tenant()).OwnerKey);
        Assert.Equal(HttpStatusCode.OK, (await browser.Open(Front)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.Open("/api/v1/connections")).Status);
    }

    [Fact]
    public async Task A_key_does_not_open_the_page_without_signing_in()
    {
        var world = await ApiWorld.Shared;
        using var browser = new Browser(world);
        var tenant = await world.Tenant();
        Assert.Equal(HttpStatusCode.Found, (await browser.Open(Front, ("Authorization", "Bearer " + tenant.OwnerKey))).Status);
    }

    [Fact]
    public async Task Ending_a_key_ends_its_sessions_within_five_seconds()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var world = await ApiWorld.Start(clock);
        using var browser = new Browser(world);
        var tenant = await world.Tenant();
        var key = await tenant.Owner.Post($"tenants/{tenant.Id}/keys", new { name = "A", role = "viewer" });
        await browser.SignIn(key.Body["key"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.OK, (await browser.Open(Front)).Status);
        await tenant.Owner.Delete($"tenants/{tenant.Id}/keys/{key.Body["id"]}");
        clock.Advance(RevocationLimit);
        Assert.Equal(HttpStatusCode.Found, (await browser.Open(Front)).Status);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_also_for_a_copy_of_the_cookie()
    {
        var world = await ApiWorld.Shared;
        using var browser = new Browser(world);
        await browser.SignIn((await world.Tenant()).OwnerKey);
        var page = await browser.Open(Front);
        var copy = browser.Cookies["xtnd-session"]!.Value;
        Assert.Equal("/sign-in", (await browser.Post(page.Text, "/sign-out")).Location);
        Assert.Equal(HttpStatusCode.Found, (await browser.Open(Front)).Status);
        using var thief = new Browser(world);
        Assert.Equal(HttpStatusCode.Found, (await thief.Open(Front, ("Cookie", "xtnd-session=" + copy))).Status);
    }

    [Fact]
    public async Task A_form_that_another_site_sends_is_refused()
    {
        var world = await ApiWorld.Shared;
        using var browser = new Browser(world);
        var tenant = await world.Tenant();
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.Post("", "/sign-in", ("Key", tenant.OwnerKey), ("_handler", "sign-in"))).Status);
        await browser.SignIn(tenant.OwnerKey);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.Post("", "/sign-out")).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.Open(Front)).Status);
    }

    [Fact]
    public async Task A_role_sees_what_is_for_it()
    {
        var world = await ApiWorld.Shared;
        var tenant = await world.Tenant();
        using var viewer = new Browser(world);
        await viewer.SignIn(await world.Key(tenant.Id, "viewer"));
        Assert.DoesNotContain("Create New Connection", (await viewer.Open(Front)).Text);
        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.Open(Front + "/new")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.Open("/fleet")).Status);
        using var platform = new Browser(world);
        await platform.SignIn(ApiWorld.PlatformKey);
        Assert.Equal(HttpStatusCode.OK, (await platform.Open("/fleet")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await platform.Open(Front)).Status);
    }

    [Fact]
    public async Task A_tenant_sees_nothing_of_another()
    {
        var world = await ApiWorld.Shared;
        var owner = await world.Tenant();
        var connection = await owner.Connection("A shop of its own");
        using var stranger = new Browser(world);
        await stranger.SignIn((await world.Tenant()).OwnerKey);
        Assert.DoesNotContain("A shop of its own", (await stranger.Open(Front)).Text);
        Assert.DoesNotContain("A shop of its own", (await stranger.Open($"{Front}/{connection}")).Text);
    }

    [Fact]
    public async Task A_session_of_the_platform_ends_when_its_key_is_changed()
    {
        var world = await ApiWorld.Shared;
        var sessions = world.App.Services.GetRequiredService<Sessions>();
        var text = await sessions.Begin(new(null, Roles.Platform, null, null, "platform"), "the old key of the platform");
        Assert.NotNull(await sessions.Find(text, "the old key of the platform", CancellationToken.None));
        Assert.Null(await sessions.Find(text, "the new key of the platform", CancellationToken.None));
    }

    [Fact]
    public async Task Guessing_is_slowed_down_and_who_signs_in_is_no_guesser()
    {
        await using var world = await ApiWorld.Start(("Xtnd:RateLimit:FailedSignInsPerMinute", "1"), ("Xtnd:RateLimit:FailedSignInBurst", "3"));
        var tenant = await world.Tenant();
        using var browser = new Browser(world);
        for (var i = 0; i < 8; i++)
        {
            Assert.Equal(HttpStatusCode.Found, (await browser.SignIn(tenant.OwnerKey)).Status);
        }

        for (var i = 0; i < 3; i++)
        {
            Assert.Contains("This key is not known", (await browser.SignIn("xtnd_guess")).Text);
        }

        // From here on a guess that is right must look like the others.
        foreach (var key in (string[])["xtnd_guess", tenant.OwnerKey])
        {
            var refused = await browser.SignIn(key);
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
            Assert.Contains("Too many attempts", refused.Text);
        }
    }

    [Fact]
    public async Task Calls_of_the_API_with_an_ended_key_lock_nobody_out_of_the_page()
    {
        await using var world = await ApiWorld.Start(("Xtnd:RateLimit:AnonymousPermitsPerSecond", "1"), ("Xtnd:RateLimit:AnonymousBurst", "1"));
        var tenant = await world.Tenant();
        using var browser = new Browser(world);
        var form = (await browser.Open("/sign-in")).Text;
        await Until.True(async () => (await world.Client("xtnd_ended").Get("connections")).Status == HttpStatusCode.TooManyRequests);
        Assert.Equal(HttpStatusCode.Found, (await browser.Post(form, "/sign-in", ("Key", tenant.OwnerKey), ("_handler", "sign-in"))).Status);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    public async Task Nobody_is_sent_to_another_site(string address)
    {
        var world = await ApiWorld.Shared;
        using var browser = new Browser(world);
        var signed = await browser.SignIn((await world.Tenant()).OwnerKey, "/sign-in?return=" + Uri.EscapeDataString(address));
        Assert.Equal("/", signed.Location);
        Assert.Equal("/", (await browser.Open("/language/sv?return=" + Uri.EscapeDataString(address))).Location);
    }

    [Fact]
    public async Task An_identity_provider_is_on_the_page_only_when_there_is_one()
    {
        using var browser = new Browser(await ApiWorld.Shared);
        Assert.DoesNotContain("oidc", (await browser.Open("/sign-in")).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Open("/sign-in/oidc")).Status);
        await using var world = await ApiWorld.Start(
            ("Xtnd:Oidc:Authority", "https://login.example"), ("Xtnd:Oidc:ClientId", "xtnd"), ("Xtnd:Oidc:ClientSecret", "TheProvidersSecret"), ("Xtnd:Oidc:Name", "Example"));
        using var other = new Browser(world);
        var page = (await other.Open("/sign-in")).Text;
        Assert.Contains("Sign in with Example", page);
        Assert.DoesNotContain("TheProvidersSecret", page);
    }
}
