using Npgsql;
using XtndOrleans.Connectors;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Records;

namespace XtndOrleans.Engine.Syncs;

/// <summary>
/// One loop over the pages of one run. Ends when the run does, when another loop took over, or when the silo drains; whatever else happens, the run's row says it.
/// </summary>
internal sealed class SyncLoop(
    EntityId id, Guid run, IConnectionDoor door, SyncServices services, RunProgress progress, Action stayActive, CancellationToken stopping) : IDisposable
{
    static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(2);

    /// <summary>Times that a failure of no known kind may interrupt the run with no page between: a minute in all, for the wait doubles.</summary>
    const int MostUnknown = 5;

    readonly CancellationTokenSource cancelled = new();
    CancellationToken asked;
    long? epoch;
    int unknown;
    long pagesAtUnknown;

    /// <summary>The run.</summary>
    public Guid RunId => run;

    /// <summary>Ends the run at the next page boundary; a request under way is given up.</summary>
    public void Cancel() => cancelled.Cancel();

    public void Dispose() => cancelled.Dispose();

    /// <summary>Drives the run. Never throws.</summary>
    public async Task Run()
    {
        // A grain that cannot wait for the loop's end disposes the source.
        asked = cancelled.Token;
        // Let the call that started the loop return first; stay on the grain's scheduler.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.ContinueOnCapturedContext);
        while (!stopping.IsCancellationRequested)
        {
            stayActive();
            try
            {
                await TakeOverAndRead();
                return;
            }
            catch (FencedException)
            {
                services.Log.Fenced(id, run);
                await Reload();
                return;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                services.Log.Drained(id, run);
                return;
            }
            catch (Exception failure) when (failure is NpgsqlException { IsTransient: true } or TimeoutException or OrleansException)
            {
                // The database or the cluster is away for a moment. Nothing is lost: the cursor tells where to go on.
                services.Log.Interrupted(id, run, failure.Message);
                await WaitToGoOn(FirstWait);
            }
            catch (Exception failure)
            {
                if (!MayGoOn())
                {
                    // Nobody awaits the loop: a run must not stay 'running' for ever because of a mistake of ours.
                    services.Log.Broken(failure, id, run);
                    await EndQuietly("failed", new("internal_error", "The run met a mistake of ours; it is in the log.", "Run again. If it fails again, send us the run's id."));
                    return;
                }

                // While a silo dies the runtime fails calls with whatever it meets itself, a cancelled task among others. Going on from the cursor does no
                // harm, so only what comes again and again is taken for a mistake of ours.
                services.Log.InterruptedByUnknown(failure, id, run, unknown, MostUnknown);
                await WaitToGoOn(FirstWait * Math.Pow(2, unknown - 1));
            }
        }
    }

    async Task WaitToGoOn(TimeSpan wait)
    {
        progress.Waits(new("database_unavailable", "The database or the cluster does not answer.", services.Clock.GetUtcNow() + wait));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, asked);
        await Task.Delay(wait, services.Clock, either.Token).Settled();
    }

    /// <summary>Whether one more failure of no known kind may be borne. A page that was written since the last one begins the count anew.</summary>
    bool MayGoOn()
    {
        if (progress.Run is { } view && view.Pages != pagesAtUnknown)
        {
            (unknown, pagesAtUnknown) = (0, view.Pages);
        }

        return ++unknown <= MostUnknown;
    }

    async Task TakeOverAndRead()
    {
        if (await services.Runs.TakeOver(id, run, services.Options, services.Clock.GetUtcNow()) is not { } position)
        {
            await End((long?)null, "cancelled", null, default, await NextTry(null));
            return;
        }

        epoch = position.Epoch;
        await Reload();
        services.Log.Reading(id, run, position.Mode, position.Epoch, position.AfterId);
        await FreeLeases();
        var entity = services.Entity(id.Entity);
        var limit = services.Options.PageSize > 0 ? services.Options.PageSize : entity.DefaultPageSize;
        var reader = new PageReader(id, new(position.PageSize ?? limit, limit), door, services, progress.Waits);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, asked);
        try
        {
            await ReadAndReckon(new(id, run, position, entity, reader, services, progress, stayActive), either.Token);
            services.Metrics.RunEnded(id.Entity, "succeeded");
            services.Log.Succeeded(id, run, progress.Run!.Seen, progress.Run.Inserted, progress.Run.Updated);
            await TellConnection(null);
        }
        catch (OperationCanceledException) when (asked.IsCancellationRequested)
        {
            await End(position, "cancelled", null, reader.TakeTraffic());
        }
        catch (RunClosedException closed)
        {
            await End(position, "cancelled", closed.Error, reader.TakeTraffic());
        }
        catch (RunFailedException failure)
        {
            await Fail(position, failure.Error, reader.TakeTraffic());
        }
        catch (ConnectorException failure)
        {
            await Fail(position, new(failure.Code, failure.Message, failure.Cure), reader.TakeTraffic());
        }
    }

    /// <summary>The loop before this one may have died with the right to a request: the store's few places must not wait until that lapses.</summary>
    async Task FreeLeases()
    {
        if (progress.Run is not { Resumes: > 0 })
        {
            return;
        }

        try
        {
            await door.TookOver(id.Entity);
        }
        catch (Exception failure)
        {
            // They lapse by themselves, later.
            services.Log.NotFreed(failure, id, run);
        }
    }

    /// <summary>The phases of a run: what is set aside is tried again, pages are read, what is missing is found out, the window closes.</summary>
    async Task ReadAndReckon(RunWork work, CancellationToken cancellationToken)
    {
        var quarantine = new RunQuarantine(work);
        await quarantine.Load();
        if (!work.Position.Reckons)
        {
            if (work.Position.AfterId is null)
            {
                await quarantine.TryAgain(cancellationToken);
            }

            if (await new PagePump(work, quarantine).Run(cancellationToken))
            {
                return;
            }
        }

        await new Reckoning(work, quarantine).Run(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        var now = services.Clock.GetUtcNow();
        var sweepDueAt = work.Position.IsFull ? await NextSweep(now) : null;
        SyncPoints.Reached(SyncPoints.BeforeClose, (int)work.View.Pages);
        await services.Runs.Close(id, run, work.Position.Epoch, sweepDueAt, work.Reader.TakeTraffic(), now);
        await Reload();
    }

    /// <summary>When the entity is next due to be read whole, by its rhythm.</summary>
    async Task<DateTimeOffset?> NextSweep(DateTimeOffset now)
    {
        var (rhythm, zone) = await services.Runs.Sweeps(id);
        return SweepRules.Next(id.Connection, rhythm ?? services.Entity(id.Entity).DefaultSweep, zone, now);
    }

    async Task Fail(CursorPosition position, RunError error, RunTraffic traffic)
    {
        services.Log.Failed(id, run, error.Code);
        if (await End(position, "failed", error, traffic))
        {
            await TellConnection(error.Message);
        }
    }

    /// <summary>
    /// A sweep that did not come to its end is tried again after a while; one that a person ended, or must decide about, when the next is due.
    /// </summary>
    async Task<bool> End(CursorPosition position, string state, RunError? error, RunTraffic traffic)
    {
        var sweepDueAt = position.IsFull ? await NextTry(error) : (DateTimeOffset?)null;
        return await End(position.Epoch, state, error, traffic, sweepDueAt);
    }

    async Task<DateTimeOffset> NextTry(RunError? error)
    {
        var now = services.Clock.GetUtcNow();
        var waitsForNext = error is null or { Code: Burial.Suspected };
        return (waitsForNext ? await NextSweep(now) : null) ?? now + SweepRules.AfterFailure;
    }

    /// <summary>The run has ended whatever the connection hears of it.</summary>
    async Task TellConnection(string? problem)
    {
        try
        {
            await door.RunEnded(id.Entity, problem);
        }
        catch (Exception failure)
        {
            services.Log.NotTold(failure, id, run);
        }
    }

    async Task<bool> End(long? epoch, string state, RunError? error, RunTraffic traffic, DateTimeOffset? sweepDueAt = null)
    {
        var ended = await services.Runs.End(id, run, epoch, state, error, traffic, services.Clock.GetUtcNow(), sweepDueAt);
        if (ended)
        {
            services.Metrics.RunEnded(id.Entity, state);
        }

        await Reload();
        return ended;
    }

    /// <summary>Those who watch see what the database says; nothing when the connection is gone.</summary>
    async Task Reload()
    {
        try
        {
            if (await services.Runs.Find(id, run) is { } view)
            {
                progress.Load(view);
            }
        }
        catch (NpgsqlException failure)
        {
            services.Log.Interrupted(id, run, failure.Message);
        }
    }

    async Task EndQuietly(string state, RunError error)
    {
        try
        {
            await End(epoch, state, error, default, services.Clock.GetUtcNow() + SweepRules.AfterFailure);
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException)
        {
            // The sweeper resumes the run; it will meet the same mistake with the database back.
            services.Log.Interrupted(id, run, failure.Message);
        }
    }
}
