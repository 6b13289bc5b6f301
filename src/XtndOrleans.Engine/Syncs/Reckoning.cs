using XtndOrleans.Connectors;

namespace XtndOrleans.Engine.Syncs;

/// <summary>
/// What comes after the last page: what is gone from the store is buried, and the store's own count is compared with ours. Everything here can be done anew:
/// after a crash no page is read again.
/// </summary>
internal sealed class Reckoning(RunWork work, RunQuarantine quarantine)
{
    /// <summary>A delta that changed nothing is compared all the same when the last comparison is older than this, if it makes more than one request anyhow. A repair goes on in any case.</summary>
    static readonly TimeSpan CheckedAtLeast = TimeSpan.FromHours(24);

    /// <summary>Reckons. Throws <see cref="RunFailedException"/> when a person must decide.</summary>
    public async Task Run(CancellationToken cancellationToken)
    {
        SyncPoints.Reached(SyncPoints.BeforeReckon, (int)work.View.Pages);
        if (work.Position.IsFull)
        {
            await new Burial(work, quarantine).Run(cancellationToken);
        }

        if (await ChecksCount(work, quarantine))
        {
            await Compare(cancellationToken);
        }
    }

    /// <summary>Whether the run compares the store's count with ours.</summary>
    public static async Task<bool> ChecksCount(RunWork work, RunQuarantine quarantine)
    {
        var run = work.View;
        if (work.Position.IsFull || run.Inserted + run.Updated > 0 || quarantine.HasParked)
        {
            return true;
        }

        var last = await work.Services.Runs.LastCheck(work.Id);
        return last?.State == "repairing"
            || (work.Reader.Made > 1 && (last is null || last.CheckedAt < work.Services.Clock.GetUtcNow() - CheckedAtLeast));
    }

    /// <summary>A store that cannot count has no ledger; its records are read all the same.</summary>
    async Task Compare(CancellationToken cancellationToken)
    {
        try
        {
            await new Ledger(work, quarantine).Run(cancellationToken);
        }
        catch (ConnectorException failure) when (failure.Kind is FailureKind.Data or FailureKind.Rejected)
        {
            work.Services.Log.NotCounted(work.Id, work.Run, failure.Code);
        }
    }
}

/// <summary>The run cannot succeed, though the store did nothing wrong.</summary>
internal sealed class RunFailedException(RunError error) : Exception(error.Message)
{
    public RunError Error { get; } = error;
}
