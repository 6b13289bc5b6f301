using XtndOrleans.Engine.Records;

namespace XtndOrleans.Engine.Syncs;

/// <summary>The run as its grain knows it, ahead of the database by the waiting reason alone. Wakes those who watch.</summary>
internal sealed class RunProgress(TimeProvider clock)
{
    TaskCompletionSource changed = New();
    RunView? run;

    /// <summary>The run under way or the last one; null before the first.</summary>
    public RunView? Run
    {
        get => run;
        private set
        {
            run = value;
            Interlocked.Exchange(ref changed, New()).TrySetResult();
        }
    }

    /// <summary>Ends at the next change.</summary>
    public Task Changed => changed.Task;

    /// <summary>Takes the run as the database has it.</summary>
    public void Load(RunView loaded) => Run = loaded;

    /// <summary>Why the run waits, or null when it reads.</summary>
    public void Waits(RunWaiting? waiting)
    {
        if (Run is not null && Run.Waiting != waiting)
        {
            Run = Run with { Waiting = waiting };
        }
    }

    /// <summary>A page was committed.</summary>
    public void Committed(PageCommit commit, PageCommitted result)
    {
        var seen = Run!.Seen + commit.Page.Records.Count;
        var next = Run with
        {
            Pages = Run.Pages + 1,
            Seen = seen,
            Inserted = Run.Inserted + result.Inserted,
            Updated = Run.Updated + result.Updated,
            Unchanged = Run.Unchanged + result.Unchanged,
            Bytes = Run.Bytes + commit.Page.Bytes,
            Requests = Run.Requests + commit.Requests,
            Retries = Run.Retries + commit.Retries,
            Total = commit.Total ?? Run.Total,
        };
        Run = commit.Last
            ? next with { State = "succeeded", FinishedAt = commit.Now, EtaSeconds = null, Waiting = null }
            : next with { EtaSeconds = RunRow.EtaSeconds(next, clock.GetUtcNow()) };
    }

    /// <summary>Records became tombstones.</summary>
    public void Buried(int count) => Run = Run! with { Deleted = Run.Deleted + count };

    /// <summary>A record was set aside.</summary>
    public void Parked() => Run = Run! with { Quarantined = Run.Quarantined + 1 };

    /// <summary>It is known how many held records a full read did not see.</summary>
    public void Missing(long count) => Run = Run! with { Missing = count };

    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
