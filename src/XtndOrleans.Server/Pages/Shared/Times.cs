using System.Globalization;

namespace XtndOrleans.Server.Pages.Shared;

/// <summary>Moments as people read them.</summary>
internal static class Times
{
    /// <summary>The zone's wall clock: 23 Nov 2026 08:05.</summary>
    public static string Local(DateTimeOffset at, string zone) => At(at, zone).ToString("g", CultureInfo.CurrentCulture);

    /// <summary>The same with the zone: 23 Nov 2026 08:05 Europe/Stockholm.</summary>
    public static string WithZone(DateTimeOffset at, string zone) => $"{Local(at, zone)} {zone}";

    /// <summary>The zone's wall clock to the second: 08:05:30.</summary>
    public static string Clock(DateTimeOffset at, string zone) => At(at, zone).ToString("T", CultureInfo.CurrentCulture);

    /// <summary>The day on the zone's calendar.</summary>
    public static DateOnly Day(DateTimeOffset at, string zone) => DateOnly.FromDateTime(At(at, zone).DateTime);

    /// <summary>How long ago: 5 min ago.</summary>
    public static string Ago(DateTimeOffset at, DateTimeOffset now) => (now - at) switch
    {
        { TotalMinutes: < 1 } => StateTexts.JustNow,
        { TotalHours: < 1 } past => StateTexts.MinutesAgo((long)past.TotalMinutes),
        { TotalDays: < 2 } past => StateTexts.HoursAgo((long)past.TotalHours),
        var past => StateTexts.DaysAgo((long)past.TotalDays),
    };

    static DateTimeOffset At(DateTimeOffset at, string zone) => TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) ? TimeZoneInfo.ConvertTime(at, known) : at.ToUniversalTime();
}
