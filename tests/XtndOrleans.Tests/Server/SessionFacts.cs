using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using XtndOrleans.Engine.Tenants;

namespace XtndOrleans.Tests.Server;

/// <summary>How long a session lives and what ends it.</summary>
public sealed class SessionFacts
{
    const string Front = "/settings/connectors";
    static readonly TimeSpan RevocationLimit = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_session_lives_while_it_is_used_and_ends_twelve_hours_after()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var world = await ApiWorld.Start(clock);
        using var browser = new Browser(world);
        await browser.SignIn((await world.Tenant()).OwnerKey);
        for (var hours = 0; hours < 20; hours += 5)
        {
            Assert.Equal(HttpStatusCode.OK, (await browser.Open(Front)).Status);
            clock.Advance(TimeSpan.FromHours(5));
        }

        // A page that is open says when somebody works in it.
        for (var hours = 0; hours < 20; hours += 5)
        {
            Assert.Equal(HttpStatusCode.NoContent, (await browser.Post("", "/in-use")).Status);
            clock.Advance(TimeSpan.FromHours(5));
        }

        Assert.Equal(HttpStatusCode.OK, (await browser.Open(Front)).Status);
        clock.Advance(TimeSpan.FromHours(12) + TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Found, (await browser.Open(Front)).Status);
    }

    [Fact]
    public async Task A_page_that_is_open_is_no_use()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var world = await ApiWorld.Start(clock);
        using var browser = new Browser(world);
        await browser.SignIn((await world.Tenant()).OwnerKey);
        var session = (Guid)(await world.Database.Scalar("SELECT id FROM xtnd.session"))!;
        var sessions = world.App.Services.GetRequiredService<Sessions>();
        for (var minutes = 0; minutes < 12 * 60; minutes += 10)
        {
            Assert.True(await sessions.IsLive(session, TestContext.Current.CancellationToken));
            // A page that lost its connection comes back by itself.
            await browser.Post("", "/_blazor/negotiate?negotiateVersion=1");
            clock.Advance(TimeSpan.FromMinutes(10));
        }

        Assert.False(await sessions.IsLive(session, TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.Found, (await browser.Open(Front)).Status);
    }

    [Fact]
    public async Task Use_does_not_bring_back_what_has_ended()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var world = await ApiWorld.Start(clock);
        using var browser = new Browser(world);
        await browser.SignIn((await world.Tenant()).OwnerKey);
        clock.Advance(TimeSpan.FromHours(12) - TimeSpan.FromSeconds(1));
        var session = (Guid)(await world.Database.Scalar("SELECT id FROM xtnd.session"))!;
        var sessions = world.App.Services.GetRequiredService<Sessions>();
        Assert.True(await sessions.IsLive(session, TestContext.Current.CancellationToken));
        clock.Advance(TimeSpan.FromSeconds(1.5));
        await browser.Post("", "/in-use");
        clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(HttpStatusCode.Found, (await browser.Open(Front)).Status);
    }

    [Fact]
    public async Task The_identity_provider_is_asked_again_after_twelve_hours_however_busy_somebody_is()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var world = await ApiWorld.Start(clock);
        using var browser = new Browser(world);
        var cookie = await Begin(world, await world.Tenant(), "anna");
        for (var hours = 0; hours < 12; hours += 3)
        {
            Assert.Equal(HttpStatusCode.OK, await Status(browser, cookie));
            clock.Advance(TimeSpan.FromHours(3));
        }

        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Found, await Status(browser, cookie));
    }

    [Fact]
    public async Task The_platform_signs_somebody_out_or_everybody()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var world = await ApiWorld.Start(clock);
        var (tenant, other) = (await world.Tenant(), await world.Tenant());
        var (anna, bert, by, elsewhere) = (await Begin(world, tenant, "anna"), await Begin(world, tenant, "bert"), await Begin(world, tenant, null), await Begin(world, other, "anna"));
        using var browser = new Browser(world);
        Assert.Equal(HttpStatusCode.Forbidden, (await tenant.Owner.Delete($"tenants/{tenant.Id}/sessions?subject=anna")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await world.Platform.Delete($"tenants/{Guid.NewGuid()}/sessions?subject=anna")).Status);
        var none = await world.Platform.Delete($"tenants/{tenant.Id}/sessions?subject=");
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_parameter"), (none.Status, none.Code));
        Assert.Equal(HttpStatusCode.OK, await Status(browser, anna));

        Assert.Equal(HttpStatusCode.NoContent, (await world.Platform.Delete($"tenants/{tenant.Id}/sessions?subject=anna")).Status);
        clock.Advance(RevocationLimit);
        Assert.Equal(HttpStatusCode.Found, await Status(browser, anna));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await Status(browser, bert), await Status(browser, by)));

        Assert.Equal(HttpStatusCode.NoContent, (await world.Platform.Delete($"tenants/{tenant.Id}/sessions")).Status);
        clock.Advance(RevocationLimit);
        Assert.Equal((HttpStatusCode.Found, HttpStatusCode.Found), (await Status(browser, bert), await Status(browser, by)));
        Assert.Equal(HttpStatusCode.OK, await Status(browser, elsewhere));
    }

    [Fact]
    public async Task Signing_in_again_ends_the_session_before()
    {
        var world = await ApiWorld.Shared;
        var tenant = await world.Tenant();
        using var browser = new Browser(world);
        await browser.SignIn(tenant.OwnerKey);
        var before = browser.Cookies["xtnd-session"]!.Value;
        await browser.SignIn(tenant.OwnerKey);
        Assert.Equal(HttpStatusCode.OK, (await browser.Open(Front)).Status);
        using var thief = new Browser(world);
        Assert.Equal(HttpStatusCode.Found, await Status(thief, before));
    }

    [Fact]
    public async Task Signing_out_of_a_session_that_has_ended_leads_to_the_sign_in_and_nowhere_after()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var world = await ApiWorld.Start(clock);
        var tenant = await world.Tenant();
        using var browser = new Browser(world);
        await browser.SignIn(tenant.OwnerKey);
        var page = await browser.Open(Front);
        await world.Database.Scalar("UPDATE xtnd.session SET revoked_at = now() WHERE tenant_id = $1", Guid.Parse(tenant.Id));
        clock.Advance(RevocationLimit);
        Assert.Equal(HttpStatusCode.Found, (await browser.Open(Front)).Status);
        Assert.Equal("/sign-in", (await browser.Post(page.Text, "/sign-out")).Location);
    }

    // As somebody whom the identity provider sent, or, without a subject, who came by a link of the platform.
    static Task<string> Begin(ApiWorld world, TestTenant tenant, string? subject) =>
        world.App.Services.GetRequiredService<Sessions>().Begin(new(Guid.Parse(tenant.Id), Roles.Viewer, null, subject, subject ?? Roles.Viewer), null);

    static async Task<HttpStatusCode> Status(Browser browser, string session) => (await browser.Open(Front, ("Cookie", "xtnd-session=" + session))).Status;
}
