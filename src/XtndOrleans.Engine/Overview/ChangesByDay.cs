namespace XtndOrleans.Engine.Overview;

/// <summary>Records that changed on a day: of the runs that ended on it, and on the last day of those under way.</summary>
/// <param name="Date">The day on the wall clock of the zone.</param>
/// <param name="Inserted">Records that were new.</param>
/// <param name="Updated">Records that had changed.</param>
/// <param name="Deleted">Records that were gone from the store.</param>
public sealed record DayOfChanges(DateOnly Date, long Inserted, long Updated, long Deleted)
{
    /// <summary>All of them.</summary>
    public long Total => Inserted + Updated + Deleted;
}

/// <summary>What changed in the last days.</summary>
/// <param name="Zone">Whose days, IANA name.</param>
/// <param name="Days">Every day of them, the oldest first.</param>
/// <param name="LastDay">Changes in the last 24 hours.</param>
/// <param name="IsAtLeast">Whether a day had more runs than are counted, so that its numbers are the least there were.</param>
public sealed record ChangesByDay(string Zone, IReadOnlyList<DayOfChanges> Days, long LastDay, bool IsAtLeast);
