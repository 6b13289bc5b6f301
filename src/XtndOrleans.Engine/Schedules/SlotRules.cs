namespace XtndOrleans.Engine.Schedules;

/// <summary>What became of due slots. Pure.</summary>
internal static class SlotRules
{
    /// <summary>A start within this of its due time is on time. Reminders tick within seconds; a cluster that lost a silo needs up to half a minute.</summary>
    public static readonly TimeSpan OnTime = TimeSpan.FromMinutes(1);

    /// <summary>Several missed slots, or one that is late, are caught up by one run.</summary>
    public static string Trigger(IReadOnlyList<DateTimeOffset> due, DateTimeOffset now) =>
        due.Count > 1 || now - due[^1] > OnTime ? "catch_up" : "schedule";

    /// <summary>Slots of which the newest was answered by a run.</summary>
    /// <param name="due">The due slots, oldest first, at least one.</param>
    /// <param name="now">The time of the decision.</param>
    /// <param name="run">The run.</param>
    /// <param name="wasRunning">Whether the run was under way before the slot was due, for another reason.</param>
    public static IReadOnlyList<DecidedSlot> Answered(IReadOnlyList<DateTimeOffset> due, DateTimeOffset now, Guid run, bool wasRunning) =>
        [.. due.Select((slot, i) => new DecidedSlot(slot, Outcome(i == due.Count - 1, now - slot, wasRunning), run, Delay(slot, now)))];

    /// <summary>Slots that were due while the connection was paused or not verified.</summary>
    public static IReadOnlyList<DecidedSlot> Paused(IReadOnlyList<DateTimeOffset> due, DateTimeOffset now) =>
        [.. due.Select(slot => new DecidedSlot(slot, "skipped_paused", null, Delay(slot, now)))];

    static string Outcome(bool newest, TimeSpan delay, bool wasRunning) =>
        !newest ? "caught_up" : wasRunning ? "skipped_running" : delay > OnTime ? "late" : "ran";

    static int Delay(DateTimeOffset slot, DateTimeOffset now) => (int)Math.Max(0, (now - slot).TotalSeconds);
}
