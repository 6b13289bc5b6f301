using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Syncs;
using XtndOrleans.Server.Syncs;

namespace XtndOrleans.Tests.Server;

/// <summary>What a page is told of runs.</summary>
public sealed class RunFeedFacts
{
    [Fact]
    public async Task An_end_before_the_page_could_listen_is_told()
    {
        await using var page = await WatchedPage.Open(async sync => await sync.End("succeeded", tell: false));
        await page.Sees("succeeded");
    }

    [Fact]
    public async Task An_end_of_yesterday_is_no_news()
    {
        await using var page = await WatchedPage.Open(async sync => await sync.End("succeeded", tell: false), "UPDATE xtnd.run SET finished_at = finished_at - interval '1 day'");
        await page.Subscribed(1);
        await page.Begin();
        page.Sync.Move(1);
        await page.Sees("running", 1);
        Assert.DoesNotContain(page.Told, run => run.State == "succeeded");
    }

    [Fact]
    public async Task A_page_that_is_slower_than_its_runs_is_told_the_newest_states_and_the_end()
    {
        var slow = new TaskCompletionSource();
        await using var page = await WatchedPage.Open(moved: _ => slow.Task);
        await page.Subscribed(1);
        await page.Sees("running");
        for (var seen = 1; seen <= 500; seen++)
        {
            page.Sync.Move(seen);
        }

        await page.Sync.End("succeeded", tell: true);
        slow.SetResult();
        await page.Sees("succeeded");
        Assert.InRange(page.Told.Count, 2, 6);
        Assert.Equal(500, page.Told.Last().Seen);
    }

    [Fact]
    public async Task A_watch_that_breaks_for_whatever_reason_begins_again_and_tells_what_it_missed()
    {
        await using var page = await WatchedPage.Open();
        await page.Subscribed(1);
        page.Sync.Break(new InvalidOperationException("A mistake nobody thought of."));
        await page.Subscribed(2);
        page.Sync.Move(7);
        await page.Sees("running", 7);

        await page.Sync.End("failed", tell: false);
        page.Sync.Break();
        await page.Sees("failed");
    }

    /// <summary>The run ends after the database was asked and before the grain was: it never speaks of it again.</summary>
    [Fact]
    public async Task A_silence_about_a_run_under_way_is_not_believed()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var page = await WatchedPage.Open(clock: clock);
        await page.Subscribed(1);
        await page.Sync.End("succeeded", tell: false);
        await Until.True(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(page.Told.Any(run => run.State == "succeeded"));
        });
    }

    [Fact]
    public async Task A_page_that_fails_to_draw_is_told_what_comes_next()
    {
        await using var page = await WatchedPage.Open(moved: run => run.Seen == 0 ? throw new InvalidOperationException("Not drawn.") : Task.CompletedTask);
        await page.Subscribed(1);
        page.Sync.Move(3);
        await page.Sees("running", 3);
    }

    [Fact]
    public async Task A_page_that_is_gone_is_told_nothing_and_may_go_twice()
    {
        var page = await WatchedPage.Open();
        await page.Subscribed(1);
        await page.Sees("running");
        await page.DisposeAsync();
        var told = page.Told.Count;
        page.Sync.Move(9);
        await page.Feed.DisposeAsync();
        page.Follow();
        Assert.Null(page.Feed["product"]);
        Assert.Equal(told, page.Told.Count);
    }

    [Fact]
    public async Task A_page_that_turns_to_another_connection_hears_no_more_of_the_first()
    {
        await using var page = await WatchedPage.Open();
        await page.Subscribed(1);
        await page.Sees("running");
        // A grain that is a fake speaks to one watcher at a time.
        var other = await WatchedPage.Open();
        await other.Subscribed(1);
        await other.DisposeAsync();
        page.Follow(other.Entity);
        await other.Subscribed(2);
        var told = page.Told.Count(run => run.ConnectionId == page.Entity.Connection.ToString());
        page.Sync.Move(50);
        other.Sync.Move(60);
        await page.Sees("running", 60);
        Assert.Equal(told, page.Told.Count(run => run.ConnectionId == page.Entity.Connection.ToString()));
    }

    sealed class WatchedPage(EntityId entity, FakeSync sync, RunFeed feed, Func<RunView, Task> moved) : IAsyncDisposable
    {
        public EntityId Entity => entity;

        public FakeSync Sync => sync;

        public RunFeed Feed => feed;

        public ConcurrentQueue<RunView> Told { get; } = new();

        /// <summary>A page that is opened while a run is under way.</summary>
        public static async Task<WatchedPage> Open(Func<FakeSync, Task>? before = null, string? sql = null, Func<RunView, Task>? moved = null, TimeProvider? clock = null)
        {
            var tenant = await (await ApiWorld.Shared).Tenant();
            var entity = new EntityId(new(Guid.Parse(tenant.Id), Guid.Parse(await tenant.Connection())), "product");
            var sync = tenant.World.Grains.Sync(entity);
            await sync.Start(new("manual"));
            await (before?.Invoke(sync) ?? Task.CompletedTask);
            if (sql is not null)
            {
                await tenant.World.Database.Scalar($"{sql} WHERE tenant_id = $1", entity.Connection.Tenant);
            }

            var services = tenant.World.App.Services;
            var time = clock ?? TimeProvider.System;
            var watcher = new RunWatcher(services.GetRequiredService<IGrainFactory>(), services.GetRequiredService<RunQueries>(), time, NullLogger<RunWatcher>.Instance);
            var page = new WatchedPage(entity, sync, new(watcher, time, NullLogger<RunFeed>.Instance), moved ?? (_ => Task.CompletedTask));
            page.Follow();
            return page;
        }

        public void Follow(EntityId? other = null) => feed.Start((other ?? entity).Connection, ["product"], async run =>
        {
            Told.Enqueue(run);
            await moved(run);
        });

        public Task<RunStarted> Begin() => sync.Start(new("manual"));

        public Task Subscribed(int times) => Until.True(() => Task.FromResult(sync.Watchers >= times));

        public Task Sees(string state, long seen = 0) => Until.True(() => Task.FromResult(feed["product"] is { } run && run.State == state && run.Seen >= seen));

        public ValueTask DisposeAsync() => feed.DisposeAsync();
    }
}
