using System.Globalization;
using XtndOrleans.Engine.Schedules;
using XtndOrleans.Server.Pages.Shared;
using static XtndOrleans.Server.Pages.Language.Language;

namespace XtndOrleans.Server.Syncs;

/// <summary>The texts of due slots.</summary>
internal static class SlotTexts
{
    public static string None => Say("No run was due yet", "Ingen körning har varit planerad ännu");

    /// <summary>In the last 3 days: 70 ran, 1 late.</summary>
    public static string Summary(SlotWeek week) => week.Outcomes.Count == 0
        ? Say($"No run was due in the last {week.Days.Count} days", $"Ingen körning var planerad de senaste {week.Days.Count} dagarna")
        : $"{LastDays(week)} {string.Join(", ", week.Outcomes.Select(one => Counted(one.Outcome, one.Count)))}";

    public static string LastDays(SlotWeek week) => Say($"In the last {week.Days.Count} days:", $"De senaste {week.Days.Count} dagarna:");

    /// <summary>70 ran.</summary>
    public static string Counted(string outcome, int count) => outcome switch
    {
        "ran" => Count(count, ("ran", "ran"), ("kördes", "kördes")),
        "late" => Count(count, ("late", "late"), ("sen", "sena")),
        "caught_up" => Count(count, ("caught up", "caught up"), ("togs ikapp", "togs ikapp")),
        "skipped_running" => Count(count, ("skipped: still running", "skipped: still running"), ("överhoppad: pågick redan", "överhoppade: pågick redan")),
        "skipped_paused" => Count(count, ("skipped: paused", "skipped: paused"), ("överhoppad: pausad", "överhoppade: pausad")),
        _ => $"{count:N0} {outcome}",
    };

    /// <summary>One slot, for whoever points at it.</summary>
    public static string Of(SlotView slot, string zone)
    {
        var told = $"{Times.Local(slot.DueAt, zone)}: {StateTexts.Of(slot.Outcome)}";
        var delay = RunTexts.Duration(TimeSpan.FromSeconds(slot.DelaySeconds));
        return slot.Outcome is "late" or "caught_up" ? Say($"{told}, {delay} after it was due", $"{told}, {delay} efter planerad tid") : told;
    }

    /// <summary>Mon 23.</summary>
    public static string Day(DateOnly day) => day.ToString("ddd d", CultureInfo.CurrentCulture);
}
