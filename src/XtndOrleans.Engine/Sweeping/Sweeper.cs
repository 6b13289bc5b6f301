using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Records;
using XtndOrleans.Engine.Schedules;
using XtndOrleans.Engine.Syncs;
using XtndOrleans.Engine.Tenants;

namespace XtndOrleans.Engine.Sweeping;

/// <summary>
/// The second net. One silo at a time (an advisory lock decides) looks every few seconds for what a crash left half done: runs without a loop, slots that
/// nobody decided, deletions that were interrupted. It only wakes the grains concerned; each of them knows what is true.
/// </summary>
internal sealed class Sweeper(
    NpgsqlDataSource database, IGrainFactory grains, ConnectionService connections, RunStore runs, RecordStore records, TimeProvider clock, ILogger<Sweeper> log)
    : BackgroundService
{
    /// <summary>Of PostgreSQL's advisory locks; the text 'xtndswep' as a number.</summary>
    const long LockKey = 0x78746e6473776570;

    const int AtOnce = 16;

    static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>A reminder decides its slot within seconds of its due time; later than this it was lost.</summary>
    static readonly TimeSpan Overdue = TimeSpan.FromSeconds(20);

    static readonly TimeSpan IdempotencyLife = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                await SweepIfFirst(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                // Whatever it was, the next sweep tries again; the net must not end.
                log.SweepFailed(failure);
            }
        }
        while (await Next(timer, stoppingToken));
    }

    static async Task<bool> Next(PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    async Task SweepIfFirst(CancellationToken stopping)
    {
        await using var connection = await database.OpenConnectionAsync(stopping);
        await using var transaction = await connection.BeginTransactionAsync(stopping);
        await using var ask = new NpgsqlCommand("SELECT pg_try_advisory_xact_lock($1)", connection, transaction) { Parameters = { new() { Value = LockKey } } };
        if (await ask.ExecuteScalarAsync(stopping) is true)
        {
            await Sweep(stopping);
        }
    }

    async Task Sweep(CancellationToken stopping)
    {
        var now = clock.GetUtcNow();
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
            [new() { Value = now - Overdue }],
            entity => grains.GetGrain<IEntityScheduleGrain>(entity.ScheduleKey).EnsureArmed(), stopping);
        await Each(
            "SELECT tenant_id, id, '' FROM xtnd.connection WHERE deleting_since IS NOT NULL", [],
            entity => connections.FinishDelete(entity.Connection, runs, records), stopping);
        await Each(
            "SELECT id, id, '' FROM xtnd.tenant WHERE erasing_since IS NOT NULL", [],
            entity => grains.Tenant(entity.Connection.Tenant).ContinueErase(), stopping);
        await Forget(now - IdempotencyLife, stopping);
    }

    async Task Each(string sql, NpgsqlParameter[] parameters, Func<EntityId, Task> act, CancellationToken stopping)
    {
        var found = await database.Rows(sql, parameters, row => new EntityId(new(row.GetGuid(0), row.GetGuid(1)), row.GetString(2)), stopping);
        await Parallel.ForEachAsync(found, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stopping }, async (entity, _) =>
        {
            try
            {
                await act(entity);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // One that fails must not keep the others waiting.
                log.OneFailed(failure, entity);
            }
        });
    }

    async Task Forget(DateTimeOffset before, CancellationToken stopping)
    {
        await using var command = database.CreateCommand("DELETE FROM xtnd.idempotency WHERE created_at < $1");
        command.Parameters.Add(new() { Value = before });
        await command.ExecuteNonQueryAsync(stopping);
    }
}
