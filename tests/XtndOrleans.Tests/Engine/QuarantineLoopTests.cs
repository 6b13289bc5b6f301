using XtndOrleans.Connectors;

namespace XtndOrleans.Tests.Engine;

/// <summary>What a run does about records that the store cannot deliver.</summary>
public sealed class QuarantineLoopTests : IAsyncLifetime
{
    const string Open = "SELECT string_agg(external_id, ',' ORDER BY external_id) FROM xtnd.quarantine WHERE resolved_at IS NULL";

    LoopWorld world = null!;

    public async ValueTask InitializeAsync() => world = await LoopWorld.Start(products: 9);

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Theory]
    [InlineData(4)]
    [InlineData(1)]
    [InlineData(9)]
    public async Task A_poisoned_record_is_set_aside_and_the_rest_is_read(int poisoned)
    {
        world.Options.PageSize = 5;
        world.Store.Poison[poisoned] = true;
        var run = await world.Run();

        Assert.Equal(("succeeded", 8, 1), (run.State, run.Inserted, run.Quarantined));
        Assert.Equal("8", await world.Row("SELECT count(*) FROM xtnd.product"));
        Assert.Equal($"{poisoned} store_error SQLSTATE 1", await world.Row("SELECT external_id, code, reply, attempts FROM xtnd.quarantine WHERE resolved_at IS NULL"));
        Assert.NotNull(await world.Watermark());
        Assert.Null(Assert.Single(world.Door.Told));
    }

    [Fact]
    public async Task What_is_set_aside_is_tried_once_by_each_run_left_out_of_its_pages_and_resolves_by_itself()
    {
        world.Store.Poison[4] = true;
        await world.Run();
        Assert.Equal("differs 8 9 1", await world.Row("SELECT state, held, store_total, quarantined FROM xtnd.completeness"));
        var requests = world.Store.Requests.Count;
        world.Store.Save(4, "New", RunWorld.Now.AddMinutes(-5));

        var still = await world.Run();
        Assert.Equal(("succeeded", 2), (still.State, world.Store.Requests.Count - requests));
        Assert.Equal(["4"], world.Store.AskedById);
        Assert.Equal("4 2", await world.Row("SELECT external_id, attempts FROM xtnd.quarantine WHERE resolved_at IS NULL"));

        world.Store.Poison.Clear();
        var healed = await world.Run();
        Assert.Equal(("succeeded", 1), (healed.State, healed.Inserted));
        Assert.Equal("New", await world.Row("SELECT name FROM xtnd.product WHERE external_id = '4'"));
        Assert.Equal("-", await world.Row(Open));
        Assert.Equal("complete 9 9", await world.Row("SELECT state, held, store_total FROM xtnd.completeness"));
    }

    [Fact]
    public async Task One_that_is_gone_meanwhile_is_resolved()
    {
        world.Store.Poison[4] = true;
        await world.Run();
        world.Store.Poison.Clear();
        world.Store.Delete(4);

        Assert.Equal("succeeded", (await world.Run()).State);
        Assert.Equal("-", await world.Row(Open));
    }

    [Fact]
    public async Task A_record_that_is_held_and_cannot_be_read_any_more_is_not_deleted_by_a_sweep()
    {
        await world.Run();
        world.Store.Poison[3] = true;
        var run = await world.Run("full");

        Assert.Equal(("succeeded", 0, 1), (run.State, run.Deleted, run.Quarantined));
        Assert.Equal("9 0", await world.Row("SELECT held, deleted FROM xtnd.cursor"));
        Assert.Equal("complete 9 9 1", await world.Row("SELECT state, held, store_total, quarantined FROM xtnd.completeness"));
    }

    [Fact]
    public async Task The_only_record_that_changed_may_be_the_poisoned_one()
    {
        await world.Run();
        world.Store.Save(6, "New", RunWorld.Now.AddMinutes(-5));
        world.Store.Poison[6] = true;
        var run = await world.Run();
        Assert.Equal(("incremental", "succeeded", 1), (run.Mode, run.State, run.Quarantined));

        world.Store.Poison.Clear();
        world.Store.Time = RunWorld.Now.AddDays(5);
        await world.Run();
        await world.Run();
        Assert.Equal("New", await world.Row("SELECT name FROM xtnd.product WHERE external_id = '6'"));
    }

    [Fact]
    public async Task A_store_that_fails_whatever_is_asked_for_is_not_bisected_to_death_and_fills_no_quarantine()
    {
        world.Options.PageSize = 50;
        for (var id = 1; id <= 200; id++)
        {
            world.Store.Save(id, "Old", RunWorld.Now.AddHours(-id));
            world.Store.Poison[id] = true;
        }

        var run = await world.Run();
        Assert.Equal(("failed", FailureCodes.StoreError), (run.State, run.Error!.Code));
        Assert.Contains("verything asked for fails", run.Error.Message);
        Assert.InRange(run.Requests, 10, 110);
        Assert.Equal("0", await world.Row("SELECT count(*) FROM xtnd.quarantine"));
        Assert.Equal("- -", await world.Row("SELECT run_id, watermark FROM xtnd.cursor"));
    }

    [Fact]
    public async Task Many_that_lie_side_by_side_are_set_aside_over_some_runs()
    {
        world.Options.PageSize = 8;
        for (var id = 1; id <= 60; id++)
        {
            world.Store.Save(id, "Old", RunWorld.Now.AddHours(-id));
            if (id is >= 10 and < 40)
            {
                world.Store.Poison[id] = true;
            }
        }

        var first = await world.Run();
        Assert.Equal(("failed", FailureCodes.StoreError), (first.State, first.Error!.Code));
        Assert.InRange(first.Quarantined, 15, 21);

        var second = await world.Run();
        Assert.Equal("succeeded", second.State);
        Assert.Equal("30 30", await world.Row("SELECT (SELECT count(*) FROM xtnd.product), (SELECT count(*) FROM xtnd.quarantine WHERE resolved_at IS NULL)"));
    }

    [Fact]
    public async Task A_store_of_which_nothing_at_all_comes_has_no_poisoned_records_but_a_fault()
    {
        for (var id = 1; id <= 9; id++)
        {
            world.Store.Poison[id] = true;
        }

        var run = await world.Run();
        Assert.Equal(("failed", FailureCodes.StoreError), (run.State, run.Error!.Code));
        Assert.Equal("0", await world.Row("SELECT count(*) FROM xtnd.quarantine"));
    }

    [Fact]
    public async Task A_crash_while_it_is_narrowed_down_loses_nothing()
    {
        world.Store.Poison[4] = true;
        var run = await world.Runs.Begin();
        using (var first = world.Loop(run))
        {
            world.Store.Before = async (request, cancelled) =>
            {
                // The poisoned id is known, and nothing has come after it yet.
                if (request.AfterId == "4")
                {
                    await world.Stopping.CancelAsync();
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancelled);
                }
            };
            await LoopWorld.Drive(first);
        }

        Assert.Equal("0", await world.Row("SELECT count(*) FROM xtnd.quarantine"));
        (world.Store.Before, world.Stopping) = (null, new());
        using var second = world.Loop(run);
        await LoopWorld.Drive(second);

        var view = await world.View(run);
        Assert.Equal(("succeeded", 8, 1), (view.State, view.Inserted, view.Quarantined));
        Assert.Equal("4", await world.Row(Open));
        Assert.Equal("1,2,3,5,6,7,8,9", await world.Row("SELECT string_agg(external_id, ',' ORDER BY seq) FROM xtnd.product"));
    }
}
