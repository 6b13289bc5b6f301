using XtndOrleans.Engine.Records;
using static XtndOrleans.Tests.Records.RecordWorld;

namespace XtndOrleans.Tests.Records;

public sealed class QuarantineTests : IAsyncLifetime
{
    RecordWorld world = null!;
    QuarantineStore store = null!;

    public async ValueTask InitializeAsync()
    {
        world = await Start();
        store = new(world.Database.DataSource);
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_record_is_set_aside_tried_again_resolved_and_set_aside_anew()
    {
        await Park("7", Now);
        await Park("8", Now.AddMinutes(1));
        await Park("7", Now.AddMinutes(2));
        Assert.Equal(["8 1 open", "7 2 open"], await Open());
        Assert.Equal("2", await world.Column("SELECT quarantined FROM xtnd.run"));

        Assert.Equal(1, await store.Resolve(world.Products, world.Run, 1, ["7", "9"], Now.AddMinutes(3), TestContext.Current.CancellationToken));
        Assert.Equal(["8 1 open"], await Open());

        await Park("7", Now.AddMinutes(4));
        Assert.Equal(["8 1 open", "7 3 open"], await Open());
        Assert.Equal("2026-11-23 08:00:00+00", await world.Column("SELECT first_seen_at::text FROM xtnd.quarantine WHERE external_id = '7'"));
    }

    [Fact]
    public async Task What_the_store_said_is_kept_as_far_as_the_database_can_hold_it()
    {
        await store.Park(world.Products, world.Run, 1, "1", "malformed", "half \ud83d\0", new('x', 100_000), Now, TestContext.Current.CancellationToken);
        Assert.Equal("half \uFFFD\uFFFD 4000", await world.Column("SELECT reason || ' ' || length(reply) FROM xtnd.quarantine"));
    }

    [Fact]
    public async Task Another_tenants_is_not_seen()
    {
        await Park("7", Now);
        var (others, run) = await world.Begin(Guid.NewGuid());
        Assert.Empty(await store.Open(others, 10, TestContext.Current.CancellationToken));
        Assert.Equal(0, await store.Resolve(others, run, 1, ["7"], Now, TestContext.Current.CancellationToken));
    }

    /// <summary>A silo that hung with a failure in hand, and wakes when another has read the record since.</summary>
    [Fact]
    public async Task A_loop_that_was_taken_over_sets_nothing_aside_and_resolves_nothing()
    {
        await Park("7", Now);
        await Park("8", Now);
        await world.Database.Scalar("UPDATE xtnd.cursor SET epoch = 2");
        await store.Resolve(world.Products, world.Run, 2, ["7"], Now, TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<FencedException>(() => Park("7", Now.AddMinutes(1)));
        await Assert.ThrowsAsync<FencedException>(() => store.Resolve(world.Products, world.Run, 1, ["8"], Now, TestContext.Current.CancellationToken));
        Assert.Equal(["8 1 open"], await Open());
        Assert.Equal("2", await world.Column("SELECT quarantined FROM xtnd.run"));
    }

    [Fact]
    public async Task The_last_comparison_takes_the_place_of_the_one_before()
    {
        var ledger = new CompletenessStore(world.Database.DataSource);
        await ledger.Save(world.Products, world.Run, 1, new("product", 5, 7, 2, Now, new("100"), "repairing", null) { Quarantined = 1 }, TestContext.Current.CancellationToken);
        await ledger.Save(world.Products, world.Run, 1, new("product", 7, 7, 0, Now.AddHours(1), new(null), "complete", "All are held."), TestContext.Current.CancellationToken);
        Assert.Equal("7 7 0 2026-11-23 09:00:00+00 complete All are held.", await world.Column(
            "SELECT concat_ws(' ', held, store_total, quarantined, checked_at, up_to_id, state, note) FROM xtnd.completeness"));
    }

    /// <summary>A silo that hung between its comparison and its save, and wakes when another has compared since.</summary>
    [Fact]
    public async Task A_comparison_of_a_loop_that_was_taken_over_does_not_count()
    {
        var ledger = new CompletenessStore(world.Database.DataSource);
        await world.Database.Scalar("UPDATE xtnd.cursor SET epoch = 2");
        await ledger.Save(world.Products, world.Run, 2, new("product", 6, 7, 1, Now, new("100"), "differs", null), TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<FencedException>(
            () => ledger.Save(world.Products, world.Run, 1, new("product", 5, 5, 0, Now.AddHours(1), new(null), "complete", null), TestContext.Current.CancellationToken));
        Assert.Equal("differs", await world.Column("SELECT state FROM xtnd.completeness"));
    }

    Task Park(string id, DateTimeOffset now) => store.Park(world.Products, world.Run, 1, id, "malformed", "It cannot be read.", null, now, TestContext.Current.CancellationToken);

    async Task<IEnumerable<string>> Open() =>
        (await store.Open(world.Products, 10, TestContext.Current.CancellationToken)).Select(parked => $"{parked.ExternalId} {parked.Attempts} {parked.State}");
}
