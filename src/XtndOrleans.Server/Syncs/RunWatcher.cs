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

    /// <summary>Writes each state of each run until it is cancelled, beginning with a run that is under way.</summary>
    public async Task Watch(EntityId entity, ChannelWriter<RunView> runs, CancellationToken stop)
    {
        RunView? last = null;
        while (true)
        {
            try
            {
                last = await CatchUp(entity, last, runs, stop);
                await foreach (var run in grains.Sync(entity).Watch(stop).WithCancellation(stop))
                {
                    last = run;
                    await runs.WriteAsync(run, stop);
                }
            }
            catch (Exception failure) when (failure is OrleansException or EnumerationAbortedException or TimeoutException or DbException && !stop.IsCancellationRequested)
            {
                log.WatchBroken(failure, entity);
            }

            await Task.Delay(Again, clock, stop);
        }
    }

    // What happened while nobody watched: the end of the run that was under way, and one that is under way now.
    async Task<RunView?> CatchUp(EntityId entity, RunView? last, ChannelWriter<RunView> runs, CancellationToken stop)
    {
        if (last is { IsOver: false } && await queries.Find(entity.Connection, Guid.ParseExact(last.Id, "N"), stop) is { IsOver: true } ended)
        {
            last = ended;
            await runs.WriteAsync(ended, stop);
        }

        if ((await queries.Active(entity.Connection, stop)).FirstOrDefault(run => run.Entity == entity.Entity) is { } active)
        {
            last = active;
            await runs.WriteAsync(active, stop);
        }

        return last;
    }
}
