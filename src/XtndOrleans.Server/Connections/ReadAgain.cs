using System.Globalization;
using XtndOrleans.Engine;
using XtndOrleans.Engine.Records;
using XtndOrleans.Engine.Syncs;
using XtndOrleans.Server.Pages.Shared;

namespace XtndOrleans.Server.Connections;

/// <summary>Since when somebody wants an entity read again: a time on the wall clock of a zone, or where an earlier run left the cursor.</summary>
/// <param name="zone">IANA name: the connection's.</param>
/// <param name="now">The present time.</param>
internal sealed class ReadAgain(string zone, DateTimeOffset now)
{
    const string DateFormat = "yyyy-MM-dd";
    const string TimeFormat = "HH:mm";

    /// <summary>The run to go back to; empty for a time.</summary>
    public string Run { get; set; } = "";

    /// <summary>The date, 2026-11-23.</summary>
    public string Date { get; set; } = ZoneTimes.Wall(now.AddDays(-1), zone).ToString(DateFormat, CultureInfo.InvariantCulture);

    /// <summary>The time of day, 08:05.</summary>
    public string Time { get; set; } = "00:00";

    /// <summary>Where earlier runs left the cursor, newest first.</summary>
    public IReadOnlyList<CursorView> Cursors { get; set; } = [];

    /// <summary>What is wrong with the date, in the reader's language.</summary>
    public string? DateProblem => Run.Length > 0 ? null : ReadDate() is null ? EntityTexts.DateNeeded : Wanted > now ? EntityTexts.InTheFuture : null;

    /// <summary>What is wrong with the time of day.</summary>
    public string? TimeProblem => Run.Length > 0 || ReadTime() is not null ? null : EntityTexts.TimeNeeded;

    /// <summary>Since when; null while something is wrong.</summary>
    public DateTimeOffset? Since => Run.Length > 0 ? Cursors.FirstOrDefault(cursor => cursor.RunId == Run)?.Watermark : DateProblem is null && TimeProblem is null ? Wanted : null;

    /// <summary>The run that it asks for.</summary>
    public RunRequest Request => new("manual", "incremental", Since);

    /// <summary>What an earlier run is called.</summary>
    public string Label(CursorView cursor) => EntityTexts.SinceRun(Times.Local(cursor.Watermark ?? cursor.ClosedAt, zone), cursor.Mode == "full");

    DateTimeOffset? Wanted => ReadDate() is { } date && ReadTime() is { } time ? ZoneTimes.Instant(date.ToDateTime(time), zone) : null;

    DateOnly? ReadDate() => DateOnly.TryParseExact(Date, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    TimeOnly? ReadTime() => TimeOnly.TryParseExact(Time, [TimeFormat, "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}
