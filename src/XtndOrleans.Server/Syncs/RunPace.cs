using XtndOrleans.Engine.Syncs;

namespace XtndOrleans.Server.Syncs;

/// <summary>How fast a run is and how long it took. Pure.</summary>
internal static class RunPace
{
    /// <summary>Since it began to read, until its end or now; null while it is queued.</summary>
    public static TimeSpan? Elapsed(RunView run, DateTimeOffset now) => run.StartedAt is { } started ? Later((run.FinishedAt ?? now) - started) : null;

    /// <summary>
    /// Records a second from the beginning until now, waiting included: what the time left is reckoned with, so that the two agree. Null before the first second.
    /// </summary>
    public static double? PerSecond(RunView run, DateTimeOffset now) => run.Seen > 0 && Elapsed(run, now) is { TotalSeconds: >= 1 } elapsed ? run.Seen / elapsed.TotalSeconds : null;

    /// <summary>Whether all was read and the run does what comes after.</summary>
    public static bool IsReckoning(RunView run) => run is { State: "running", Total: { } total } && run.Seen >= total && run.Pages > 0;

    // The clocks of two servers differ by a little.
    static TimeSpan Later(TimeSpan span) => span < TimeSpan.Zero ? TimeSpan.Zero : span;
}
