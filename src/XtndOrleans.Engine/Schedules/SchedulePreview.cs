namespace XtndOrleans.Engine.Schedules;

/// <summary>What a schedule that somebody is typing would do. Nothing is saved.</summary>
/// <param name="Runs">Its next runs; of an inactive one those that it would have once active. None while something is wrong.</param>
/// <param name="Errors">Per field of the draft, by its JSON name, what is wrong with it.</param>
public sealed record SchedulePreview(IReadOnlyList<Occurrence> Runs, IReadOnlyDictionary<string, string[]> Errors)
{
    const int RunsAhead = 10;

    /// <summary>Checks a draft as its save will.</summary>
    /// <param name="draft">What was typed.</param>
    /// <param name="zone">IANA name: the connection's, for a draft without one.</param>
    /// <param name="now">The runs after this.</param>
    public static SchedulePreview Of(ScheduleDraft draft, string zone, DateTimeOffset now)
    {
        try
        {
            var schedule = ScheduleDraftRules.Check(draft, new(now, zone, "")).Schedule;
            return new(ScheduleRules.NextRuns(schedule, now, RunsAhead), new Dictionary<string, string[]>());
        }
        catch (ProblemException wrong)
        {
            return new([], wrong.Errors);
        }
    }
}
