using XtndOrleans.Engine;
using XtndOrleans.Engine.Schedules;

namespace XtndOrleans.Tests.Schedules;

/// <summary>What the dialog shows while somebody types.</summary>
public sealed class SchedulePreviewTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 27, 12, 0, 0, TimeSpan.Zero);
    static readonly ScheduleDraft Daily = new("daily", true, "2017-02-27", "02:30", null);

    [Fact]
    public void The_next_ten_runs_are_those_that_the_schedule_will_have()
    {
        var preview = SchedulePreview.Of(Daily, "Europe/Stockholm", Now);
        Assert.Empty(preview.Errors);
        Assert.Equal(ScheduleRules.NextRuns(new(Frequency.Daily, new(2017, 2, 27), new(2, 30), "Europe/Stockholm"), Now, 10), preview.Runs);
        Assert.Equal(10, preview.Runs.Count);
    }

    [Fact]
    public void A_time_that_the_zone_skips_says_what_it_was_moved_from_and_others_do_not()
    {
        var preview = SchedulePreview.Of(Daily, "Europe/Stockholm", Now);
        Assert.Equal(new DateTime(2026, 3, 29, 2, 30, 0), preview.Runs[1].MovedFrom);
        Assert.Equal(new DateTime(2026, 3, 29, 3, 0, 0), preview.Runs[1].Local);
        Assert.All(preview.Runs.Where((_, at) => at != 1), run => Assert.Null(run.MovedFrom));
    }

    [Fact]
    public void One_that_is_inactive_tells_when_it_would_run() =>
        Assert.Equal(10, SchedulePreview.Of(Daily with { Active = false }, "UTC", Now).Runs.Count);

    [Fact]
    public void A_zone_of_its_own_goes_before_the_connections() =>
        Assert.Equal(SchedulePreview.Of(Daily, "Asia/Tokyo", Now).Runs, SchedulePreview.Of(Daily with { TimeZone = "Asia/Tokyo" }, "UTC", Now).Runs);

    [Fact]
    public void All_that_is_wrong_is_told_at_once_and_no_run_is_promised()
    {
        var preview = SchedulePreview.Of(new("sometimes", true, "", "25:00", "Mars/Olympus") { Sweep = "hourly" }, "UTC", Now);
        Assert.Empty(preview.Runs);
        Assert.Equal(["frequency", "startDate", "sweep", "timeOfDay", "timeZone"], preview.Errors.Keys.Order());
    }

    [Theory]
    [InlineData("2026-11-23 08:05", "Europe/Stockholm", "2026-11-23T07:05Z")]
    [InlineData("2026-03-29 02:30", "Europe/Stockholm", "2026-03-29T01:00Z")]
    [InlineData("2026-10-25 02:30", "Europe/Stockholm", "2026-10-25T00:30Z")]
    [InlineData("2026-11-23 08:05", "UTC", "2026-11-23T08:05Z")]
    [InlineData("2026-11-23 08:05", "Nowhere", null)]
    public void A_time_typed_on_the_wall_clock_is_one_instant(string wall, string zone, string? instant) =>
        Assert.Equal(instant is null ? null : DateTimeOffset.Parse(instant), ZoneTimes.Instant(DateTime.Parse(wall), zone));

    [Fact]
    public void Every_zone_of_the_list_can_be_used()
    {
        Assert.Contains("Europe/Stockholm", ZoneTimes.Names);
        Assert.Contains("UTC", ZoneTimes.Names);
        Assert.All(ZoneTimes.Names, name => Assert.True(ScheduleRules.TryReadZone(name, out _, out _), name));
    }
}
