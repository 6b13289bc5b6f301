using XtndOrleans.Engine.Fleet;

namespace XtndOrleans.Tests.Overview;

/// <summary>The numbers of the platform's page.</summary>
public sealed class FleetTests : IAsyncLifetime
{
    OverviewWorld world = null!;

    public async ValueTask InitializeAsync() => world = await OverviewWorld.Create();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Tenants_connections_runs_and_overdue_slots_are_counted_over_all_tenants()
    {
        var (one, two) = (await world.Tenant("One"), await world.Tenant("Two"));
        var (shop, other) = (await world.Connection(one, "Shop"), await world.Connection(two, "Other", "failing"));
        await world.Run(one, shop, "product", "running", world.Ago(3));
        await world.Run(two, other, "order", "queued", world.Ago(1));
        await world.Schedule(one, shop, "product", next: world.Ago(0.5));
        await world.Schedule(two, other, "order", next: world.Clock.GetUtcNow().AddSeconds(-50));
        var now = await world.Fleet.Now(CancellationToken.None);
        Assert.Equal((2, 1, 1, 1, 1), (now.Tenants, now.Verified, now.Failing, now.Running, now.Queued));
        Assert.Equal((1, world.Ago(0.5)), (now.Overdue, now.OldestDueAt));
        Assert.Equal([("One", "Shop", "product", "running"), ("Two", "Other", "order", "queued")], now.Runs.Select(run => (run.Tenant, run.Connection, run.Entity, run.State)));
        Assert.Null(now.Runs[1].StartedAt);
    }

    [Fact]
    public async Task Tenants_are_searched_by_name_and_paged_newest_first_with_what_they_have()
    {
        for (var i = 0; i < 25; i++)
        {
            await world.Tenant($"Shop {i:00}%", world.Ago(100 - i));
        }

        var newest = await world.Tenant("Newest");
        var shop = await world.Connection(newest);
        await world.Cursor(newest, shop, "product", null, 40);
        await world.Cursor(newest, shop, "order", null, 2);
        var page = await world.Fleet.Tenants(null, 0, 20, CancellationToken.None);
        Assert.Equal((26, 20), (page.Total, page.Items.Count));
        Assert.Equal(("Newest", 1, 42), (page.Items[0].Name, page.Items[0].Connections, page.Items[0].Records));
        Assert.Equal(6, (await world.Fleet.Tenants(null, 20, 20, CancellationToken.None)).Items.Count);
        Assert.Equal("Shop 07%", Assert.Single((await world.Fleet.Tenants("P 07%", 0, 20, CancellationToken.None)).Items).Name);
        Assert.Equal(0, (await world.Fleet.Tenants("_", 0, 20, CancellationToken.None)).Total);
    }

    [Fact]
    public async Task The_plan_counts_hourly_schedules_in_each_hour_and_the_others_once()
    {
        var tenant = await world.Tenant();
        var shop = await world.Connection(tenant);
        await world.Schedule(tenant, shop, "order", "hourly", OverviewWorld.Noon.AddMinutes(5));
        await world.Schedule(tenant, shop, "product", "daily", OverviewWorld.Noon.AddHours(19).AddMinutes(5));
        await world.Schedule(tenant, shop, "invoice", "weekly", OverviewWorld.Noon.AddDays(3));
        var plan = await world.Fleet.Plan(CancellationToken.None);
        Assert.Equal((OverviewWorld.Noon, 25L), (plan.From, plan.Total));
        Assert.Equal((OverviewWorld.Noon.AddHours(19).AddMinutes(5), 2), plan.Peak);
        Assert.All(Enumerable.Range(0, FleetPlan.Hours), hour => Assert.Equal(hour == 19 ? 2 : 1, plan.InHour(hour)));
    }

    [Fact]
    public async Task What_is_paused_unverified_or_being_deleted_starts_nothing()
    {
        var tenant = await world.Tenant();
        foreach (var status in (string[])["paused", "unverified", "failing", "verified"])
        {
            await world.Schedule(tenant, await world.Connection(tenant, status, status), "order", "daily", OverviewWorld.Noon.AddHours(2), time: "15:00");
        }

        await world.Database.Scalar("UPDATE xtnd.connection SET deleting_since = now() WHERE name = 'verified'");
        Assert.Equal(1, (await world.Fleet.Plan(CancellationToken.None)).Total);
    }

    [Theory]
    // Stockholm, forward on 29 March 2026 at 02:00: 02:30 is at 03:00, and 08:05 comes twice within 24 hours.
    [InlineData("2026-03-28T07:00Z", "2026-03-28T07:05Z", "Europe/Stockholm", "08:05", 2)]
    [InlineData("2026-03-28T12:00Z", "2026-03-29T06:05Z", "Europe/Stockholm", "08:05", 1)]
    // Back on 25 October 2026: the next is 25 hours away.
    [InlineData("2026-10-24T06:00Z", "2026-10-24T06:05Z", "Europe/Stockholm", "08:05", 1)]
    public async Task The_plan_is_right_on_the_days_on_which_clocks_change(string now, string next, string zone, string time, int starts)
    {
        await using var then = await OverviewWorld.Create(DateTimeOffset.Parse(now));
        var tenant = await then.Tenant();
        await then.Schedule(tenant, await then.Connection(tenant, zone: zone), "product", "daily", DateTimeOffset.Parse(next), zone, time: time);
        Assert.Equal(starts, (await then.Fleet.Plan(CancellationToken.None)).Total);
    }

    [Fact]
    public async Task An_hourly_schedule_keeps_an_hour_between_its_starts_when_clocks_change_by_half_an_hour_too()
    {
        // Lord Howe goes back by half an hour on 5 April 2026 at 02:00: 15:00 UTC of the 4th. The minute of the wall clock is another of UTC from then on.
        await using var then = await OverviewWorld.Create(DateTimeOffset.Parse("2026-04-04T12:00Z"));
        var tenant = await then.Tenant();
        await then.Schedule(
            tenant, await then.Connection(tenant, zone: "Australia/Lord_Howe"), "order", "hourly", DateTimeOffset.Parse("2026-04-04T12:05Z"), "Australia/Lord_Howe", time: "08:05");
        var plan = await then.Fleet.Plan(CancellationToken.None);
        Assert.Equal((1, 0), (plan.Minutes[5], plan.Minutes[35]));
        Assert.Equal((0, 1), (plan.Minutes[(6 * 60) + 5], plan.Minutes[(6 * 60) + 35]));
    }
}
