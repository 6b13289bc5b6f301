using Microsoft.Extensions.Logging;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Syncs;

namespace XtndOrleans.Engine.Schedules;

/// <summary>
/// The schedule of one entity. Its row tells when it is due; the reminder only wakes it, and ticks again each minute until the slot is decided, so that an
/// outage costs minutes, not the slot (Orleans skips ticks that come due while nobody owns the reminder).
/// </summary>
[GrainType("xtnd.entity-schedule")]
internal sealed class EntityScheduleGrain(ScheduleStore store, EngineMetrics metrics, TimeProvider clock, ILogger<EntityScheduleGrain> log)
    : Grain, IEntityScheduleGrain, IRemindable
{
    const string Reminder = "due";

    /// <summary>More missed slots than this are not listed one by one: more than a year of hours.</summary>
    const int MostSlots = 10_000;

    static readonly TimeSpan CatchUp = TimeSpan.FromMinutes(1);

    EntityId Id => EntityId.FromGrainKey(this.GetPrimaryKeyString());

    public async Task Set(ScheduleDraft draft)
    {
        var stored = await store.Find(Id) ?? throw ProblemException.NotFound("connection");
        if (draft.IfVersion is { } version && version != stored.Version)
        {
            throw new ProblemException(ProblemKind.Stale, "stale", "Somebody changed this schedule meanwhile. Read it again, then repeat your change.");
        }

        var wanted = ScheduleDraftRules.Check(draft, stored);
        // What was due under the old schedule gets its outcome before the new one begins.
        var now = clock.GetUtcNow();
        await Decide(stored, now);
        wanted = wanted with { ArmedZone = wanted.Zone, NextDueAt = wanted.Active ? ScheduleRules.Next(wanted.Schedule, now) : null };
        await store.Save(Id, wanted);
        if (wanted.Sweep is { } rhythm && rhythm != stored.Sweep)
        {
            await store.SetSweep(Id, SweepRules.Next(Id.Connection, rhythm, stored.ConnectionZone, now));
        }

        await Arm(wanted.NextDueAt);
    }

    public async Task EnsureArmed() => await Arm(await store.Find(Id) is { } stored ? await Decide(stored, clock.GetUtcNow()) : null);

    public Task Remove() => Arm(null);

    public Task ReceiveReminder(string reminderName, TickStatus status) => EnsureArmed();

    /// <summary>Gives every slot that is due its outcome. Answers when the next is due; null when none is.</summary>
    async Task<DateTimeOffset?> Decide(StoredSchedule stored, DateTimeOffset now)
    {
        if (stored.NextDueAt is not { } nextDue)
        {
            return null;
        }

        var schedule = stored.Schedule;
        if (nextDue > now)
        {
            return stored.ArmedZone == stored.Zone ? nextDue : await Rearm(schedule, now);
        }

        // What is due was computed in the zone that was armed, though the next slot is in the zone of now.
        var due = ScheduleRules.Due(schedule with { TimeZone = stored.ArmedZone ?? schedule.TimeZone }, nextDue, now, MostSlots).ToList();
        var slots = due.Count == 0 ? [] : await Answer(due, now);
        var next = ScheduleRules.Next(schedule, now);
        await store.Decide(Id, slots, next, schedule.TimeZone);
        foreach (var slot in slots)
        {
            metrics.SlotDecided(slot.Outcome, TimeSpan.FromSeconds(slot.DelaySeconds));
        }

        return next;
    }

    async Task<IReadOnlyList<DecidedSlot>> Answer(List<DateTimeOffset> due, DateTimeOffset now)
    {
        try
        {
            var started = await GrainFactory.GetGrain<ISyncGrain>(Id.SyncKey).Start(new(SlotRules.Trigger(due, now)) { DueAt = due[^1] });
            var run = Guid.ParseExact(started.Run.Id, "N");
            // A run that began after the slot was due, and not by hand, is this slot's: an earlier tick started it and could not write that down.
            var wasRunning = started.Joined && (started.Run.Trigger == "manual" || RunIds.CreatedAt(run) < due[^1]);
            return SlotRules.Answered(due, now, run, wasRunning);
        }
        catch (ProblemException problem) when (problem.Code == "connection_not_ready")
        {
            log.SkippedPaused(Id, due.Count);
            return SlotRules.Paused(due, now);
        }
    }

    /// <summary>The zone changed since the next slot was computed: the connection's zone, or its rules.</summary>
    async Task<DateTimeOffset?> Rearm(Schedule schedule, DateTimeOffset now)
    {
        var next = ScheduleRules.Next(schedule, now);
        await store.Decide(Id, [], next, schedule.TimeZone);
        return next;
    }

    async Task Arm(DateTimeOffset? nextDue)
    {
        if (nextDue is { } due)
        {
            var wait = due - clock.GetUtcNow();
            await this.RegisterOrUpdateReminder(Reminder, wait > TimeSpan.Zero ? wait : TimeSpan.Zero, CatchUp);
        }
        else if (await this.GetReminder(Reminder) is { } armed)
        {
            await this.UnregisterReminder(armed);
        }
    }
}
