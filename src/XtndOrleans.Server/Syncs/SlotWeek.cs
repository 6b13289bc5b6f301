using XtndOrleans.Engine.Schedules;
using XtndOrleans.Server.Pages.Shared;

namespace XtndOrleans.Server.Syncs;

/// <summary>The due slots of one day of the wall clock, oldest first.</summary>
internal sealed record SlotDay(DateOnly Day, IReadOnlyList<SlotView> Slots);

/// <summary>What became of the due slots of the last days. Pure.</summary>
/// <param name="Days">The days, oldest first, those without a slot too.</param>
/// <param name="Outcomes">How many slots of each outcome, in a fixed order, without those that did not occur.</param>
internal sealed record SlotWeek(IReadOnlyList<SlotDay> Days, IReadOnlyList<(string Outcome, int Count)> Outcomes)
{
    /// <summary>Slots to ask for: a week of an hourly schedule, and the hour that a week may have more.</summary>
    public const int Asked = 7 * 24 + 1;

    const int Long = 7;
    const int Short = 3;
    const int MostOfLong = Long * 6;

    static readonly string[] Order = ["ran", "late", "caught_up", "skipped_running", "skipped_paused"];

    /// <summary>A week; three days where a week would be more marks than a glance takes in.</summary>
    public static SlotWeek Of(IReadOnlyList<SlotView> newestFirst, string zone, DateTimeOffset now)
    {
        var byDay = newestFirst.Reverse().ToLookup(slot => Times.Day(slot.DueAt, zone));
        var today = Times.Day(now, zone);
        var week = Last(Long);
        var days = week.Sum(day => day.Slots.Count) > MostOfLong ? Last(Short) : week;
        var counts = days.SelectMany(day => day.Slots).CountBy(slot => slot.Outcome).ToDictionary();
        return new(days, [.. Order.Where(counts.ContainsKey).Select(outcome => (outcome, counts[outcome]))]);

        List<SlotDay> Last(int count) =>
            [.. Enumerable.Range(1 - count, count).Select(today.AddDays).Select(day => new SlotDay(day, [.. byDay[day]]))];
    }
}
