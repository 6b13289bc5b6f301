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
    static readonly TimeSpan DatabaseWait = TimeSpan.FromSeconds(2);

    readonly CancellationTokenSource cancelled = new();
    long? epoch;

    /// <summary>The run.</summary>
    public Guid RunId => run;

    /// <summary>Ends the run at the next page boundary; a request under way is given up.</summary>
    public void Cancel() => cancelled.Cancel();

    public void Dispose() => cancelled.Dispose();

    /// <summary>Drives the run. Never throws.</summary>
    public async Task Run()
    {
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
                progress.Waits(new("database_unavailable", "The database or the cluster does not answer.", services.Clock.GetUtcNow() + DatabaseWait));
                await Task.Delay(DatabaseWait, services.Clock, stopping).Settled();
            }
            catch (Exception bug)
            {
                // Nobody awaits the loop: a run must not stay 'running' for ever because of a mistake of ours.
                services.Log.Broken(bug, id, run);
                await EndQuietly("failed", new("internal_error", "The run met a mistake of ours; it is in the log.", "Run again. If it fails again, send us the run's id."));
                return;
            }
        }
    }

    async Task TakeOverAndRead()
    {
        if (await services.Runs.TakeOver(id, run, services.Options, services.Clock.GetUtcNow()) is not { } position)
        {
            await End(null, "cancelled", null, default);
            return;
        }

        epoch = position.Epoch;
        await Reload();
        services.Log.Reading(id, run, position.Mode, position.Epoch, position.AfterId);
        var reader = new PageReader(id, PageSize(), door, services, progress.Waits);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancelled.Token);
        try
        {
            await new PagePump(id, run, position, reader, services, progress, stayActive).Run(either.Token);
            services.Metrics.RunEnded(id.Entity, "succeeded");
            services.Log.Succeeded(id, run, progress.Run!.Seen, progress.Run.Inserted, progress.Run.Updated);
            await TellConnection(null);
        }
        catch (OperationCanceledException) when (cancelled.IsCancellationRequested)
        {
            await End(position.Epoch, "cancelled", null, reader.TakeTraffic());
        }
        catch (RunClosedException closed)
        {
            await End(position.Epoch, "cancelled", closed.Error, reader.TakeTraffic());
        }
        catch (ConnectorException failure)
        {
            services.Log.Failed(id, run, failure.Code);
            if (await End(position.Epoch, "failed", new(failure.Code, failure.Message, failure.Cure), reader.TakeTraffic()))
            {
                await TellConnection(failure.Message);
            }
        }
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

    int PageSize() => services.Options.PageSize > 0
        ? services.Options.PageSize
        : services.Catalog.Systems.SelectMany(system => system.Entities).First(entity => entity.Entity == id.Entity).DefaultPageSize;

    async Task<bool> End(long? epoch, string state, RunError? error, RunTraffic traffic)
    {
        var ended = await services.Runs.End(id, run, epoch, state, error, traffic, services.Clock.GetUtcNow());
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
            await End(epoch, state, error, default);
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException)
        {
            // The sweeper resumes the run; it will meet the same mistake with the database back.
            services.Log.Interrupted(id, run, failure.Message);
        }
    }
}
