using Microsoft.Extensions.Time.Testing;
using XtndOrleans.Connectors;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Tests.Server;

namespace XtndOrleans.Tests.Engine;

/// <summary>What a run does with what goes wrong.</summary>
public sealed class SyncFailureTests : IAsyncLifetime
{
    LoopWorld world = null!;

    public async ValueTask InitializeAsync() => world = await LoopWorld.Start();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_page_that_cannot_be_written_does_not_wait_for_the_page_that_is_read_ahead()
    {
        var run = await world.Runs.Begin();
        world.Store.Before = async (request, cancelled) =>
        {
            if (request.AfterId is not null)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancelled);
            }
            else if (!request.NewestOnly)
            {
                await world.Runs.Database.Scalar("UPDATE xtnd.cursor SET epoch = epoch + 1");
            }
        };
        using var loop = world.Loop(run);
        await LoopWorld.Drive(loop);

        Assert.Equal(["newest", "-", "2"], world.Store.Asked);
        Assert.Equal("0", await world.Row("SELECT count(*) FROM xtnd.product"));
        Assert.Equal("running", (await world.View(run)).State);
    }

    /// <summary>A tenant's hanging stores fill its share of the silo.</summary>
    [Fact]
    public async Task A_request_that_finds_no_place_on_its_silo_gives_its_lease_back_and_asks_again()
    {
        var clock = new FakeTimeProvider(RunWorld.Now);
        (world.Options.RequestsPerSilo, world.Clock) = (1, clock);
        var taken = await world.Silo.Requests.Enter(Guid.NewGuid(), TestContext.Current.CancellationToken);
        var run = await world.Runs.Begin();
        using var loop = world.Loop(run);
        var driven = LoopWorld.Drive(loop);
        await Until.True(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(world.Door.Returned.Count >= 2);
        });

        Assert.All(world.Door.Returned, returned => Assert.False(returned.Completed));
        Assert.Empty(world.Store.Requests);
        taken.Dispose();
        await driven;
        Assert.Equal(("succeeded", 5), ((await world.View(run)).State, (await world.View(run)).Seen));
    }

    /// <summary>What the runtime may answer while a silo dies. Each time a page was written before, so it may be many times in all.</summary>
    [Fact]
    public async Task A_failure_of_no_known_kind_interrupts_the_run_and_does_not_end_it()
    {
        for (var id = 6; id <= 20; id++)
        {
            world.Store.Save(id, "Old", RunWorld.Now.AddHours(-id));
        }

        world.Door.Answer = () => world.Door.Asked % 2 == 1 ? throw new TaskCanceledException("A task was canceled.") : ScriptedDoor.Grant();
        var run = await world.RunInQuickTime();

        Assert.Equal(("succeeded", 20, 20), (run.State, run.Seen, run.Inserted));
        Assert.InRange(run.Resumes, 6, 40); // more than may be borne with no page between
    }

    [Fact]
    public async Task What_fails_again_and_again_with_no_page_between_is_a_mistake_of_ours_and_ends_the_run()
    {
        world.Door.Answer = () => world.Door.Asked > 3 ? throw new FormatException("Odd.") : ScriptedDoor.Grant();
        var run = await world.RunInQuickTime();

        Assert.Equal(("failed", "internal_error", 5), (run.State, run.Error!.Code, run.Resumes));
        Assert.DoesNotContain("Odd", run.Error.Message);
    }

    [Fact]
    public async Task A_store_that_asks_for_more_than_our_patience_fails_the_run_at_once()
    {
        Fail(1, new(FailureKind.Rate, FailureCodes.RateLimited, "Too many requests.", "Wait.") { RetryAfter = world.Options.Patience + TimeSpan.FromSeconds(1) });
        var run = await world.Run();

        Assert.Equal(("failed", FailureCodes.RateLimited, 1), (run.State, run.Error!.Code, run.Requests));
        Assert.Equal("Too many requests.", Assert.Single(world.Door.Told));
    }

    [Fact]
    public async Task A_door_that_stays_shut_longer_than_our_patience_fails_the_run_at_once()
    {
        world.Door.Answer = () => new(LeaseVerdict.Wait) { Code = FailureCodes.RateLimited, Reason = "The store asked us to wait.", Wait = world.Options.Patience };
        var run = await world.Run();

        Assert.Equal(("failed", FailureCodes.RateLimited, 0), (run.State, run.Error!.Code, run.Requests));
        Assert.Equal(1, world.Door.Asked);
    }

    /// <summary>A machine that slept, or whose clock was set right: no time was waited.</summary>
    [Fact]
    public async Task A_clock_that_jumps_uses_up_no_patience()
    {
        var clock = new EngineFixture.ShiftedClock();
        world.Clock = clock;
        var left = 1;
        world.Store.Before = (request, _) =>
        {
            if (request.AfterId != "2" || left-- == 0)
            {
                return Task.CompletedTask;
            }

            clock.Shift = world.Options.Patience * 2;
            throw new ConnectorException(FailureKind.StoreDown, FailureCodes.Timeout, "No answer.", "");
        };
        var run = await world.Run();

        Assert.Equal(("succeeded", 5, 1), (run.State, run.Seen, run.Retries));
    }

    [Fact]
    public async Task A_token_refused_once_costs_one_more_try()
    {
        Fail(1, new(FailureKind.Unauthorized, FailureCodes.Unauthorized, "Not authorized.", ""));
        var run = await world.Run();

        Assert.Equal(("succeeded", 5, 6, 1), (run.State, run.Seen, run.Requests, run.Retries));
        Assert.Equal(FailureKind.Unauthorized, world.Door.Returned.First().Failure!.Kind);
        Assert.All(world.Door.Returned.Skip(1), outcome => Assert.Null(outcome.Failure));
    }

    [Fact]
    public async Task A_new_token_that_is_refused_too_is_a_missing_right()
    {
        Fail(2, new(FailureKind.Unauthorized, FailureCodes.Unauthorized, "Not authorized.", "Give it.") { MissingPermission = "Magento_Catalog::products" });
        var run = await world.Run();

        Assert.Equal(("failed", FailureCodes.PermissionMissing, 2), (run.State, run.Error!.Code, run.Requests));
        Assert.Contains("Magento_Catalog::products", run.Error.Message);
        Assert.Equal("Give it.", run.Error.Cure);
    }

    [Fact]
    public async Task A_page_that_is_too_large_for_the_store_is_asked_for_in_its_size()
    {
        world.Options.PageSize = 4;
        world.Store.Before = (request, _) => request is { NewestOnly: false, Size: > 3 }
            ? throw new ConnectorException(FailureKind.Rejected, FailureCodes.PageSizeRefused, "Too large.", "") { MaximumPageSize = 3 }
            : Task.CompletedTask;
        var run = await world.Run();

        Assert.Equal(("succeeded", 5), (run.State, run.Seen));
        Assert.Equal([4, 3, 3], world.Store.Sizes);
    }

    [Fact]
    public async Task Answers_that_cannot_be_read_are_asked_for_again_and_then_fail_the_run()
    {
        Fail(int.MaxValue, new(FailureKind.Data, FailureCodes.MalformedAnswer, "Not JSON.", ""));
        var run = await world.Run();

        Assert.Equal(("failed", FailureCodes.MalformedAnswer), (run.State, run.Error!.Code));
        // Neither the newest record came, nor a count in its place.
        Assert.Equal((2 * (1 + world.Options.MalformedRetries), 2 * world.Options.MalformedRetries), (run.Requests, run.Retries));
    }

    [Fact]
    public async Task An_answer_that_can_be_read_at_last_is_as_good_as_any()
    {
        Fail(world.Options.MalformedRetries, new(FailureKind.Data, FailureCodes.MalformedAnswer, "Not JSON.", ""));
        Assert.Equal("succeeded", (await world.Run()).State);
    }

    [Fact]
    public async Task A_cancelled_run_keeps_what_was_committed()
    {
        var run = await world.Runs.Begin();
        using var loop = world.Loop(run);
        world.Store.Before = async (request, cancelled) =>
        {
            if (request.AfterId == "4")
            {
                await Server.Until.True(async () => await world.Row("SELECT count(*) FROM xtnd.product") == "4");
                loop.Cancel();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancelled);
            }
        };
        await LoopWorld.Drive(loop);

        var view = await world.View(run);
        Assert.Equal(("cancelled", 4, 2, null), (view.State, view.Seen, view.Pages, view.Error));
        Assert.Equal("4 - -", await world.Row("SELECT held, watermark, run_id FROM xtnd.cursor"));
        Assert.False(world.Door.Returned.Last().Completed);
    }

    [Fact]
    public async Task A_connection_that_is_paused_ends_its_run_with_the_reason()
    {
        world.Door.Answer = () => world.Door.Asked <= 2
            ? ScriptedDoor.Grant()
            : new(LeaseVerdict.Closed) { Code = "connection_paused", Reason = "The connection is paused.", Cure = "Resume it." };
        var run = await world.Run();

        Assert.Equal(("cancelled", 2), (run.State, run.Seen));
        Assert.Equal(("connection_paused", "The connection is paused.", "Resume it."), (run.Error!.Code, run.Error.Message, run.Error.Cure));
    }

    /// <summary>The first so many requests fail.</summary>
    void Fail(int times, ConnectorException failure)
    {
        var left = times;
        world.Store.Before = (_, _) => left-- > 0 ? throw failure : Task.CompletedTask;
    }
}
