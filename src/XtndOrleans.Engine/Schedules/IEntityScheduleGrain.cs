namespace XtndOrleans.Engine.Schedules;

/// <summary>When one entity of a connection is due, and what became of each due slot. Key: <see cref="Connections.EntityId.ScheduleKey"/>.</summary>
[Alias("xtnd.entity-schedule")]
public interface IEntityScheduleGrain : IGrainWithStringKey
{
    /// <summary>Checks and saves the schedule and arms it. Throws <see cref="ProblemException"/> when the draft is wrong or stale.</summary>
    [Alias("Set")] Task Set(ScheduleDraft draft);

    /// <summary>Makes sure that the schedule is armed for its next slot, and decides slots that are overdue. Harmless at any time.</summary>
    [Alias("EnsureArmed")] Task EnsureArmed();

    /// <summary>Takes its reminder away for good.</summary>
    [Alias("Remove")] Task Remove();
}
