using Microsoft.Extensions.Logging;
using Npgsql;
using XtndOrleans.Connectors;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Records;

namespace XtndOrleans.Engine.Syncs;

/// <summary>
/// One loop over the pages of one run. Ends when the run does, when another loop took over, or when the silo drains; whatever else happens, the run's row says it.
/// </summary>
internal sealed class SyncLoop(
    EntityId id, Guid run, IConnectionDoor door, RunStore runs, RecordStore records, ConnectorCatalog catalog, SiloResources silo, EngineMetrics metrics,
    RunProgress progress, SyncOptions options, TimeProvider clock, ILogger log, CancellationToken stopping, Action stayActive) : IDisposable
{
    static readonly TimeSpan DatabaseWait = TimeSpan.FromSeconds(2);

    readonly CancellationTokenSource cancelled = new();

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
                log.Fenced(id, run);
                return;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                log.Drained(id, run);
                return;
            }
            catch (Exception failure) when (failure is NpgsqlException or TimeoutException or OrleansException)
            {
                // The database or the cluster is away for a moment. Nothing is lost: the cursor tells where to go on.
                log.Interrupted(id, run, failure.Message);
                progress.Waits(new("database_unavailable", "The database or the cluster does not answer.", clock.GetUtcNow() + DatabaseWait));
                await Task.Delay(DatabaseWait, clock, stopping)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            }
            catch (Exception bug)
            {
                // Nobody awaits the loop: a run must not stay 'running' for ever because of a mistake of ours.
                log.Broken(bug, id, run);
                await EndQuietly("failed", new("internal_error", "The run met a mistake of ours; it is in the log.", "Run again. If it fails again, send us the run's id."));
                return;
            }
        }
    }

    async Task TakeOverAndRead()
    {
        if (await runs.TakeOver(id, run, options, clock.GetUtcNow()) is not { } position)
        {
            await End(null, "cancelled", null, default);
            return;
        }

        if (await runs.Find(id, run) is { } view)
        {
            progress.Load(view);
        }

        log.Reading(id, run, position.Mode, position.Epoch, position.AfterId);
        var reader = new PageReader(id, PageSize(), door, catalog, silo, options, clock, progress.Waits);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancelled.Token);
        try
        {
            await new PagePump(id, run, position, reader, runs, records, silo, metrics, progress, options, clock, stayActive).Run(either.Token);
            metrics.RunEnded(id.Entity, "succeeded");
            log.Succeeded(id, run, progress.Run!.Seen, progress.Run.Inserted, progress.Run.Updated);
            await door.RunEnded(id.Entity, null);
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
            log.Failed(id, run, failure.Code);
            if (await End(position.Epoch, "failed", new(failure.Code, failure.Message, failure.Cure), reader.TakeTraffic()))
            {
                await door.RunEnded(id.Entity, failure.Message);
            }
        }
    }

    int PageSize() => options.PageSize > 0
        ? options.PageSize
        : catalog.Systems.SelectMany(system => system.Entities).First(entity => entity.Entity == id.Entity).DefaultPageSize;

    async Task<bool> End(long? epoch, string state, RunError? error, RunTraffic traffic)
    {
        var ended = await runs.End(id, run, epoch, state, error, traffic, clock.GetUtcNow());
        if (ended)
        {
            metrics.RunEnded(id.Entity, state);
        }

        if (await runs.Find(id, run) is { } view)
        {
            progress.Load(view);
        }

        return ended;
    }

    async Task EndQuietly(string state, RunError error)
    {
        try
        {
            await End(null, state, error, default);
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException)
        {
            // The sweeper resumes the run; it will meet the same mistake with the database back.
            log.Interrupted(id, run, failure.Message);
        }
    }
}
