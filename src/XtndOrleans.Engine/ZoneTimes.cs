namespace XtndOrleans.Engine;

/// <summary>Times as people type them: on the wall clock of a zone.</summary>
public static class ZoneTimes
{
    static readonly Lazy<IReadOnlyList<string>> All = new(() =>
        [.. TimeZoneInfo.GetSystemTimeZones(skipSorting: true).Select(zone => zone.Id).Where(name => TimeZones.TryRead(name, out _, out _)).Append("UTC").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);

    /// <summary>The IANA names that this machine knows, in order. UTC alone where there is no time zone data.</summary>
    public static IReadOnlyList<string> Names => All.Value;

    /// <summary>The instant of a wall clock's time. One that comes twice is the first; one that the zone skips is the first minute after the gap.</summary>
    /// <param name="wall">What the clock on the wall shows.</param>
    /// <param name="zone">IANA name.</param>
    /// <returns>The instant in UTC, or null when there is no such zone.</returns>
    public static DateTimeOffset? Instant(DateTime wall, string? zone)
    {
        if (!TimeZones.TryRead(zone, out var known, out _))
        {
            return null;
        }

        var found = new WallClock(known).Find(DateTime.SpecifyKind(wall, DateTimeKind.Unspecified));
        return (found.First ?? found.AfterGap)?.ToUniversalTime();
    }

    /// <summary>What the clock on the wall shows; UTC's when there is no such zone.</summary>
    public static DateTime Wall(DateTimeOffset instant, string? zone) =>
        new WallClock(TimeZones.TryRead(zone, out var known, out _) ? known : TimeZoneInfo.Utc).At(instant);
}
