using System.Globalization;
using XtndOrleans.Engine;
using XtndOrleans.Engine.Schedules;

namespace XtndOrleans.Tests.Schedules;

/// <summary>The calendar, told by example: a zone, a schedule, an instant, and the wall clock of the runs that follow.</summary>
public sealed class ScheduleRulesFacts
{
    [Theory]
    // An ordinary day, and the days around both changes of the clocks.
    [InlineData("Europe/Stockholm", "daily 2017-02-27 08:05", "2026-11-23T08:00Z", "2026-11-24 08:05=07:05Z, 2026-11-25 08:05=07:05Z")]
    [InlineData("Europe/Stockholm", "daily 2017-02-27 02:30", "2026-03-28T00:00Z", "2026-03-28 02:30=01:30Z, 2026-03-29 03:00=01:00Z moved 02:30 to 03:00, clocks change, 2026-03-30 02:30=00:30Z")]
    [InlineData("Europe/Stockholm", "daily 2017-02-27 02:30", "2026-10-24T01:00Z", "2026-10-25 02:30=00:30Z 02:30 comes twice, clocks change; runs at the first, 2026-10-26 02:30=01:30Z")]
    [InlineData("America/New_York", "daily 2020-01-01 02:30", "2027-03-14T00:00Z", "2027-03-14 03:00=07:00Z moved 02:30 to 03:00, clocks change, 2027-03-15 02:30=06:30Z")]
    [InlineData("America/New_York", "daily 2020-01-01 01:30", "2026-11-01T00:00Z", "2026-11-01 01:30=05:30Z 01:30 comes twice, clocks change; runs at the first, 2026-11-02 01:30=06:30Z")]
    // Half an hour forward, half an hour back.
    [InlineData("Australia/Lord_Howe", "daily 2020-01-01 02:15", "2026-10-03T00:00Z", "2026-10-04 02:30=15:30Z moved 02:15 to 02:30, clocks change, 2026-10-05 02:15=15:15Z")]
    [InlineData("Australia/Lord_Howe", "daily 2020-01-01 01:45", "2026-04-04T00:00Z", "2026-04-05 01:45=14:45Z 01:45 comes twice, clocks change; runs at the first, 2026-04-06 01:45=15:15Z")]
    // Apia had no 30 December 2011.
    [InlineData("Pacific/Apia", "daily 2011-12-01 00:05", "2011-12-28T12:00Z", "2011-12-29 00:05=10:05Z, 2011-12-31 00:05=10:05Z, 2012-01-01 00:05=10:05Z")]
    [InlineData("Pacific/Apia", "weekly 2011-12-02 12:00", "2011-12-17T12:00Z", "2011-12-23 12:00=22:00Z, 2012-01-06 12:00=22:00Z")]
    [InlineData("Pacific/Apia", "hourly 2011-12-02 00:20", "2011-12-30T08:30Z", "2011-12-29 23:20=09:20Z, 2011-12-31 00:20=10:20Z no runs from 00:20 to 23:20: clocks go forward, 2011-12-31 01:20=11:20Z")]
    // Clocks that stand at a quarter past.
    [InlineData("Asia/Kathmandu", "hourly 2020-01-01 00:05", "2026-11-23T08:00Z", "2026-11-23 14:05=08:20Z, 2026-11-23 15:05=09:20Z")]
    [InlineData("Asia/Kathmandu", "daily 2020-01-01 00:00", "2026-11-23T08:00Z", "2026-11-24 00:00=18:15Z")]
    // Casablanca leaves summer time for Ramadan: 2026-02-15 to 2026-03-22.
    [InlineData("Africa/Casablanca", "daily 2020-01-01 02:30", "2026-02-14T12:00Z", "2026-02-15 02:30=01:30Z 02:30 comes twice, clocks change; runs at the first, 2026-02-16 02:30=02:30Z")]
    [InlineData("Africa/Casablanca", "daily 2020-01-01 02:30", "2026-03-21T12:00Z", "2026-03-22 03:00=02:00Z moved 02:30 to 03:00, clocks change, 2026-03-23 02:30=01:30Z")]
    // The last hour of Saturday is skipped; weekly too, and the day after keeps its own.
    [InlineData("America/Nuuk", "daily 2020-01-01 23:30", "2027-03-27T12:00Z", "2027-03-28 00:00=01:00Z moved 23:30 to 00:00, clocks change, 2027-03-28 23:30=00:30Z, 2027-03-29 23:30=00:30Z")]
    [InlineData("America/Nuuk", "weekly 2020-01-04 23:30", "2027-03-27T12:00Z", "2027-03-28 00:00=01:00Z moved 23:30 to 00:00, clocks change, 2027-04-03 23:30=00:30Z")]
    // Midnight itself is skipped.
    [InlineData("Africa/Cairo", "daily 2020-01-01 00:00", "2026-04-23T12:00Z", "2026-04-24 01:00=22:00Z moved 00:00 to 01:00, clocks change, 2026-04-25 00:00=21:00Z")]
    // Hourly: one hour between runs over a whole-hour change; each wall hour once over half an hour.
    [InlineData("Europe/Stockholm", "hourly 2017-02-27 08:05", "2026-03-28T23:30Z", "2026-03-29 01:05=00:05Z, 2026-03-29 03:05=01:05Z no run at 02:05: clocks go forward, 2026-03-29 04:05=02:05Z")]
    [InlineData("Europe/Stockholm", "hourly 2017-02-27 08:05", "2026-10-24T23:30Z", "2026-10-25 02:05=00:05Z, 2026-10-25 02:05=01:05Z again: clocks go back, 2026-10-25 03:05=02:05Z")]
    [InlineData("Australia/Lord_Howe", "hourly 2020-01-01 00:15", "2026-10-03T14:30Z", "2026-10-04 01:15=14:45Z, 2026-10-04 02:30=15:30Z moved 02:15 to 02:30, clocks change, 2026-10-04 03:15=16:15Z")]
    [InlineData("Australia/Lord_Howe", "hourly 2020-01-01 00:45", "2026-04-04T13:50Z", "2026-04-05 01:45=14:45Z 01:45 comes twice, clocks change; runs at the first, 2026-04-05 02:45=16:15Z, 2026-04-05 03:45=17:15Z")]
    // Troll changes by two hours.
    [InlineData("Antarctica/Troll", "hourly 2020-01-01 00:10", "2026-10-25T00:30Z", "2026-10-25 01:10=01:10Z again: clocks go back, 2026-10-25 02:10=02:10Z again: clocks go back, 2026-10-25 03:10=03:10Z")]
    [InlineData("Antarctica/Troll", "hourly 2020-01-01 00:10", "2026-03-29T00:30Z", "2026-03-29 03:10=01:10Z no runs from 01:10 to 02:10: clocks go forward, 2026-03-29 04:10=02:10Z")]
    // Weekly keeps the start date's weekday; a start date ahead is where it begins.
    [InlineData("UTC", "weekly 2017-02-27 08:05", "2026-11-23T08:05Z", "2026-11-30 08:05=08:05Z, 2026-12-07 08:05=08:05Z")]
    [InlineData("UTC", "weekly 2027-02-24 08:05", "2026-11-23T08:05Z", "2027-02-24 08:05=08:05Z, 2027-03-03 08:05=08:05Z")]
    [InlineData("UTC", "hourly 2027-02-24 08:05", "2026-11-23T08:05Z", "2027-02-24 08:05=08:05Z, 2027-02-24 09:05=09:05Z")]
    [InlineData("UTC", "daily 2026-11-23 08:05", "2026-11-23T08:04Z", "2026-11-23 08:05=08:05Z")]
    public void The_runs_that_follow(string zone, string schedule, string after, string expected)
    {
        var parts = schedule.Split(' ');
        var rule = new Schedule(Enum.Parse<Frequency>(parts[0], true), DateOnly.Parse(parts[1]), TimeOnly.Parse(parts[2]), zone);
        var runs = ScheduleRules.NextRuns(rule, DateTimeOffset.Parse(after), expected.Split(", 20").Length);
        Assert.Equal(expected, string.Join(", ", runs.Select(Text)));
    }

    [Fact]
    public void A_start_long_ago_costs_no_more_than_one_today()
    {
        var now = DateTimeOffset.Parse("2026-11-23T08:05Z");
        var (old, today) = (Starting(new(1, 1, 3)), Starting(new(2026, 11, 23)));
        Assert.Equal(ScheduleRules.Next(today, now), ScheduleRules.Next(old, now));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            ScheduleRules.Next(old, now);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000 * 2048);

        static Schedule Starting(DateOnly start) => new(Frequency.Daily, start, new(8, 5), "Europe/Stockholm");
    }

    [Fact]
    public void Missed_slots_are_bounded()
    {
        var hourly = new Schedule(Frequency.Hourly, new(2017, 2, 27), new(8, 5), "Europe/Stockholm");
        var to = DateTimeOffset.Parse("2026-11-23T08:05Z");
        Assert.Equal([to.AddHours(-1), to], ScheduleRules.Between(hourly, to.AddHours(-2), to));
        Assert.Equal(100, ScheduleRules.Between(hourly, to.AddYears(-9), to, max: 100).Count());
        Assert.Empty(ScheduleRules.Between(hourly, to, to));
    }

    [Theory]
    // As it was armed.
    [InlineData("daily 2020-01-01 08:05", "2026-11-23T07:05Z", "2026-11-23T07:06Z", "07:05")]
    // The zone's rules changed meanwhile: it was armed for an hour later, an hour earlier, half an hour later.
    [InlineData("daily 2020-01-01 08:05", "2026-11-23T08:05Z", "2026-11-23T08:06Z", "07:05")]
    [InlineData("daily 2020-01-01 08:05", "2026-11-23T06:05Z", "2026-11-23T06:06Z", "")]
    [InlineData("daily 2020-01-01 08:05", "2026-11-23T06:05Z", "2026-11-23T07:06Z", "07:05")]
    [InlineData("hourly 2020-01-01 08:05", "2026-11-23T08:35Z", "2026-11-23T08:36Z", "08:05")]
    [InlineData("hourly 2020-01-01 08:05", "2026-11-23T08:05Z", "2026-11-23T10:06Z", "08:05 09:05 10:05")]
    public void What_is_due_of_what_was_armed(string schedule, string armed, string now, string expected)
    {
        var parts = schedule.Split(' ');
        var rule = new Schedule(Enum.Parse<Frequency>(parts[0], true), DateOnly.Parse(parts[1]), TimeOnly.Parse(parts[2]), "Europe/Stockholm");
        var due = ScheduleRules.Due(rule, DateTimeOffset.Parse(armed), DateTimeOffset.Parse(now));
        Assert.Equal(expected, string.Join(' ', due.Select(at => at.UtcDateTime.ToString("HH:mm"))));
    }

    [Theory]
    [InlineData("UTC")]
    [InlineData("Europe/Stockholm")]
    [InlineData("America/Argentina/Buenos_Aires")]
    [InlineData("Etc/GMT+5")]
    public void An_IANA_name_is_a_zone(string name)
    {
        Assert.True(ScheduleRules.TryReadZone(name, out var zone, out var problem), problem);
        Assert.Equal(name, zone.Id);
    }

    [Theory]
    [InlineData(null, "IANA")]
    [InlineData(" ", "IANA")]
    [InlineData("W. Europe Standard Time", "Windows names are not known")]
    [InlineData("Eastern Standard Time", "Windows names are not known")]
    [InlineData("Europe/Atlantis", "Europe/Stockholm")]
    [InlineData("europe/stockholm", "Did you mean Europe/Stockholm?")]
    [InlineData("Europe/Stockholm ", "Did you mean Europe/Stockholm?")]
    [InlineData("Europe", "not a time zone")]
    [InlineData("../../../etc/passwd", "not a time zone")]
    [InlineData("/etc/localtime", "not a time zone")]
    [InlineData("posix/Europe/Stockholm", "not a time zone")]
    [InlineData("+02:00", "not a time zone")]
    public void Any_other_name_is_refused_in_words(string? name, string words)
    {
        Assert.False(ScheduleRules.TryReadZone(name, out _, out var problem));
        Assert.Contains(words, problem);
        var schedule = new Schedule(Frequency.Daily, new(2026, 1, 1), new(8, 5), name!);
        Assert.Equal("invalid_time_zone", Assert.Throws<ProblemException>(() => ScheduleRules.Next(schedule, default)).Code);
    }

    static string Text(Occurrence run) =>
        string.Create(CultureInfo.InvariantCulture, $"{run.Local:yyyy-MM-dd HH:mm}={run.At:HH:mm}Z{(run.Note is null ? "" : " " + run.Note)}");
}
