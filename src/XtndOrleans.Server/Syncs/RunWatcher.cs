using System.Data.Common;
using System.Threading.Channels;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Syncs;
using XtndOrleans.Server.Connections;

namespace XtndOrleans.Server.Syncs;

/// <summary>Follows the runs of an entity wherever its grain is, over the end of any silo.</summary>
internal sealed class RunWatcher(IGrainFactory grains, RunQueries queries, TimeProvider clock, ILogger<RunWatcher> log)
{
    static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    // A grain speaks of a run that is under way each second. One that does not has ended it before it was asked, or its silo hangs.
    static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    /// <summary>Writes each state of each run until it is cancelled, beginning with a run that is under way.</summary>
    /// <param name="entity">Whose runs.</param>
    /// <param name="runs">Where they are written.</param>
    /// <param name="since">The newest run is told when it ended after this, even if nobody saw it move.</param>
    /// <param name="stop">Ends it.</param>
    public async Task Watch(EntityId entity, ChannelWriter<RunView> runs, DateTimeOffset since, CancellationToken stop)
    {
        RunView? last = null;
        while (true)
        {
            using var silence = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, silence.Token);
            try
            {
                last = await CatchUpIfItCan(entity, last, runs, since, stop);
                silence.CancelAfter(Patience(last));
                await foreach (var run in grains.Sync(entity).Watch(either.Token).WithCancellation(either.Token))
                {
                    last = run;
                    silence.CancelAfter(Patience(last));
                    await runs.WriteAsync(run, stop);
                }
            }
            catch (OperationCanceledException) when (silence.IsCancellationRequested && !stop.IsCancellationRequested)
            {
                // The database knows what became of it.
                continue;
            }
            catch (Exception failure) when (!stop.IsCancellationRequested)
            {
                log.WatchBroken(failure, entity);
            }

            await Task.Delay(Again, clock, stop);
        }
    }

    static TimeSpan Patience(RunView? last) => last is { IsOver: false } ? Silence : Timeout.InfiniteTimeSpan;

    async Task<RunView?> CatchUpIfItCan(EntityId entity, RunView? last, ChannelWriter<RunView> runs, DateTimeOffset since, CancellationToken stop)
    {
        try
        {
            return await CatchUp(entity, last, runs, since, stop);
        }
        catch (Exception away) when (away is DbException or TimeoutException)
        {
            // The run's grain tells that the database is away.
            log.WatchBroken(away, entity);
            return last;
        }
    }

    // What happened while nobody watched: the end of the run that was under way, and a run that began since.
    async Task<RunView?> CatchUp(EntityId entity, RunView? last, ChannelWriter<RunView> runs, DateTimeOffset since, CancellationToken stop)
    {
        var newest = await queries.Newest(entity, stop);
        if (last is { IsOver: false } && last.Id != newest?.Id && await queries.Find(entity.Connection, Guid.ParseExact(last.Id, "N"), stop) is { } ended)
        {
            await runs.WriteAsync(ended, stop);
        }

        if (newest is { IsOver: false } || (newest?.FinishedAt >= since && (newest.Id != last?.Id || !last.IsOver)))
        {
            await runs.WriteAsync(newest, stop);
        }

        return newest;
    }
}
