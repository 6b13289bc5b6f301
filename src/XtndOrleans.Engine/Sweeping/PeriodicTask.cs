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

    /// <summary>
    /// How long the one that acts may be silent before its turn is over. A process that is frozen, or whose machine is gone, does not close its connection, and
    /// its lock would keep the others from acting for hours.
    /// </summary>
    protected virtual TimeSpan Silence => TimeSpan.FromSeconds(30);

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
        await using var ask = new NpgsqlCommand(
            "SELECT pg_try_advisory_xact_lock($1), set_config('idle_in_transaction_session_timeout', $2::text, true)", connection, transaction)
        {
            Parameters = { new() { Value = LockKey }, new() { Value = $"{(long)Silence.TotalMilliseconds}" } },
        };
        if (await ask.ExecuteScalarAsync(stopping) is true)
        {
            await ActHeard(connection, stopping);
        }
    }

    async Task ActHeard(NpgsqlConnection turn, CancellationToken stopping)
    {
        using var acted = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var words = KeepTurn(turn, acted.Token);
        try
        {
            await Act(stopping);
        }
        finally
        {
            await acted.CancelAsync();
            await words.Settled();
        }
    }

    /// <summary>Breaks the silence. When the turn is lost all the same, two act at once, which harms nothing.</summary>
    async Task KeepTurn(NpgsqlConnection turn, CancellationToken acted)
    {
        using var timer = new PeriodicTimer(Silence / 3, clock);
        while (await timer.WaitForNextTickAsync(acted))
        {
            await using var word = new NpgsqlCommand("SELECT 1", turn);
            await word.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }
}
