using XtndOrleans.Engine.Syncs;

namespace XtndOrleans.Server.Syncs;

/// <summary>A run as a bar.</summary>
/// <param name="Run">The run.</param>
/// <param name="Height">Of the bar, in units of the drawing.</param>
internal sealed record RunBar(RunView Run, int Height);

/// <summary>The last runs as bars. Pure.</summary>
internal static class RunBars
{
    /// <summary>How many runs are shown.</summary>
    public const int Most = 20;

    /// <summary>The height of the run with the most changes.</summary>
    public const int Highest = 28;

    /// <summary>The height of a run that changed nothing: it is still seen.</summary>
    public const int Lowest = 2;

    /// <summary>Records that were new, changed or gone.</summary>
    public static long Changed(RunView run) => run.Inserted + run.Updated + run.Deleted;

    /// <summary>
    /// Oldest first. Heights grow with the square root of what changed: a first read brings thousands of records where a usual run brings three, and both are seen.
    /// </summary>
    /// <param name="newestFirst">The runs; only the newest are shown.</param>
    public static IReadOnlyList<RunBar> Of(IReadOnlyList<RunView> newestFirst)
    {
        var shown = newestFirst.Take(Most).Reverse().ToList();
        var most = shown.Select(Changed).DefaultIfEmpty(0).Max();
        return [.. shown.Select(run => new RunBar(run, Height(Changed(run), most)))];
    }

    static int Height(long changed, long most) => changed == 0 ? Lowest : Math.Max(Lowest + 1, (int)Math.Round(Highest * Math.Sqrt((double)changed / most)));
}
