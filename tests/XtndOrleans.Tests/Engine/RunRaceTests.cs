using XtndOrleans.Engine.Records;
using XtndOrleans.Engine.Syncs;
using static XtndOrleans.Tests.Engine.RunWorld;

namespace XtndOrleans.Tests.Engine;

/// <summary>Starts, take-overs and ends that meet. What must be at the same moment is held there by an open transaction, not by luck.</summary>
public sealed class RunRaceTests : IAsyncLifetime
{
    RunWorld world = null!;

    public async ValueTask InitializeAsync() => world = await Start();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    public async Task Starts_at_the_same_moment_make_one_run_that_the_others_join(int starts)
    {
        for (var round = 0; round < 20; round++)
        {
            var begun = await Task.WhenAll(Enumerable.Range(0, starts).Select(_ => Task.Run(() => world.Runs.Begin(world.Products, new("manual"), Now))));
            Assert.DoesNotContain(begun, one => one is null);
            var run = Assert.Single(begun.Select(one => one!.Value.Id).Distinct());
            Assert.Equal(starts - 1, begun.Count(one => one!.Value.Joined));
            Assert.True(await world.Runs.End(world.Products, run, null, "cancelled", null, default, Now));
        }
    }

    [Fact]
    public async Task A_start_that_waited_for_another_joins_its_run()
    {
        var first = Guid.CreateVersion7();
        await using var other = await world.HeldOpen(
            "INSERT INTO xtnd.run (tenant_id, connection_id, id, entity, mode, trigger, state, queued_at) VALUES ($1, $2, $3, 'product', 'full', 'manual', 'queued', now())", first);
        var start = world.Runs.Begin(world.Products, new("schedule"), Now);
        await world.SomebodyWaits();
        await other.CommitAsync();
        Assert.Equal((first, true), await start);
    }

    /// <summary>The database went away between a slot's run and the slot's outcome, so the slot is decided once more.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_slot_is_answered_by_the_run_that_the_schedule_began_since(bool ended)
    {
        var slot = new RunRequest("schedule") { DueAt = Now };
        var (first, joined) = (await world.Runs.Begin(world.Products, slot, Now.AddSeconds(1)))!.Value;
        Assert.False(joined);
        if (ended)
        {
            await world.Runs.End(world.Products, first, null, "failed", null, default, Now.AddSeconds(20));
        }

        Assert.Equal((first, true), await world.Runs.Begin(world.Products, slot with { Trigger = "catch_up" }, Now.AddMinutes(2)));
        Assert.Equal("1", await world.Row("SELECT count(*) FROM xtnd.run"));
    }

    [Fact]
    public async Task A_slot_is_not_answered_by_a_run_before_it_nor_by_one_of_a_person()
    {
        await Ended(new("schedule") { DueAt = Now.AddHours(-1) }, Now.AddHours(-1));
        await Ended(new("manual"), Now.AddSeconds(1));
        Assert.False(await Ended(new("schedule") { DueAt = Now }, Now.AddSeconds(30)));
        Assert.False(await Ended(new("manual"), Now.AddSeconds(40)));

        async Task<bool> Ended(RunRequest request, DateTimeOffset at)
        {
            var (run, joined) = (await world.Runs.Begin(world.Products, request, at))!.Value;
            await world.Runs.End(world.Products, run, null, "cancelled", null, default, at);
            return joined;
        }
    }

    [Fact]
    public async Task A_run_that_finished_while_it_was_taken_over_stays_finished()
    {
        var run = await world.Begin();
        var position = await world.TakeOver(run);
        await using var lastPage = await world.CommitHeldOpen(run, position!.Epoch, last: true, Product(1));
        var takeOver = world.TakeOver(run);
        await world.SomebodyWaits();
        await lastPage.CommitAsync();

        Assert.Null(await takeOver);
        Assert.Equal("succeeded 1 0", await world.Row("SELECT state, seen, resumes FROM xtnd.run"));
        Assert.Equal("- -", await world.Row("SELECT run_id, after_id FROM xtnd.cursor"));
    }

    [Fact]
    public async Task A_page_that_was_written_while_its_run_was_taken_over_is_not_read_again()
    {
        var run = await world.Begin();
        var position = await world.TakeOver(run);
        await using var page = await world.CommitHeldOpen(run, position!.Epoch, last: false, Product(1), Product(2));
        var takeOver = world.TakeOver(run);
        await world.SomebodyWaits();
        await page.CommitAsync();

        var next = await takeOver;
        Assert.Equal((position.Epoch + 1, "2"), (next!.Epoch, next.AfterId));
        await Assert.ThrowsAsync<FencedException>(() => world.Commit(run, position.Epoch, last: false, Product(3)));
    }

    [Theory]
    [InlineData("state = 'cancelled'", "cancelled")]
    [InlineData("state = 'failed'", "failed")]
    [InlineData("cancel_asked = true", "queued")]
    public async Task A_run_that_was_ended_while_it_was_first_taken_over_is_not_taken(string end, string state)
    {
        var run = await world.Begin();
        await using var other = await world.HeldOpen($"UPDATE xtnd.run SET {end} WHERE tenant_id = $1 AND connection_id = $2 AND id = $3", run);
        var takeOver = world.TakeOver(run);
        await world.SomebodyWaits();
        await other.CommitAsync();

        Assert.Null(await takeOver);
        Assert.Equal($"{state} -", await world.Row("SELECT state, started_at FROM xtnd.run"));
    }

    [Fact]
    public async Task A_run_that_is_ended_while_it_is_taken_over_cannot_be_written_by_who_took_it()
    {
        var run = await world.Begin();
        // The take-over of another silo that has not committed yet.
        await using var cursor = await world.HeldOpen(
            "INSERT INTO xtnd.cursor (tenant_id, connection_id, entity, epoch, run_id) VALUES ($1, $2, 'product', 1, $3)", run);
        var end = world.Runs.EndForGood(world.Products, Now);
        await world.SomebodyWaits();
        await cursor.CommitAsync();
        await end;

        await Assert.ThrowsAsync<FencedException>(() => world.Commit(run, 1, last: false, Product(1)));
        Assert.Equal("cancelled", await world.Row("SELECT state FROM xtnd.run"));
    }

    [Fact]
    public async Task An_end_that_met_the_first_take_over_fences_it()
    {
        var run = await world.Begin();
        await using var cursor = await world.HeldOpen(
            "INSERT INTO xtnd.cursor (tenant_id, connection_id, entity, epoch, run_id) VALUES ($1, $2, 'product', 1, $3)", run);
        var end = world.Runs.End(world.Products, run, null, "cancelled", null, default, Now);
        await world.SomebodyWaits();
        await cursor.CommitAsync();

        Assert.True(await end);
        await Assert.ThrowsAsync<FencedException>(() => world.Commit(run, 1, last: true, Product(1)));
    }

    [Fact]
    public async Task Taking_over_ending_and_committing_in_a_crowd_neither_deadlocks_nor_loses_count()
    {
        await Task.WhenAll(Enumerable.Range(0, 10).Select(seed => Task.Run(() => Crowd(new(seed), rounds: 40))));

        Assert.Equal("true", await world.Row("SELECT (count(*) FILTER (WHERE state IN ('queued', 'running')) <= 1)::text FROM xtnd.run"));
        Assert.Equal("true", await world.Row(
            "SELECT (c.last_seq = (SELECT sum(inserted + updated) FROM xtnd.run) AND c.held = (SELECT count(*) FROM xtnd.product))::text FROM xtnd.cursor c"));
        Assert.Equal("0", await world.Row("SELECT count(*) FROM xtnd.cursor c JOIN xtnd.run r ON r.id = c.run_id WHERE r.state NOT IN ('queued', 'running')"));
        Assert.NotEqual("0", await world.Row("SELECT last_seq FROM xtnd.cursor"));
        await NextRunSucceeds();
    }

    async Task NextRunSucceeds()
    {
        await world.Runs.EndForGood(world.Products, Now);
        var run = await world.Begin();
        var position = await world.TakeOver(run);
        await world.Commit(run, position!.Epoch, last: true, Product(1, "after the crowd"));
        Assert.Equal("succeeded", await world.Row($"SELECT state FROM xtnd.run WHERE id = '{run}'"));
    }

    async Task Crowd(Random random, int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            var run = await world.Begin();
            var position = await world.TakeOver(run);
            try
            {
                for (var page = 0; position is not null && page < 3; page++)
                {
                    await world.Commit(run, position.Epoch, last: page == 2, Product(random.Next(50), $"N{random.Next()}"));
                }
            }
            catch (FencedException)
            {
                // As it should be: another of the crowd has it.
            }

            await Ending(random, run, position?.Epoch);
        }
    }

    Task Ending(Random random, Guid run, long? epoch) => random.Next(5) switch
    {
        0 => world.Runs.End(world.Products, run, epoch, "failed", null, default, Now),
        1 => world.Runs.End(world.Products, run, null, "cancelled", null, default, Now),
        2 => world.Runs.AskCancel(world.Products, run),
        3 => world.Runs.EndForGood(world.Products, Now),
        _ => Task.CompletedTask,
    };
}
