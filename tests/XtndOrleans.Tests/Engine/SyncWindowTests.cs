using Microsoft.Extensions.Time.Testing;
using Npgsql;
using XtndOrleans.Connectors;
using XtndOrleans.Engine.Syncs;
using XtndOrleans.Tests.Server;

namespace XtndOrleans.Tests.Engine;

/// <summary>Which pages a run reads, and where its window closes.</summary>
public sealed class SyncWindowTests : IAsyncLifetime
{
    static readonly DateTimeOffset Now = RunWorld.Now;

    LoopWorld world = null!;

    public async ValueTask InitializeAsync() => world = await LoopWorld.Start();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_full_read_asks_where_the_store_stands_before_its_first_page_and_closes_there()
    {
        var run = await world.Run();

        Assert.Equal(("succeeded", 5, 5), (run.State, run.Seen, run.Total));
        Assert.Equal(["newest", "-", "2", "4"], world.Store.Asked);
        Assert.Equal(SyncRules.NextWatermark(Now, Now.AddHours(-1), null, world.Options), await world.Watermark());
        Assert.Equal("- - - -", await world.Row("SELECT run_id, after_id, changed_since, next_watermark FROM xtnd.cursor"));
        Assert.Null(Assert.Single(world.Door.Told));
    }

    /// <summary>Unless that took long: the database would need as long for each of them, and a statement has half a minute.</summary>
    [Theory]
    [InlineData(0, "2 1")]
    [InlineData(6, "3 2")]
    public async Task Pages_that_came_while_one_was_written_are_written_together(int seconds, string transactions)
    {
        var clock = new FakeTimeProvider(Now);
        await using var larger = await LoopWorld.Start(products: 19);
        larger.Clock = clock;
        var held = new TaskCompletionSource<NpgsqlTransaction>();
        larger.Store.Before = async (request, _) =>
        {
            if (request is { NewestOnly: false, AfterId: null, CountOnly: false })
            {
                held.SetResult(await larger.Runs.HeldOpen("SELECT FROM xtnd.cursor WHERE tenant_id = $1 AND connection_id = $2 AND entity = $3 FOR UPDATE", Entities.Product));
            }
        };
        var running = larger.Run();
        await using (var writing = await held.Task.WaitAsync(LoopWorld.Limit))
        {
            // The first page waits to be written; as many as one commit takes are read meanwhile, and no more.
            await larger.Runs.SomebodyWaits();
            await Until.True(() => Task.FromResult(larger.Store.Asked.Count >= 6 && larger.Door.Returned.Count >= 6));
            Assert.Equal(["newest", "-", "2", "4", "6", "8"], larger.Store.Asked);
            clock.Advance(TimeSpan.FromSeconds(seconds));
        }

        Assert.Equal(("succeeded", 19, 19, 10, 19), await Told());
        Assert.Equal(transactions, await larger.Row(
            "SELECT count(DISTINCT xmin::text) FILTER (WHERE seq <= 10), count(DISTINCT xmin::text) FILTER (WHERE seq BETWEEN 3 AND 10) FROM xtnd.product"));

        async Task<(string, long, long, int, long?)> Told()
        {
            var run = await running;
            return (run.State, run.Seen, run.Inserted, (int)run.Pages, run.Total);
        }
    }

    [Fact]
    public async Task A_delta_of_one_page_closes_with_what_that_page_shows()
    {
        await world.Run();
        world.Store.Save(3, "New", Now.AddMinutes(-5));
        var run = await world.Run();

        Assert.Equal(("incremental", "succeeded", 1), (run.Mode, run.State, run.Updated));
        Assert.Equal(["newest", "-", "2", "4", "-"], world.Store.Asked);
        Assert.Equal(Now.AddMinutes(-5), await world.Watermark());
    }

    [Fact]
    public async Task A_clock_that_was_years_ahead_for_one_answer_hides_no_later_change()
    {
        await world.Run();
        world.Store.Time = TimeProvider.System.GetUtcNow().AddYears(3);
        await world.Run();
        world.Store.Time = Now;
        world.Store.Save(3, "New", Now.AddMinutes(-5));
        var run = await world.Run();

        Assert.Equal(("full", "succeeded", 1), (run.Mode, run.State, run.Updated));
        Assert.True(await world.Watermark() <= Now);
        Assert.Equal("incremental", (await world.Run()).Mode);
    }

    [Fact]
    public async Task A_delta_of_several_pages_opens_its_window_and_then_reads_its_first_page_again()
    {
        await world.Run();
        ChangeAll();
        var run = await world.Run();

        Assert.Equal(("incremental", "succeeded", 5), (run.Mode, run.State, run.Updated));
        Assert.Equal(["-", "newest", "-", "2", "4"], world.Store.Asked.Skip(4));
        Assert.Equal(5, run.Seen);
    }

    [Fact]
    public async Task A_record_that_changes_before_the_window_of_a_delta_opens_is_in_that_delta()
    {
        await world.Run();
        ChangeAll();
        Before("newest", () => world.Store.Save(1, "Newer", Now));
        await world.Run();

        Assert.Equal("Newer", await world.Row("SELECT name FROM xtnd.product WHERE external_id = '1'"));
        Assert.Equal(Now, await world.Watermark());
    }

    [Fact]
    public async Task A_record_that_changes_behind_the_reader_is_in_the_next_delta()
    {
        world.Options.Overlap = TimeSpan.Zero;
        await world.Run();
        ChangeAll();
        var changedAt = Now.AddMinutes(3);
        Before("4", () =>
        {
            world.Store.Time = Now.AddMinutes(4);
            world.Store.Save(1, "Newer", changedAt);
        });
        await world.Run();
        Assert.Equal("New", await world.Row("SELECT name FROM xtnd.product WHERE external_id = '1'"));
        Assert.True(await world.Watermark() <= changedAt);

        await world.Run();
        Assert.Equal("Newer", await world.Row("SELECT name FROM xtnd.product WHERE external_id = '1'"));
    }

    [Fact]
    public async Task A_run_that_another_silo_resumes_goes_on_after_the_last_page()
    {
        var run = await world.Runs.Begin();
        using (var first = world.Loop(run))
        {
            world.Store.Before = async (request, cancelled) =>
            {
                if (request.AfterId == "2")
                {
                    // The first page is written before the silo drains.
                    await Server.Until.True(async () => await world.Row("SELECT count(*) FROM xtnd.product") == "2");
                    await world.Stopping.CancelAsync();
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancelled);
                }
            };
            await LoopWorld.Drive(first);
        }

        Assert.Equal(("running", 2), ((await world.View(run)).State, (await world.View(run)).Seen));
        (world.Store.Before, world.Stopping) = (null, new());
        using var second = world.Loop(run);
        await LoopWorld.Drive(second);

        var view = await world.View(run);
        Assert.Equal(("succeeded", 1, 5), (view.State, view.Resumes, view.Seen));
        Assert.Equal(1, world.Door.TakenOver);
        Assert.Equal(["newest", "-", "2", "2", "4"], world.Store.Asked);
        Assert.Equal("1,2,3,4,5", await world.Row("SELECT string_agg(seq::text, ',' ORDER BY seq) FROM xtnd.product"));
    }

    void ChangeAll()
    {
        for (var id = 1; id <= 5; id++)
        {
            world.Store.Save(id, "New", Now.AddMinutes(-10 - id));
        }
    }

    /// <summary>Does something once, just before the store answers such a request.</summary>
    void Before(string asked, Action change)
    {
        var done = false;
        world.Store.Before = (request, _) =>
        {
            if (!done && (request.NewestOnly ? "newest" : request.AfterId ?? "-") == asked)
            {
                done = true;
                change();
            }

            return Task.CompletedTask;
        };
    }
}
