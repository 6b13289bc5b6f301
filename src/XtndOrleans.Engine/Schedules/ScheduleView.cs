namespace XtndOrleans.Engine.Schedules;

/// <summary>The schedule of one entity as people see it.</summary>
/// <param name="Entity">The entity.</param>
/// <param name="Frequency">How often.</param>
/// <param name="Active">Whether it runs at all.</param>
/// <param name="StartDate">The first day.</param>
/// <param name="TimeOfDay">The time of day; hourly uses its minute.</param>
/// <param name="TimeZone">IANA name.</param>
/// <param name="NextRunAt">The next due slot; null when inactive.</param>
/// <param name="NextRuns">The next ten; none when inactive.</param>
public sealed record ScheduleView(
    string Entity, Frequency Frequency, bool Active, DateOnly StartDate, TimeOnly TimeOfDay, string TimeZone, DateTimeOffset? NextRunAt,
    IReadOnlyList<Occurrence> NextRuns)
{
    /// <summary>Rises with each change; the ETag. 0 while nobody has set it.</summary>
    public required long Version { get; init; }

    /// <summary>How often the whole entity is read, to find what changes alone do not tell: nightly, weekly or off.</summary>
    public required string Sweep { get; init; }

    /// <summary>When it is read whole the next time; null when inactive, off, or before it was read whole for the first time.</summary>
    public DateTimeOffset? NextSweepAt { get; init; }
}

/// <summary>What became of one due slot.</summary>
/// <param name="DueAt">When it was due.</param>
/// <param name="Outcome">ran, late, skipped_running, caught_up or skipped_paused.</param>
/// <param name="RunId">The run that answered it.</param>
/// <param name="DelaySeconds">How long after it was due that was decided.</param>
public sealed record SlotView(DateTimeOffset DueAt, string Outcome, string? RunId, int DelaySeconds);
