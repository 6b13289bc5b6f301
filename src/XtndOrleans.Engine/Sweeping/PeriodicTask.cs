using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Engine.Sweeping;

/// <summary>Something that one silo of the cluster does every few seconds: an advisory lock decides which. Never ends before the host does.</summary>
internal abstract class PeriodicTask(NpgsqlDataSource database, TimeProvider clock, ILogger log) : BackgroundService
{
    /// <summary>Of PostgreSQL's advisory locks.</summary>
    protected abstract long LockKey { get; }

    /// <summary>How long the next round waits for its turn.</summary>
    protected virtual TimeSpan Interval => TimeSpan.FromSeconds(5);

    /// <summary>How many of <see cref="Each"/> are under way together.</summary>
    protected abstract int AtOnce { get; }

    protected NpgsqlDataSource Database => database;

    protected TimeProvider Clock => clock;

    protected abstract Task Act(CancellationToken stopping);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ActIfFirst(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                // Whatever it was, the next round tries again; the net must not end.
                log.RoundFailed(failure);
            }

            await Task.Delay(Interval, clock, stoppingToken).Settled();
        }
    }

    /// <summary>Acts on every entity that a statement finds. One that fails does not keep the others waiting.</summary>
    protected async Task Each(string sql, NpgsqlParameter[] parameters, Func<EntityId, Task> act, CancellationToken stopping)
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
                log.OneFailed(failure, entity);
            }
        });
    }

    async Task ActIfFirst(CancellationToken stopping)
    {
        await using var connection = await database.OpenConnectionAsync(stopping);
        await using var transaction = await connection.BeginTransactionAsync(stopping);
        await using var ask = new NpgsqlCommand("SELECT pg_try_advisory_xact_lock($1)", connection, transaction) { Parameters = { new() { Value = LockKey } } };
        if (await ask.ExecuteScalarAsync(stopping) is true)
        {
            await Act(stopping);
        }
    }
}
