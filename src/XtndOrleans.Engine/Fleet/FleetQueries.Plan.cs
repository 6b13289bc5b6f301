using XtndOrleans.Engine.Schedules;

namespace XtndOrleans.Engine.Fleet;

/// <summary>What the schedules ask for in the next 24 hours.</summary>
public sealed partial class FleetQueries
{
    /// <summary>
    /// The starts that schedules ask for, exact to the minute and over changes of the clocks. Not in it: runs by hand, nightly sweeps, what an outage leaves to
    /// catch up, and connections that are paused or were never verified, whose slots are skipped.
    /// </summary>
    /// <remarks>
    /// A hundred thousand schedules fall into some thousands of groups that are due at the same minutes: the database groups them, the schedule's own rules
    /// say when each group is due.
    /// </remarks>
    public async Task<FleetPlan> Plan(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().ToUniversalTime();
        var from = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerHour));
        var until = from.AddHours(FleetPlan.Hours);
        var groups = await database.Rows(
            $"""
            SELECT s.frequency, CASE WHEN s.frequency = 'hourly' THEN 0 ELSE extract(hour FROM s.time_of_day)::int END, extract(minute FROM s.time_of_day)::int, coalesce(s.armed_zone, s.time_zone, 'UTC'),
                s.next_due_at, count(*)::int
            FROM xtnd.schedule s JOIN xtnd.connection c ON c.tenant_id = s.tenant_id AND c.id = s.connection_id
            WHERE s.next_due_at < $1 AND c.deleting_since IS NULL AND c.status <> 'paused' AND c.verified_at IS NOT NULL
            GROUP BY 1, 2, 3, 4, 5
            """,
            [new() { Value = until }],
            row => (
                Frequency: Enum.Parse<Frequency>(row.GetString(0), ignoreCase: true), Time: new TimeOnly(row.GetInt32(1), row.GetInt32(2)), Zone: row.GetString(3),
                Next: row.GetFieldValue<DateTimeOffset>(4), Count: row.GetInt32(5)),
            cancellationToken);
        var minutes = new int[FleetPlan.Hours * 60];
        foreach (var group in groups)
        {
            foreach (var at in Due(group.Frequency, group.Time, group.Zone, group.Next, until).Where(at => at >= from && at < until))
            {
                minutes[(int)(at - from).TotalMinutes] += group.Count;
            }
        }

        return new(from, minutes);
    }

    // What is armed is due whatever the rules say today; the rules say what follows it. It began before, so the start date is behind us.
    static IEnumerable<DateTimeOffset> Due(Frequency frequency, TimeOnly time, string zone, DateTimeOffset next, DateTimeOffset until)
    {
        if (!TimeZones.TryRead(zone, out var known, out _) || frequency is Frequency.Weekly)
        {
            return [next];
        }

        var start = DateOnly.FromDateTime(new WallClock(known).At(next)).AddDays(-3);
        return ScheduleRules.Between(new(frequency, start, time, zone), next, until).Prepend(next);
    }
}
