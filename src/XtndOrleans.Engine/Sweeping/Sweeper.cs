using Microsoft.Extensions.Logging;
using Npgsql;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Schedules;
using XtndOrleans.Engine.Syncs;
using XtndOrleans.Engine.Tenants;

namespace XtndOrleans.Engine.Sweeping;

/// <summary>
/// The second net: looks every few seconds for what a crash left half done, runs without a loop and slots that nobody decided. It also
/// begins the sweeps that are due, which have no reminder: that of a slot decides only when it is due. It only wakes the grains
/// concerned; each of them knows what is true.
/// </summary>
internal sealed class Sweeper(NpgsqlDataSource database, IGrainFactory grains, TimeProvider clock, ILogger<Sweeper> log) : PeriodicTask(database, clock, log)
{
    /// <summary>A reminder decides its slot within seconds of its due time; later than this it was lost.</summary>
    static readonly TimeSpan Overdue = TimeSpan.FromSeconds(20);

    /// <summary>Full reads that begin in one round: many that came due together, as after an outage, begin over minutes.</summary>
    const int SweepsPerRound = 20;

    /// <summary>The text 'xtndswep' as a number.</summary>
    protected override long LockKey => 0x78746e6473776570;

    protected override int AtOnce => 16;

    protected override async Task Act(CancellationToken stopping)
    {
        await Each(
            "SELECT tenant_id, connection_id, entity FROM xtnd.run WHERE state IN ('queued', 'running')", [],
            entity => grains.GetGrain<ISyncGrain>(entity.SyncKey).Resume(), stopping);
        await Each(
            $"""
            SELECT schedule.tenant_id, schedule.connection_id, schedule.entity
            FROM xtnd.schedule JOIN xtnd.connection ON connection.tenant_id = schedule.tenant_id AND connection.id = schedule.connection_id
            WHERE schedule.next_due_at IS NOT NULL AND connection.deleting_since IS NULL
                AND (schedule.next_due_at < $1 OR schedule.armed_zone IS DISTINCT FROM coalesce(schedule.time_zone, {ConnectionRow.Zone}))
            """,
            [new() { Value = Clock.GetUtcNow() - Overdue }],
            entity => grains.GetGrain<IEntityScheduleGrain>(entity.ScheduleKey).EnsureArmed(), stopping);
        await Each(
            $"""
            SELECT c.tenant_id, c.connection_id, c.entity
            FROM xtnd.cursor c
            JOIN xtnd.connection ON connection.tenant_id = c.tenant_id AND connection.id = c.connection_id
            JOIN xtnd.schedule s ON s.tenant_id = c.tenant_id AND s.connection_id = c.connection_id AND s.entity = c.entity
            WHERE c.sweep_due_at <= $1 AND s.active AND {ConnectionRow.IsReady}
                AND NOT EXISTS (
                    SELECT FROM xtnd.run r
                    WHERE r.tenant_id = c.tenant_id AND r.connection_id = c.connection_id AND r.entity = c.entity AND r.state IN ('queued', 'running'))
            ORDER BY c.sweep_due_at LIMIT $2
            """,
            [new() { Value = Clock.GetUtcNow() }, new() { Value = SweepsPerRound }],
            entity => grains.GetGrain<ISyncGrain>(entity.SyncKey).Start(new("schedule", "full")), stopping);
        await Database.Execute(
            "DELETE FROM xtnd.idempotency WHERE created_at < $1", [new() { Value = Clock.GetUtcNow() - IdempotencyStore.Kept }], stopping);
        await Sessions.Sweep(Database, Clock.GetUtcNow(), stopping);
    }
}
