using CsCheck;
using XtndOrleans.Engine.Schedules;

namespace XtndOrleans.Tests.Schedules;

/// <summary>What holds for every schedule in every zone of the machine.</summary>
public sealed class ScheduleRulesProperties
{
    static readonly string[] Hard = ["Europe/Stockholm", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu", "Africa/Casablanca", "Antarctica/Troll", "America/Havana", "America/Nuuk", "Africa/Cairo", "America/Sao_Paulo", "Pacific/Chatham"];

    static readonly string[] All = [.. TimeZoneInfo.GetSystemTimeZones().Select(z => z.Id).Where(id => ScheduleRules.TryReadZone(id, out _, out _))];

    static readonly Gen<Schedule> Schedules = Gen.Select(
        Gen.Enum<Frequency>(),
        Gen.Int[new DateOnly(2000, 1, 1).DayNumber, new DateOnly(2034, 1, 1).DayNumber],
        Gen.Int[0, 1439],
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 9999], (kind, i) => kind == 0 ? All[i % All.Length] : Hard[i % Hard.Length]),
        (frequency, day, minute, zone) => new Schedule(frequency, DateOnly.FromDayNumber(day), TimeOnly.MinValue.AddMinutes(minute), zone));

    static readonly Gen<DateTimeOffset> Instants = Gen.Long[
        DateTimeOffset.Parse("2005-01-01T00:00Z").ToUnixTimeSeconds(), DateTimeOffset.Parse("2036-01-01T00:00Z").ToUnixTimeSeconds()].Select(DateTimeOffset.FromUnixTimeSeconds);

    [Fact]
    public void Next_lies_after_and_rises() => Gen.Select(Schedules, Instants).Sample((schedule, after) =>
    {
        var at = after;
        foreach (var run in ScheduleRules.NextRuns(schedule, after, 40))
        {
            Assert.True(run.At > at);
            Assert.Equal(run.At, ScheduleRules.Next(schedule, at));
            at = run.At;
        }
    });

    [Fact]
    public void Next_skips_nothing() => Gen.Select(Schedules, Instants, Gen.Double.Unit).Sample((schedule, after, part) =>
    {
        var next = ScheduleRules.Next(schedule, after);
        var between = after + ((next - after) * part);
        Assert.Equal(between < next ? next : ScheduleRules.Next(schedule, next), ScheduleRules.Next(schedule, between));
        Assert.Equal(next, ScheduleRules.Next(schedule, next.AddTicks(-1)));
    });

    [Fact]
    public void The_moment_of_the_question_does_not_matter() => Gen.Select(Schedules, Instants, Gen.Int[1, 400]).Sample((schedule, after, hours) =>
    {
        var late = after.AddHours(hours);
        var fromEarly = ScheduleRules.Between(schedule, after, late.AddDays(30)).Where(at => at > late);
        Assert.Equal(ScheduleRules.Between(schedule, late, late.AddDays(30)), fromEarly);
    });

    [Fact]
    public void Between_is_Next_again_and_again() => Gen.Select(Schedules, Instants).Sample((schedule, from) =>
    {
        var to = from.AddDays(9);
        var expected = new List<DateTimeOffset>();
        for (var at = ScheduleRules.Next(schedule, from); at <= to; at = ScheduleRules.Next(schedule, at))
        {
            expected.Add(at);
        }

        Assert.Equal(expected, ScheduleRules.Between(schedule, from, to));
    });

    [Fact]
    public void The_wall_clock_shows_the_time_asked_for_unless_a_note_says_why() => Gen.Select(Schedules, Instants).Sample((schedule, after) =>
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(schedule.TimeZone);
        var local = new HashSet<DateOnly>();
        foreach (var run in ScheduleRules.NextRuns(schedule, after, 60))
        {
            Assert.Equal(TimeZoneInfo.ConvertTime(run.At, zone).DateTime, run.Local);
            Assert.True(DateOnly.FromDateTime(run.Local) >= schedule.StartDate);
            Assert.True(run.Note?.StartsWith("moved") is true || run.Local.Minute == schedule.TimeOfDay.Minute);
            if (schedule.Frequency is not Frequency.Hourly)
            {
                Assert.True(run.Note?.StartsWith("moved") is true || TimeOnly.FromDateTime(run.Local) == schedule.TimeOfDay);
                Assert.True(local.Add(Date(run)));
                Assert.True(schedule.Frequency is Frequency.Daily || Date(run).DayOfWeek == schedule.StartDate.DayOfWeek);
            }
        }
    });

    [Fact]
    public void An_hour_lies_between_hourly_runs_wherever_clocks_change_by_whole_hours() => Gen.Select(Schedules, Instants).Sample((schedule, after) =>
    {
        var hourly = schedule with { Frequency = Frequency.Hourly };
        if (hourly.TimeZone is "Australia/Lord_Howe" or "Australia/LHI")
        {
            return;
        }

        var runs = ScheduleRules.NextRuns(hourly, DateTimeOffset.Parse("2019-01-01T00:00Z") + ((after - DateTimeOffset.UnixEpoch) / 5), 30);
        Assert.All(runs.Zip(runs.Skip(1)), pair => Assert.Equal(TimeSpan.FromHours(1), pair.Second.At - pair.First.At));
    });

    [Fact]
    public void Every_date_has_its_daily_slot_but_those_that_never_were() => Gen.Select(Schedules, Instants).Sample((schedule, after) =>
    {
        var daily = schedule with { Frequency = Frequency.Daily };
        var runs = ScheduleRules.NextRuns(daily, after, 400);
        Assert.All(runs.Zip(runs.Skip(1)), pair =>
        {
            var days = Date(pair.Second).DayNumber - Date(pair.First).DayNumber;
            Assert.True(days == 1 || SkippedDay(daily.TimeZone, Date(pair.First).AddDays(1)), $"{daily} {pair}");
        });
    });

    // The dates that zones of the Pacific never had.
    static bool SkippedDay(string zone, DateOnly date) => date == new DateOnly(2011, 12, 30) && zone is "Pacific/Apia" or "Pacific/Fakaofo" or "Pacific/Samoa";

    // The date that asks for it: a gap over midnight (Nuuk) moves the last slot of a date into the next.
    static DateOnly Date(Occurrence run) => DateOnly.FromDateTime(run.MovedFrom ?? run.Local);
}
