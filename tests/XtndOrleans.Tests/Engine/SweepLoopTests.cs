using XtndOrleans.Connectors;
using XtndOrleans.Engine.Syncs;

namespace XtndOrleans.Tests.Engine;

/// <summary>What a full read does about records that the store no longer shows.</summary>
public sealed class SweepLoopTests : IAsyncLifetime
{
    LoopWorld world = null!;

    public async ValueTask InitializeAsync() => world = await LoopWorld.Start();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_sweep_asks_for_what_it_did_not_see_once_more_and_then_buries_it()
    {
        await world.Run();
        world.Store.Delete(2);
        world.Store.Delete(5);
        var run = await world.Run("full");

        Assert.Equal(("succeeded", 2, 2, 3), (run.State, run.Deleted, run.Missing, run.Unchanged));
        Assert.Equal(["2", "5"], world.Store.AskedById);
        Assert.Equal("2,5", await world.Row("SELECT string_agg(external_id, ',' ORDER BY seq) FROM xtnd.product WHERE deleted_at IS NOT NULL"));
        Assert.Equal("3 2 read 0", await world.Row("SELECT held, deleted, phase, (SELECT count(*) FROM xtnd.sweep_page) FROM xtnd.cursor"));
        Assert.Equal("complete 3 3", await world.Row("SELECT state, held, store_total FROM xtnd.completeness"));
    }

    [Fact]
    public async Task What_comes_when_it_is_asked_for_by_id_is_not_gone()
    {
        await world.Run();
        world.Store.Hidden.Add(3);
        world.Store.Save(3, "New", RunWorld.Now);
        var run = await world.Run("full");

        Assert.Equal(("succeeded", 0, 1, 1), (run.State, run.Deleted, run.Missing, run.Updated));
        Assert.Equal("New -", await world.Row("SELECT name, deleted_at FROM xtnd.product WHERE external_id = '3'"));
    }

    [Fact]
    public async Task A_delta_deletes_nothing_and_says_what_it_counts()
    {
        await world.Run();
        world.Store.Delete(2);
        world.Store.Save(3, "New", RunWorld.Now.AddMinutes(-5));
        var run = await world.Run();

        Assert.Equal(("incremental", "succeeded", 0), (run.Mode, run.State, run.Deleted));
        Assert.Equal("5", await world.Row("SELECT held FROM xtnd.cursor"));
        Assert.Equal("differs 5 4", await world.Row("SELECT state, held, store_total FROM xtnd.completeness"));
        Assert.Contains("1 fewer in the store than here: probably deleted there; the sweep at", await world.Row("SELECT note FROM xtnd.completeness"));
    }

    [Fact]
    public async Task A_resumed_sweep_has_seen_what_was_read_before_the_crash()
    {
        await world.Run();
        world.Store.Delete(5);
        var run = (await world.Runs.Runs.Begin(world.Runs.Products, new("schedule", "full"), RunWorld.Now))!.Value.Id;
        await StopAt(run, request => request.AfterId == "2" && !request.CountOnly, "SELECT count(*) FROM xtnd.sweep_page");
        var asked = world.Store.Asked.Count;
        await Resume(run);

        var view = await world.View(run);
        Assert.Equal(("succeeded", 1, 1, 1), (view.State, view.Resumes, view.Deleted, view.Missing));
        Assert.Equal(["2"], world.Store.Asked.Skip(asked));
        Assert.Equal(["5"], world.Store.AskedById);
    }

    [Fact]
    public async Task After_a_crash_while_it_reckons_no_page_is_read_again()
    {
        await world.Run();
        world.Store.Delete(5);
        var run = (await world.Runs.Runs.Begin(world.Runs.Products, new("schedule", "full"), RunWorld.Now))!.Value.Id;
        await StopAt(run, request => request.Ids.Count > 0, "SELECT count(*) FROM xtnd.cursor WHERE phase = 'reckon'");
        var asked = world.Store.Asked.Count;
        await Resume(run);

        var view = await world.View(run);
        Assert.Equal(("succeeded", 1, 1, 4), (view.State, view.Resumes, view.Deleted, view.Seen));
        Assert.Empty(world.Store.Asked.Skip(asked));
        Assert.Equal("5", await world.Row("SELECT external_id FROM xtnd.product WHERE deleted_at IS NOT NULL"));
    }

    [Fact]
    public async Task When_too_much_is_gone_nothing_is_deleted_until_a_person_says_that_it_is_right()
    {
        await Many(100);
        for (var id = 1; id <= 51; id++)
        {
            world.Store.Delete(id);
        }

        await world.Runs.Database.Scalar("UPDATE xtnd.cursor SET sweep_due_at = '2026-01-01'");
        var watermark = await world.Watermark();
        world.Store.Time = RunWorld.Now.AddDays(3);
        var run = await world.Run("full");

        Assert.Equal(("failed", Burial.Suspected, 0, 51), (run.State, run.Error!.Code, run.Deleted, run.Missing));
        Assert.Contains("51 of 100", run.Error.Message);
        Assert.Contains("confirmDeletions", run.Error.Cure);
        Assert.Empty(world.Store.AskedById);
        Assert.Equal("100 0 read 0", await world.Row("SELECT held, deleted, phase, (SELECT count(*) FROM xtnd.sweep_page) FROM xtnd.cursor"));
        Assert.Equal(watermark, await world.Watermark());
        Assert.Equal(run.Error.Message, world.Door.Told.Last());
        // It is not begun again in five seconds.
        Assert.Equal("True", await world.Row("SELECT sweep_due_at > now() FROM xtnd.cursor"));

        var confirmed = await world.Run("full", confirm: true);
        Assert.Equal(("succeeded", 51, true), (confirmed.State, confirmed.Deleted, confirmed.ConfirmDeletions));
        Assert.Equal("49 51", await world.Row("SELECT held, deleted FROM xtnd.cursor"));
    }

    [Theory]
    [InlineData(50, 60, false)]
    [InlineData(51, 60, true)]
    [InlineData(51, 255, false)]
    [InlineData(51, 254, true)]
    public void Too_much_is_more_than_fifty_and_more_than_a_fifth(long missing, long held, bool expected) =>
        Assert.Equal(expected, SyncRules.TooMuchGone(missing, held));

    [Fact]
    public async Task A_sweep_that_ends_sets_the_next_and_one_that_fails_is_tried_again_in_an_hour()
    {
        await world.Run();
        Assert.Equal("True True", await world.Row("SELECT sweep_due_at > now(), swept_at IS NOT NULL FROM xtnd.cursor"));

        await world.Runs.Database.Scalar("UPDATE xtnd.cursor SET sweep_due_at = now() - interval '1 minute'");
        world.Store.Before = (_, _) => throw new ConnectorException(FailureKind.Permission, FailureCodes.PermissionMissing, "Not allowed.", "Allow it.");
        Assert.Equal("failed", (await world.Run("full")).State);
        Assert.Equal("True", await world.Row("SELECT sweep_due_at BETWEEN now() + interval '59 minutes' AND now() + interval '60 minutes' FROM xtnd.cursor"));
    }

    [Fact]
    public async Task A_sweep_that_meets_a_mistake_of_ours_is_not_begun_again_at_once()
    {
        await world.Run();
        await world.Runs.Database.Scalar("UPDATE xtnd.cursor SET sweep_due_at = now() - interval '1 minute'");
        world.Store.Before = (_, _) => throw new FormatException("Odd.");
        Assert.Equal("internal_error", (await world.RunInQuickTime("full")).Error!.Code);
        Assert.Equal("True", await world.Row("SELECT sweep_due_at > now() + interval '59 minutes' FROM xtnd.cursor"));
    }

    [Fact]
    public async Task A_sweep_that_a_person_cancels_before_it_begins_waits_for_the_next_night()
    {
        await world.Run();
        await world.Runs.Database.Scalar("UPDATE xtnd.cursor SET sweep_due_at = now() - interval '1 minute'");
        var run = (await world.Runs.Runs.Begin(world.Runs.Products, new("schedule", "full"), RunWorld.Now))!.Value.Id;
        await world.Runs.Runs.AskCancel(world.Runs.Products, run);
        await Resume(run);

        Assert.Equal("cancelled", (await world.View(run)).State);
        Assert.Equal("True", await world.Row("SELECT sweep_due_at > now() FROM xtnd.cursor"));
    }

    [Fact]
    public async Task A_delta_that_fails_leaves_the_sweep_that_is_due_meanwhile()
    {
        await world.Run();
        await world.Runs.Database.Scalar("UPDATE xtnd.cursor SET sweep_due_at = now() - interval '1 minute'");
        world.Store.Before = (_, _) => throw new FormatException("Odd.");
        Assert.Equal(("incremental", "failed"), ((await world.Run()) is var run ? run.Mode : "", run.State));
        Assert.Equal("True", await world.Row("SELECT sweep_due_at < now() FROM xtnd.cursor"));
    }

    [Fact]
    public async Task A_record_that_cannot_be_had_by_id_either_stays()
    {
        await world.Run();
        world.Store.Hidden.Add(3);
        world.Store.Delete(5);
        world.Store.Before = (request, _) => request.Ids.Contains("3")
            ? throw new ConnectorException(FailureKind.Data, FailureCodes.StoreError, "The store failed.", "")
            : Task.CompletedTask;
        var run = await world.Run("full");

        Assert.Equal(("succeeded", 1, 1), (run.State, run.Deleted, run.Quarantined));
        Assert.Equal("5", await world.Row("SELECT external_id FROM xtnd.product WHERE deleted_at IS NOT NULL"));
        Assert.Equal("3", await world.Row("SELECT external_id FROM xtnd.quarantine WHERE resolved_at IS NULL"));
    }

    /// <summary>The silo drains at a request, after the statement finds something.</summary>
    async Task StopAt(Guid run, Func<PageRequest, bool> at, string committed)
    {
        using var first = world.Loop(run);
        world.Store.Before = async (request, cancelled) =>
        {
            if (at(request))
            {
                await Server.Until.True(async () => await world.Row(committed) != "0");
                await world.Stopping.CancelAsync();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancelled);
            }
        };
        await LoopWorld.Drive(first);
        Assert.Equal("running", (await world.View(run)).State);
        (world.Store.Before, world.Stopping) = (null, new());
    }

    async Task Resume(Guid run)
    {
        using var second = world.Loop(run);
        await LoopWorld.Drive(second);
    }

    async Task Many(int products)
    {
        world.Options.PageSize = 40;
        for (var id = 1; id <= products; id++)
        {
            world.Store.Save(id, "Old", RunWorld.Now.AddHours(-id));
        }

        Assert.Equal("succeeded", (await world.Run()).State);
    }
}
