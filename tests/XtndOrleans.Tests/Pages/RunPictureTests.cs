using System.Globalization;
using XtndOrleans.Engine.Schedules;
using XtndOrleans.Engine.Syncs;
using XtndOrleans.Server.Pages.Language;
using XtndOrleans.Server.Syncs;

namespace XtndOrleans.Tests.Pages;

/// <summary>How runs and slots become small pictures and words.</summary>
public sealed class RunPictureTests
{
    static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 30, 0, TimeSpan.Zero);

    [Fact]
    public void Bars_grow_with_the_root_of_what_changed_and_the_newest_is_last()
    {
        var bars = RunBars.Of([Run(inserted: 1), Run(), Run(updated: 2500), Run(deleted: 10_000)]);
        Assert.Equal([28, 14, RunBars.Lowest, RunBars.Lowest + 1], bars.Select(bar => bar.Height));
    }

    [Fact]
    public void No_more_bars_than_there_is_room_for_and_none_of_nothing()
    {
        Assert.Empty(RunBars.Of([]));
        var bars = RunBars.Of([.. Enumerable.Range(1, 30).Select(changed => Run(inserted: changed))]);
        Assert.Equal(RunBars.Most, bars.Count);
        Assert.Equal((20, 1), (bars[0].Run.Inserted, bars[^1].Run.Inserted));
    }

    [Fact]
    public void The_speed_counts_from_the_beginning_and_says_nothing_too_early()
    {
        var run = Run() with { State = "running", FinishedAt = null, StartedAt = Now, Seen = 500 };
        Assert.Null(RunPace.PerSecond(run, Now.AddMilliseconds(300)));
        Assert.Equal(50, RunPace.PerSecond(run, Now.AddSeconds(10)));
        Assert.Null(RunPace.Elapsed(run with { StartedAt = null }, Now));
        Assert.Equal(TimeSpan.Zero, RunPace.Elapsed(run, Now.AddSeconds(-2)));
    }

    [Fact]
    public void A_week_of_daily_slots_is_a_week_and_of_hourly_ones_three_days_of_the_wall_clock()
    {
        var daily = Week(Slots(TimeSpan.FromDays(1), 10));
        Assert.Equal((7, new DateOnly(2026, 11, 17), new DateOnly(2026, 11, 23)), (daily.Days.Count, daily.Days[0].Day, daily.Days[^1].Day));
        Assert.All(daily.Days, day => Assert.Single(day.Slots));

        var hourly = Week(Slots(TimeSpan.FromHours(1), SlotWeek.Asked));
        // Stockholm is an hour ahead: the day began at 23:00 UTC.
        Assert.Equal([24, 24, 10], hourly.Days.Select(day => day.Slots.Count));
        Assert.Equal(Now.AddMinutes(-30).AddHours(-9), hourly.Days[^1].Slots[0].DueAt);
    }

    [Fact]
    public void What_became_of_slots_is_said_in_words()
    {
        var slots = Slots(TimeSpan.FromDays(1), 5);
        slots[1] = slots[1] with { Outcome = "late", DelaySeconds = 185 };
        slots[3] = slots[3] with { Outcome = "caught_up" };
        Assert.Equal("In the last 7 days: 3 ran, 1 late, 1 caught up", In(Cultures.English, () => SlotTexts.Summary(Week(slots))));
        Assert.Equal("De senaste 7 dagarna: 3 kördes, 1 sen, 1 togs ikapp", In(Cultures.Swedish, () => SlotTexts.Summary(Week(slots))));
        Assert.Equal("22 Nov 2026 09:00: Late, 3 min 5 s after it was due", In(Cultures.English, () => SlotTexts.Of(slots[1], "Europe/Stockholm")));
        Assert.Equal("No run was due in the last 7 days", In(Cultures.English, () => SlotTexts.Summary(Week([slots[0] with { DueAt = Now.AddDays(-20) }]))));
    }

    [Theory]
    [InlineData(0.4, "less than 1 s")]
    [InlineData(59.9, "59 s")]
    [InlineData(60, "1 min")]
    [InlineData(185, "3 min 5 s")]
    [InlineData(3720, "1 h 2 min")]
    [InlineData(180_000, "2 d 2 h")]
    [InlineData(-3, "less than 1 s")]
    public void A_span_is_said_in_its_two_largest_units(double seconds, string said) =>
        Assert.Equal(said, In(Cultures.English, () => RunTexts.Duration(TimeSpan.FromSeconds(seconds))));

    [Fact]
    public void What_a_run_did_names_the_kinds_that_occurred()
    {
        Assert.Equal("1 new, 2 changed, 3 in quarantine", In(Cultures.English, () => string.Join(", ", RunTexts.Did(Run(inserted: 1, updated: 2) with { Quarantined = 3 }))));
        Assert.Equal("Inget hade ändrats", In(Cultures.Swedish, () => string.Join(", ", RunTexts.Did(Run()))));
        Assert.Empty(RunTexts.Did(Run() with { State = "failed" }));
    }

    [Fact]
    public void A_failure_is_said_in_Swedish_by_its_code_and_without_the_words_of_the_API()
    {
        var error = new RunError("mass_deletion_suspected", "The store no longer shows 80 of 100 records.", "Start a run with {\"confirmDeletions\": true}.");
        Assert.DoesNotContain("{", In(Cultures.English, () => RunTroubleTexts.Cure(error)));
        Assert.Contains("bekräfta borttagningarna", In(Cultures.Swedish, () => RunTroubleTexts.Cure(error)));
        Assert.Equal("An own code.", In(Cultures.Swedish, () => RunTroubleTexts.Message("one_of_its_own", "An own code.")));
    }

    static SlotWeek Week(IReadOnlyList<SlotView> slots) => SlotWeek.Of(slots, "Europe/Stockholm", Now);

    static List<SlotView> Slots(TimeSpan every, int count) => [.. Enumerable.Range(0, count).Select(i => new SlotView(Now.AddMinutes(-30) - i * every, "ran", null, 0))];

    static RunView Run(long inserted = 0, long updated = 0, long deleted = 0) => new()
    {
        Id = Guid.NewGuid().ToString("N"),
        ConnectionId = "",
        Entity = "product",
        Mode = "full",
        Trigger = "manual",
        State = "succeeded",
        StartedAt = Now,
        FinishedAt = Now.AddSeconds(3),
        Inserted = inserted,
        Updated = updated,
        Deleted = deleted,
    };

    static T In<T>(CultureInfo culture, Func<T> say)
    {
        var (before, beforeUi) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
        try
        {
            return say();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (before, beforeUi);
        }
    }
}
