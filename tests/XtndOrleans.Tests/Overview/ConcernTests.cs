using XtndOrleans.Engine.Overview;

namespace XtndOrleans.Tests.Overview;

/// <summary>Everything that a person is needed for is named, with why and what to do, and goes when it is mended.</summary>
public sealed class ConcernTests : IAsyncLifetime
{
    OverviewWorld world = null!;
    Guid tenant;
    Guid shop;

    public async ValueTask InitializeAsync()
    {
        world = await OverviewWorld.Create();
        tenant = await world.Tenant();
        shop = await world.Connection(tenant);
        await world.Schedule(tenant, shop, "product", "daily");
        await world.Schedule(tenant, shop, "order");
        await world.Cursor(tenant, shop, "product", world.Ago(10));
        await world.Cursor(tenant, shop, "order", world.Ago(0.5));
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Nothing_is_named_while_all_is_well() => Assert.Equal(0, (await Named()).Total);

    [Fact]
    public async Task A_connection_that_fails_was_never_verified_or_is_paused_is_named_with_its_reason()
    {
        var failing = await world.Connection(tenant, "Failing", "failing", reason: "The store refused the user name or the password.");
        await world.Connection(tenant, "New", "unverified");
        await world.Connection(tenant, "Paused", "paused", reason: "The store moves.");
        await world.Schedule(tenant, failing, "order", next: world.Ago(9));
        await world.Cursor(tenant, failing, "order", world.Ago(90));
        await world.Run(tenant, failing, "order", "failed", world.Ago(1));
        var named = await Named();
        Assert.Equal(
            [(ConcernKind.Failing, "Failing"), (ConcernKind.Unverified, "New"), (ConcernKind.Paused, "Paused")],
            named.Items.Select(concern => (concern.Kind, concern.Connection)));
        Assert.Equal(("The store refused the user name or the password.", "The store moves."), (named.Items[0].Reason, named.Items[2].Reason));

        await world.Database.Scalar("UPDATE xtnd.connection SET status = 'verified', status_reason = NULL WHERE name <> 'Failing'");
        await world.Database.Scalar("DELETE FROM xtnd.connection WHERE name = 'Failing'");
        Assert.All((await Named()).Items, concern => Assert.Equal(ConcernKind.NothingScheduled, concern.Kind));
    }

    [Fact]
    public async Task A_run_that_failed_is_named_with_its_cure_until_one_succeeds()
    {
        await world.Run(tenant, shop, "order", "failed", world.Ago(0.3));
        var newest = await world.Run(tenant, shop, "order", "failed", world.Ago(0.2));
        var concern = Assert.Single((await Named()).Items);
        Assert.Equal((ConcernKind.RunFailed, "order", newest.ToString("N")), (concern.Kind, concern.Entity, concern.RunId));
        Assert.Equal(("store_error", "It did not work.", "Mend it."), (concern.Code, concern.Reason, concern.Cure));

        await world.Run(tenant, shop, "order", "cancelled", world.Ago(0.1));
        Assert.Equal(1, (await Named()).Total);
        await world.Cursor(tenant, shop, "order", world.Ago(0.05));
        Assert.Equal(0, (await Named()).Total);
    }

    [Fact]
    public async Task Many_deletions_wait_for_a_person_even_where_the_connection_fails()
    {
        await world.Run(tenant, shop, "product", "failed", world.Ago(1), code: "mass_deletion_suspected");
        Assert.Equal(ConcernKind.DeletionsSuspected, Assert.Single((await Named()).Items).Kind);
        await world.Database.Scalar("UPDATE xtnd.connection SET status = 'failing'");
        Assert.Equal([ConcernKind.Failing, ConcernKind.DeletionsSuspected], (await Named()).Items.Select(concern => concern.Kind));
    }

    [Fact]
    public async Task Slots_that_nobody_decided_are_counted_and_an_entity_that_is_late_is_named()
    {
        await world.Schedule(tenant, shop, "order", next: world.Ago(0.2));
        var overdue = Assert.Single((await Named()).Items);
        Assert.Equal((ConcernKind.Overdue, "order", 1L, world.Ago(0.2)), (overdue.Kind, overdue.Entity, overdue.Count, overdue.At));
        await world.Schedule(tenant, shop, "product", "daily", next: world.Ago(0.1));
        Assert.Equal((null, 2L), Assert.Single((await Named()).Items) is var both ? (both.Entity, both.Count) : default);

        await world.Schedule(tenant, shop, "order");
        await world.Schedule(tenant, shop, "product", "daily");
        await world.Cursor(tenant, shop, "order", world.Ago(3.1));
        await world.Cursor(tenant, shop, "product", world.Ago(48.9));
        var late = Assert.Single((await Named()).Items);
        Assert.Equal((ConcernKind.Stale, "order", world.Ago(3.1)), (late.Kind, late.Entity, late.At));
        await world.Cursor(tenant, shop, "order", world.Ago(2.9));
        Assert.Equal(0, (await Named()).Total);
        await world.Cursor(tenant, shop, "product", world.Ago(49.1));
        Assert.Equal((ConcernKind.Stale, "product"), Assert.Single((await Named()).Items) is var daily ? (daily.Kind, daily.Entity) : default);
    }

    [Fact]
    public async Task A_count_that_differs_and_records_set_aside_are_named_until_they_are_resolved()
    {
        await world.Database.Scalar(
            "INSERT INTO xtnd.completeness VALUES ($1, $2, 'order', 90, 100, 0, $3, NULL, 'differs', 'Ten orders cannot be read.')", tenant, shop, world.Ago(1));
        await world.Database.Scalar(
            """
            INSERT INTO xtnd.quarantine (tenant_id, connection_id, entity, external_id, code, reason, first_seen_at, tried_at, attempts)
            SELECT $1, $2, 'order', i::text, 'store_error', 'r', $3, $3, 1 FROM generate_series(1, 3) i
            """,
            tenant, shop, world.Ago(1));
        var named = (await Named()).Items;
        Assert.Equal(
            [(ConcernKind.Differs, "order", 10L), (ConcernKind.Quarantined, "order", 3L)], named.Select(concern => (concern.Kind, concern.Entity, concern.Count)));
        Assert.Equal("Ten orders cannot be read.", named[0].Reason);

        await world.Database.Scalar("UPDATE xtnd.completeness SET state = 'complete'");
        await world.Database.Scalar("UPDATE xtnd.quarantine SET resolved_at = now()");
        Assert.Equal(0, (await Named()).Total);
    }

    [Fact]
    public async Task A_connection_of_which_nothing_is_scheduled_is_named_until_something_is()
    {
        await world.Schedule(tenant, shop, "product", active: false);
        Assert.Equal(0, (await Named()).Total);
        await world.Schedule(tenant, shop, "order", active: false);
        Assert.Equal(ConcernKind.NothingScheduled, Assert.Single((await Named()).Items).Kind);
        await world.Schedule(tenant, shop, "order");
        Assert.Equal(0, (await Named()).Total);
    }

    [Fact]
    public async Task The_gravest_come_first_and_what_there_is_no_room_for_is_counted()
    {
        for (var i = 0; i < 30; i++)
        {
            await world.Connection(tenant, $"New {i}", "unverified");
            await world.Connection(tenant, $"Failing {i}", "failing");
        }

        var named = await Named();
        Assert.Equal((OverviewQueries.ConcernsNamed, 60), (named.Items.Count, named.Total));
        Assert.All(named.Items.Take(30), concern => Assert.Equal(ConcernKind.Failing, concern.Kind));
    }

    [Fact]
    public async Task Nobody_hears_of_another_tenants_trouble_and_what_is_being_deleted_troubles_nobody()
    {
        await world.Connection(tenant, "Failing", "failing");
        Assert.Equal(0, (await world.Overview.Health(await world.Tenant("Stranger"), CancellationToken.None)).Concerns.Total);
        await world.Database.Scalar("UPDATE xtnd.connection SET deleting_since = now() WHERE name = 'Failing'");
        Assert.Equal(0, (await Named()).Total);
    }

    async Task<Concerns> Named() => (await world.Overview.Health(tenant, CancellationToken.None)).Concerns;
}
