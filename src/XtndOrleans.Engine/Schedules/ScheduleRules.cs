using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace XtndOrleans.Engine.Schedules;

/// <summary>
/// When a schedule is due: a function of the schedule and the zone, of nothing that happened (a run by hand does not move it).
/// </summary>
/// <remarks>
/// Daily and weekly: each local date has one slot. A time that the zone skips becomes the first minute after the gap, also when that is midnight (Nuuk);
/// a date that the zone skips whole (Apia, 2011-12-30) has no slot. A time that comes twice is due once, at the first.
/// Hourly: each hour at the wall clock's minute. When clocks change by whole hours the minute goes on unmoved: the repeated hour is due both times, the
/// skipped one not at all, so one hour always lies between two runs. When they change by a part of an hour (Lord Howe, 30 minutes) each wall hour is due
/// once: at the first of two, or at the first minute after the gap.
/// </remarks>
public static class ScheduleRules
{
    /// <summary>The last start date that makes sense to a calendar; later ones are typing errors.</summary>
    public static readonly DateOnly LatestStart = new(2999, 12, 31);

    /// <summary>No change of a zone's rules moves its clocks by more, but for those over the date line.</summary>
    static readonly TimeSpan RuleChange = TimeSpan.FromHours(3);

    static readonly TimeSpan WholeDay = TimeSpan.FromDays(1);

    /// <summary>The first slot after an instant. Takes the same time wherever the start date lies.</summary>
    /// <exception cref="ProblemException">The zone is unknown: <c>invalid_time_zone</c>.</exception>
    public static DateTimeOffset Next(Schedule schedule, DateTimeOffset after) => Find(schedule, Clock(schedule), after).At;

    /// <summary>The first slots after an instant, with a note on each that the clocks move.</summary>
    /// <exception cref="ProblemException">The zone is unknown: <c>invalid_time_zone</c>.</exception>
    public static IReadOnlyList<Occurrence> NextRuns(Schedule schedule, DateTimeOffset after, int count)
    {
        var clock = Clock(schedule);
        var runs = new List<Occurrence>(count);
        while (runs.Count < count)
        {
            runs.Add(Explain(schedule, clock, Find(schedule, clock, after)));
            after = runs[^1].At;
        }

        return runs;
    }

    /// <summary>The slots after <paramref name="from"/>, up to and with <paramref name="to"/>, the earliest <paramref name="max"/> of them.</summary>
    /// <exception cref="ProblemException">The zone is unknown: <c>invalid_time_zone</c>.</exception>
    public static IEnumerable<DateTimeOffset> Between(Schedule schedule, DateTimeOffset from, DateTimeOffset to, int max = 10_000)
    {
        var clock = Clock(schedule);
        return Walk();

        IEnumerable<DateTimeOffset> Walk()
        {
            for (var at = Find(schedule, clock, from).At; at <= to && max-- > 0; at = Find(schedule, clock, at).At)
            {
                yield return at;
            }
        }
    }

    /// <summary>The slots that are due now, of a schedule that was armed for an instant; the earliest <paramref name="max"/> of them.</summary>
    /// <remarks>When the zone's rules have changed since, that instant may be no slot any more. The one that now lies shortly before it is due then: it was not decided.</remarks>
    /// <exception cref="ProblemException">The zone is unknown: <c>invalid_time_zone</c>.</exception>
    public static IEnumerable<DateTimeOffset> Due(Schedule schedule, DateTimeOffset armed, DateTimeOffset now, int max = 10_000)
    {
        var from = armed.AddTicks(-1);
        return Next(schedule, from) != armed && Between(schedule, armed - RuleChange, armed).Select(at => (DateTimeOffset?)at).LastOrDefault() is { } moved
            ? Between(schedule, moved.AddTicks(-1), now, max)
            : Between(schedule, from, now, max);
    }

    /// <summary>Reads the IANA name of a time zone.</summary>
    /// <param name="name">What was typed.</param>
    /// <param name="zone">The zone.</param>
    /// <param name="problem">What is wrong and what to do, in words: an unknown or a Windows name, or a machine without time zone data.</param>
    public static bool TryReadZone(string? name, [NotNullWhen(true)] out TimeZoneInfo? zone, [NotNullWhen(false)] out string? problem) =>
        TimeZones.TryRead(name, out zone, out problem);

    static WallClock Clock(Schedule schedule) => TryReadZone(schedule.TimeZone, out var zone, out var problem)
        ? new(zone)
        : throw new ProblemException(ProblemKind.Invalid, "invalid_time_zone", problem) { Errors = { ["timeZone"] = [problem] } };

    static Occurrence Find(Schedule schedule, WallClock clock, DateTimeOffset after) => schedule.Frequency is Frequency.Hourly
        ? NextHourly(schedule, clock, after)
        : NextByDate(schedule, clock, after);

    static Occurrence NextByDate(Schedule schedule, WallClock clock, DateTimeOffset after)
    {
        var step = schedule.Frequency is Frequency.Weekly ? 7 : 1;
        var yesterday = DateOnly.FromDateTime(clock.At(after)).AddDays(-1);
        var late = Math.Max(0, yesterday.DayNumber - schedule.StartDate.DayNumber);
        var date = schedule.StartDate.AddDays((late + step - 1) / step * step);
        for (; ; date = date.AddDays(step))
        {
            if (OnDate(clock, date, Minute(schedule)) is { } slot && slot.At > after)
            {
                return slot;
            }
        }
    }

    static Occurrence? OnDate(WallClock clock, DateOnly date, TimeOnly time)
    {
        var wall = date.ToDateTime(time);
        var found = clock.Find(wall);
        return found.First is { } at
            ? new(at.ToUniversalTime(), wall, found.Second is null ? null : Twice(wall))
            : found.Shift < WholeDay ? Moved(clock, wall, found.AfterGap!.Value) : null;
    }

    static Occurrence NextHourly(Schedule schedule, WallClock clock, DateTimeOffset after)
    {
        after = NotBeforeStart(schedule, clock, after);
        var now = clock.At(after);
        var hour = now.Date.AddHours(now.Hour).AddMinutes(schedule.TimeOfDay.Minute);

        // Three hours back for a repeated hour, which is due again after a later one; two ahead, and more only over a skipped day.
        Occurrence? next = null;
        for (var step = -3; step <= 2 || next is null; step++)
        {
            foreach (var slot in InHour(clock, hour.AddHours(step)))
            {
                next = slot.At > after && (next is null || slot.At < next.At) ? slot : next;
            }
        }

        return next;
    }

    static IEnumerable<Occurrence> InHour(WallClock clock, DateTime wall)
    {
        var found = clock.Find(wall);
        if (found.First is { } first)
        {
            var once = found.Second is not null && !found.ShiftsWholeHours;
            yield return new(first, wall, once ? Twice(wall) : null);
            if (found.Second is { } second && !once)
            {
                yield return new(second, wall, "again: clocks go back") { IsAgain = true };
            }
        }
        else if (!found.ShiftsWholeHours && Moved(clock, wall, found.AfterGap!.Value) is var moved && moved.Local.Hour == wall.Hour)
        {
            yield return moved;
        }
    }

    // What is missing before a run is told on the run: hours that the clocks went over.
    static Occurrence Explain(Schedule schedule, WallClock clock, Occurrence run)
    {
        var first = run.Local;
        while (schedule.Frequency is Frequency.Hourly && run.Note is null && clock.Find(first.AddHours(-1)) is { First: null, ShiftsWholeHours: true })
        {
            first = first.AddHours(-1);
        }

        return first == run.Local ? run : run with { Note = Gone(first, run.Local.AddHours(-1)), Skipped = (first, run.Local.AddHours(-1)) };
    }

    // An hourly schedule begins with the start date's time of day; far behind us it no longer matters.
    static DateTimeOffset NotBeforeStart(Schedule schedule, WallClock clock, DateTimeOffset after)
    {
        if (schedule.StartDate.DayNumber < DateOnly.FromDateTime(after.UtcDateTime).DayNumber - 2)
        {
            return after;
        }

        var start = clock.Find(schedule.StartDate.ToDateTime(Minute(schedule)));
        var justBefore = (start.First ?? start.AfterGap!.Value).AddTicks(-1);
        return justBefore > after ? justBefore : after;
    }

    static TimeOnly Minute(Schedule schedule) => new(schedule.TimeOfDay.Hour, schedule.TimeOfDay.Minute);

    static Occurrence Moved(WallClock clock, DateTime wall, DateTimeOffset afterGap)
    {
        var local = clock.At(afterGap);
        return new(afterGap, local, string.Create(CultureInfo.InvariantCulture, $"moved {wall:HH:mm} to {local:HH:mm}, clocks change")) { MovedFrom = wall };
    }

    static string Gone(DateTime first, DateTime last) => first == last
        ? string.Create(CultureInfo.InvariantCulture, $"no run at {first:HH:mm}: clocks go forward")
        : string.Create(CultureInfo.InvariantCulture, $"no runs from {first:HH:mm} to {last:HH:mm}: clocks go forward");

    static string Twice(DateTime wall) => string.Create(CultureInfo.InvariantCulture, $"{wall:HH:mm} comes twice, clocks change; runs at the first");
}
