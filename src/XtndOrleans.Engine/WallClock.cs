namespace XtndOrleans.Engine;

/// <summary>
/// The wall clock of a zone. Asks <see cref="TimeZoneInfo"/> only for the offset at an instant: its answers for skipped and repeated wall times know
/// nothing of zones that change their standard time (Apia skipped the whole of 2011-12-30).
/// </summary>
internal readonly struct WallClock(TimeZoneInfo zone)
{
    // A wall time and its instant are less than a day apart, and no zone changes its offset twice in two days.
    static readonly TimeSpan Around = TimeSpan.FromHours(24);

    /// <summary>What the clock on the wall shows.</summary>
    public DateTime At(DateTimeOffset instant) => DateTime.SpecifyKind(instant.UtcDateTime + Offset(instant.UtcDateTime), DateTimeKind.Unspecified);

    /// <summary>When the clock on the wall shows a time: once, twice (clocks go back) or never (clocks go forward).</summary>
    public WallTime Find(DateTime wall)
    {
        var utc = DateTime.SpecifyKind(wall, DateTimeKind.Utc);
        var before = Offset(utc - Around);
        var after = Offset(utc + Around);
        DateTime? first = Shows(utc - before, wall) ? utc - before : null;
        DateTime? second = after != before && Shows(utc - after, wall) ? utc - after : null;
        if (first is null && second is null)
        {
            var change = Change(utc - Around, utc + Around, before);
            return new(null, null, Instant(change), after - before);
        }

        return first is null ? new(Instant(second), null, null, default) : new(Instant(first), Instant(second), null, after - before);
    }

    static DateTimeOffset? Instant(DateTime? utc) => utc is { } value ? new DateTimeOffset(value) : null;

    bool Shows(DateTime utc, DateTime wall) => utc + Offset(utc) == wall;

    TimeSpan Offset(DateTime utc) => zone.GetUtcOffset(utc);

    // The first whole minute of the new offset.
    DateTime Change(DateTime from, DateTime to, TimeSpan before)
    {
        var (low, high) = (0, (int)(to - from).TotalMinutes);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = Offset(from.AddMinutes(middle)) == before ? (middle, high) : (low, middle);
        }

        return from.AddMinutes(high);
    }
}

/// <summary>When a wall time comes.</summary>
/// <param name="First">The first time; null when the zone skips it.</param>
/// <param name="Second">The second time, when clocks go back over it.</param>
/// <param name="AfterGap">The first minute after the gap, when the zone skips it.</param>
/// <param name="Shift">By how much the clocks change, when it is skipped or repeated.</param>
internal readonly record struct WallTime(DateTimeOffset? First, DateTimeOffset? Second, DateTimeOffset? AfterGap, TimeSpan Shift)
{
    /// <summary>Whether the clocks change by whole hours, so that the minute of the hour goes on as if nothing had happened.</summary>
    public bool ShiftsWholeHours => Shift.Ticks % TimeSpan.TicksPerHour == 0;
}
