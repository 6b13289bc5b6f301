namespace XtndOrleans.Tests.Overview;

/// <summary>The numbers of a tenant's front page.</summary>
public sealed class OverviewTests : IAsyncLifetime
{
    OverviewWorld world = null!;
    Guid tenant;

    public async ValueTask InitializeAsync()
    {
        world = await OverviewWorld.Create();
        tenant = await world.Tenant();
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Connections_are_counted_by_status_and_share_a_zone_or_none()
    {
        Assert.Equal((0, "UTC"), await Zone());
        await world.Connection(tenant);
        await world.Connection(tenant, status: "failing");
        Assert.Equal((2, "Europe/Stockholm"), await Zone());
        await world.Connection(tenant, status: "paused", zone: "Asia/Tokyo");
        await world.Connection(await world.Tenant("Stranger"), status: "unverified");
        Assert.Equal((3, "UTC"), await Zone());
        var summary = await world.Overview.Summary(tenant, CancellationToken.None);
        Assert.Equal((1, 1, 0, 1), (summary.Verified, summary.Failing, summary.Unverified, summary.Paused));
    }

    [Fact]
    public async Task Runs_under_way_are_counted_and_a_few_named()
    {
        for (var i = 0; i < 4; i++)
        {
            var shop = await world.Connection(tenant, $"Shop {i}");
            await world.Run(tenant, shop, "product", "running", world.Ago(1 + i));
            await world.Run(tenant, shop, "order", "queued", world.Ago(9));
        }

        var runs = await world.Overview.UnderWay(tenant, CancellationToken.None);
        Assert.Equal((4, 4, 5), (runs.Running, runs.Queued, runs.Longest.Count));
        Assert.Equal(("Shop 3", "product", "running"), (runs.Longest[0].Connection, runs.Longest[0].Entity, runs.Longest[0].State));
        Assert.Equal("queued", runs.Longest[4].State);
        runs = await world.Overview.UnderWay(await world.Tenant("Stranger"), CancellationToken.None);
        Assert.Equal((0, 0, 0), (runs.Running, runs.Queued, runs.Longest.Count));
    }

    [Fact]
    public async Task Each_entity_is_fresh_late_never_read_or_off_and_the_stalest_is_named()
    {
        var (one, two) = (await world.Connection(tenant, "One"), await world.Connection(tenant, "Two"));
        await world.Schedule(tenant, one, "product", "daily");
        await world.Cursor(tenant, one, "product", world.Ago(5), 100);
        await world.Schedule(tenant, two, "product", "daily");
        await world.Cursor(tenant, two, "product", world.Ago(50), 11);
        await world.Schedule(tenant, one, "order");
        await world.Cursor(tenant, two, "order", world.Ago(900), 7);
        var (stranger, theirs) = (await world.Tenant("Stranger"), Guid.Empty);
        theirs = await world.Connection(stranger, "Theirs");
        await world.Cursor(stranger, theirs, "order", world.Ago(1), 1);

        var freshness = (await world.Overview.Health(tenant, CancellationToken.None)).Freshness;
        Assert.Equal(
            [("product", 1, 1, 0, 0, 111), ("order", 0, 0, 1, 1, 7)],
            freshness.Entities.Select(entity => (entity.Entity, entity.Fresh, entity.Late, entity.Never, entity.Off, entity.Held)));
        Assert.Equal(("Two", world.Ago(50)), (freshness.Entities[0].Stalest!.Connection, freshness.Entities[0].Stalest!.FreshAt));
        Assert.Null(freshness.Entities[1].Stalest);
        Assert.True(freshness.IsAll);
        Assert.Equal(
            [("One", "product", "fresh"), ("One", "order", "never"), ("Two", "product", "late"), ("Two", "order", "off")],
            freshness.Lines.Select(line => (line.Connection, line.Entity, line.State)));
    }

    [Fact]
    public async Task Of_many_connections_the_worst_are_named()
    {
        for (var i = 0; i < 30; i++)
        {
            var shop = await world.Connection(tenant, $"Shop {i:00}");
            await world.Schedule(tenant, shop, "order");
            await world.Cursor(tenant, shop, "order", i < 25 ? world.Ago(1) : world.Ago(100 + i));
        }

        var freshness = (await world.Overview.Health(tenant, CancellationToken.None)).Freshness;
        Assert.False(freshness.IsAll);
        Assert.Equal(20, freshness.Lines.Count);
        Assert.Equal(["Shop 29", "Shop 28", "Shop 27", "Shop 26", "Shop 25"], freshness.Lines.Take(5).Select(line => line.Connection));
    }

    [Theory]
    [InlineData("Europe/Stockholm", "2026-11-22", "2026-11-23")]
    [InlineData("UTC", "2026-11-22", "2026-11-22")]
    public async Task A_change_counts_on_the_day_of_the_zone(string zone, string before, string after)
    {
        var shop = await world.Connection(tenant);
        await world.Run(tenant, shop, "order", "succeeded", new(2026, 11, 22, 22, 59, 59, TimeSpan.Zero), (1, 2, 3));
        await world.Run(tenant, shop, "order", "failed", new(2026, 11, 22, 23, 0, 0, TimeSpan.Zero), (10, 20, 30));
        await world.Run(tenant, shop, "order", "succeeded", world.Ago(24 * 40), (1000, 0, 0));
        var days = (await world.Overview.Changes(tenant, zone, CancellationToken.None)).Days;
        Assert.Equal(30, days.Count);
        Assert.Equal((new DateOnly(2026, 10, 25), new DateOnly(2026, 11, 23)), (days[0].Date, days[^1].Date));
        Assert.Equal(before == after ? 66 : 6, days.Single(day => day.Date == DateOnly.Parse(before)).Total);
        Assert.Equal(before == after ? 0 : 60, days[^1].Total);
        Assert.Equal(66, days.Sum(day => day.Total));
    }

    [Fact]
    public async Task The_last_day_is_24_hours_and_what_runs_now_is_of_today()
    {
        var (shop, stranger) = (await world.Connection(tenant), await world.Tenant("Stranger"));
        await world.Run(tenant, shop, "order", "succeeded", world.Ago(25), (1, 0, 0));
        await world.Run(tenant, shop, "order", "succeeded", world.Ago(23), (0, 10, 0));
        await world.Run(tenant, shop, "order", "running", world.Ago(0.1), (0, 0, 100));
        await world.Run(stranger, await world.Connection(stranger), "order", "succeeded", world.Ago(1), (7000, 0, 0));
        var changes = await world.Overview.Changes(tenant, "UTC", CancellationToken.None);
        Assert.Equal((110, 100, 111), (changes.LastDay, changes.Days[^1].Total, changes.Days.Sum(day => day.Total)));
        Assert.False(changes.IsAtLeast);
    }

    [Fact]
    public async Task The_day_on_which_clocks_go_back_has_25_hours()
    {
        var shop = await world.Connection(tenant);
        // Stockholm's 25 October: from 22:00 UTC of the 24th to 23:00 UTC of the 25th.
        await world.Run(tenant, shop, "order", "succeeded", new(2026, 10, 24, 22, 0, 0, TimeSpan.Zero), (1, 0, 0));
        await world.Run(tenant, shop, "order", "succeeded", new(2026, 10, 25, 22, 59, 0, TimeSpan.Zero), (1, 0, 0));
        await world.Run(tenant, shop, "order", "succeeded", new(2026, 10, 25, 23, 0, 0, TimeSpan.Zero), (5, 0, 0));
        var days = (await world.Overview.Changes(tenant, "Europe/Stockholm", CancellationToken.None)).Days;
        Assert.Equal((2, 5), (days[0].Total, days[1].Total));
    }

    async Task<(long, string)> Zone() => await world.Overview.Summary(tenant, CancellationToken.None) is var summary ? (summary.Connections, summary.Zone) : default;
}
