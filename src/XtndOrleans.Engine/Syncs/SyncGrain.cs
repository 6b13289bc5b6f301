using System.Runtime.CompilerServices;
using Orleans.Placement;
using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Engine.Syncs;

/// <summary>
/// Keeps at most one loop for its entity. The loop runs beside the calls, on this grain's scheduler: no call ever waits for a page. Its truth is in SQL, so an
/// activation that ends takes nothing with it.
/// </summary>
[GrainType("xtnd.sync"), HashBasedPlacement, Immovable]
internal sealed partial class SyncGrain(SyncServices services) : Grain, ISyncGrain, IDisposable
{
    static readonly TimeSpan StaysFor = TimeSpan.FromMinutes(10);
    static readonly TimeSpan WatchPace = TimeSpan.FromMilliseconds(250);
    static readonly TimeSpan WatchBeat = TimeSpan.FromMilliseconds(700);

    readonly CancellationTokenSource stopping = new();
    readonly RunProgress progress = new(services.Clock);
    Task loop = Task.CompletedTask;
    SyncLoop? current;

    EntityId Id => EntityId.FromGrainKey(this.GetPrimaryKeyString());

    public async Task<RunStarted> Start(RunRequest request)
    {
        if (!services.Entity(Id.Entity).HasDeltas)
        {
            request = request with { Mode = "full", Since = null };
        }

        var begun = await services.Runs.Begin(Id, request, services.Clock.GetUtcNow())
            ?? throw new ProblemException(ProblemKind.Conflict, "connection_not_ready", "Verify the connection first, or resume it if it is paused; then run again.");
        var run = await services.Runs.Find(Id, begun.Id) ?? throw ProblemException.NotFound("connection");
        if (!run.IsOver)
        {
            Drive(begun.Id, run);
            if (current?.RunId != begun.Id)
            {
                // The loop of the run before is in its last step.
                ResumeAfterThis().Ignore();
            }
        }

        return new(run, begun.Joined);
    }

    public async Task Cancel(Guid runId)
    {
        if (await services.Runs.AskCancel(Id, runId))
        {
            if (current?.RunId == runId && !loop.IsCompleted)
            {
                current.Cancel();
            }
            else
            {
                await Resume();
            }
        }
    }

    public async Task Resume()
    {
        if (!loop.IsCompleted)
        {
            return;
        }

        if (await services.Runs.Active(Id) is { } run)
        {
            Drive(Guid.ParseExact(run.Id, "N"), run);
        }
    }

    public async IAsyncEnumerable<RunView> Watch([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (loop.IsCompleted && await services.Runs.Active(Id) is { } active && loop.IsCompleted)
        {
            progress.Load(active);
        }

        RunView? told = progress.Run is { IsOver: true } ? progress.Run : null;
        while (!cancellationToken.IsCancellationRequested)
        {
            var changed = progress.Changed;
            if (progress.Run is { } run && run != told)
            {
                told = run;
                yield return run;
                await Task.Delay(WatchPace, services.Clock, cancellationToken).Settled();
            }

            await changed.WaitAsync(WatchBeat, services.Clock, cancellationToken).Settled();
            if (progress.Run is { IsOver: false } && progress.Run == told)
            {
                told = null;
            }
        }
    }

    /// <summary>The silo drains, or the grain is no longer needed: the page at hand is finished, the rest goes on elsewhere from the cursor.</summary>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await loop.WaitAsync(cancellationToken).Settled();
    }

    public void Dispose()
    {
        stopping.Dispose();
        current?.Dispose();
    }

    async Task ResumeAfterThis()
    {
        await loop.Settled();
        await Resume();
    }

    void Drive(Guid run, RunView view)
    {
        // Between the check and the assignment there is no await: two calls can never start two loops here.
        if (!loop.IsCompleted || stopping.IsCancellationRequested)
        {
            return;
        }

        current?.Dispose();
        progress.Load(view);
        var id = Id;
        var door = GrainFactory.GetGrain<IConnectionDoor>(id.Connection.GrainKey);
        current = new(id, run, door, services, progress, () => DelayDeactivation(StaysFor), stopping.Token);
        loop = current.Run();
    }
}
