using XtndOrleans.Engine.Schedules;

namespace XtndOrleans.Tests.Engine;

public sealed class SlotRulesTests
{
    static readonly DateTimeOffset Due = new(2026, 11, 23, 7, 5, 0, TimeSpan.Zero);
    static readonly Guid Run = Guid.CreateVersion7();

    [Fact]
    public void A_slot_that_starts_within_a_minute_ran()
    {
        var slot = Assert.Single(SlotRules.Answered([Due], Due.AddSeconds(12), Run, wasRunning: false));
        Assert.Equal(new DecidedSlot(Due, "ran", Run, 12), slot);
        Assert.Equal("schedule", SlotRules.Trigger([Due], Due.AddSeconds(12)));
    }

    [Fact]
    public void A_slot_that_starts_later_is_late()
    {
        Assert.Equal("late", Assert.Single(SlotRules.Answered([Due], Due.AddMinutes(7), Run, wasRunning: false)).Outcome);
        Assert.Equal("catch_up", SlotRules.Trigger([Due], Due.AddMinutes(7)));
    }

    [Fact]
    public void Several_missed_slots_are_caught_up_by_one_run()
    {
        DateTimeOffset[] due = [Due, Due.AddHours(1), Due.AddHours(2)];
        var slots = SlotRules.Answered(due, Due.AddHours(2).AddSeconds(30), Run, wasRunning: false);
        Assert.Equal(["caught_up", "caught_up", "ran"], slots.Select(slot => slot.Outcome));
        Assert.All(slots, slot => Assert.Equal(Run, slot.RunId));
        Assert.Equal("catch_up", SlotRules.Trigger(due, Due.AddHours(2)));
    }

    [Fact]
    public void A_slot_that_meets_a_running_run_is_skipped_and_names_it() =>
        Assert.Equal(new DecidedSlot(Due, "skipped_running", Run, 0), Assert.Single(SlotRules.Answered([Due], Due, Run, wasRunning: true)));

    [Fact]
    public void Slots_of_a_paused_connection_are_all_skipped() =>
        Assert.All(SlotRules.Paused([Due, Due.AddHours(1)], Due.AddHours(1)), slot => Assert.Equal("skipped_paused", slot.Outcome));
}
