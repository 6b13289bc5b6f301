using System.Data;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace XtndOrleans.Engine.Database;

/// <summary>
/// Brings a database to the schema of this build: the scripts of sql/orleans, then those of sql/xtnd, each once and in a transaction of its own.
/// Several silos may start at once; one works, the others wait and find nothing to do.
/// </summary>
public static class Migrator
{
    const int OldestServer = 15;
    const long LockKey = 0x78746E64; // "xtnd"

    // A role's own limits are for queries; half a migration helps nobody.
    const string NoLimits = "SET statement_timeout = 0; SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0";

    const int OpenAttempts = 4;

    const string Ledger = """
        CREATE SCHEMA IF NOT EXISTS xtnd_migration;
        CREATE TABLE IF NOT EXISTS xtnd_migration.applied (
            script     text PRIMARY KEY,
            sha256     bytea NOT NULL,
            applied_at timestamptz NOT NULL DEFAULT now());
        """;

    /// <summary>Applies what is missing.</summary>
    /// <returns>The names of the scripts that were applied now, in order.</returns>
    /// <exception cref="DatabaseException">The server is too old, or the database was migrated by another build than this.</exception>
    public static Task<IReadOnlyList<string>> Apply(NpgsqlDataSource database, ILogger logger, CancellationToken cancellationToken) =>
        Apply(database, Scripts(), logger, cancellationToken);

    internal static async Task<IReadOnlyList<string>> Apply(
        NpgsqlDataSource database, IReadOnlyList<MigrationScript> scripts, ILogger logger, CancellationToken cancellationToken)
    {
        await using var connection = await Open(database, cancellationToken);
        if (connection.PostgreSqlVersion.Major < OldestServer)
        {
            throw new DatabaseException(
                $"The PostgreSQL server is version {connection.PostgreSqlVersion}; XtndOrleans needs {OldestServer} or newer. Upgrade the server, or point ConnectionStrings:Xtnd to a newer one.");
        }

        try
        {
            await Execute(connection, $"{NoLimits}; SELECT pg_advisory_lock({LockKey})", cancellationToken);
            return await ApplyMissing(connection, scripts, logger, cancellationToken);
        }
        catch (NpgsqlException failed)
        {
            throw new DatabaseException($"The database could not be brought up to date: {Reason(failed)}", failed);
        }
        finally
        {
            // A pooled connection outlives this call, and so would its lock. One that broke has none.
            if (connection.FullState == ConnectionState.Open)
            {
                await Execute(connection, $"SELECT pg_advisory_unlock({LockKey})", CancellationToken.None);
            }
        }
    }

    /// <summary>Waits until somebody else has applied every script of this build; says so when it has to.</summary>
    public static async Task WaitUntilApplied(NpgsqlDataSource database, ILogger logger, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var told = false; await FirstMissing(database, cancellationToken) is { } script; told = true)
        {
            if (!told)
            {
                logger.WaitsForScript(script);
            }

            await Task.Delay(TimeSpan.FromSeconds(2), time, cancellationToken);
        }
    }

    /// <summary>The first connection of a server that starts, perhaps together with its database on a busy machine: one that takes long is tried again.</summary>
    static async Task<NpgsqlConnection> Open(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await database.OpenConnectionAsync(cancellationToken);
            }
            catch (NpgsqlException late) when (late.InnerException is TimeoutException && attempt < OpenAttempts)
            {
            }
            catch (NpgsqlException late) when (late.InnerException is TimeoutException)
            {
                throw new DatabaseException("The database of ConnectionStrings:Xtnd does not answer in time. Is PostgreSQL overloaded, or are host and port those of something else?", late);
            }
        }
    }

    static async Task<string?> FirstMissing(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var connection = await Open(database, cancellationToken);
        try
        {
            var applied = await ReadLedger(connection, cancellationToken) ?? [];
            return Scripts().FirstOrDefault(script => !applied.ContainsKey(script.Name))?.Name;
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            // There is a ledger, for others to read.
            return null;
        }
    }

    static async Task<IReadOnlyList<string>> ApplyMissing(
        NpgsqlConnection connection, IReadOnlyList<MigrationScript> scripts, ILogger logger, CancellationToken cancellationToken)
    {
        // Looked for before it is made: making a schema needs a right, also when it is there, which a silo can do without.
        if (await ReadLedger(connection, cancellationToken) is not { } applied)
        {
            await Execute(connection, Ledger, cancellationToken);
            applied = [];
        }

        var missing = Missing(scripts, applied);
        foreach (var script in missing)
        {
            await Run(connection, script, cancellationToken);
            logger.ScriptApplied(script.Name);
        }

        return [.. missing.Select(s => s.Name)];
    }

    internal static IReadOnlyList<MigrationScript> Scripts()
    {
        var assembly = typeof(Migrator).Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("sql.", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
                return new MigrationScript(name["sql.".Length..], reader.ReadToEnd());
            })];
    }

    static List<MigrationScript> Missing(IReadOnlyList<MigrationScript> scripts, Dictionary<string, byte[]> applied)
    {
        foreach (var (name, hash) in applied)
        {
            var script = scripts.FirstOrDefault(s => s.Name == name) ?? throw new DatabaseException(
                $"The database was migrated by a newer build: it holds {name}, which this build does not have. Start that build or a newer one, or use another database.");
            if (!script.Hash.AsSpan().SequenceEqual(hash))
            {
                throw new DatabaseException(
                    $"The script {name} was changed after it was applied. Restore it as it was and put the change into a new script with a higher number.");
            }
        }

        return [.. scripts.Where(s => !applied.ContainsKey(s.Name))];
    }

    static async Task Run(NpgsqlConnection connection, MigrationScript script, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        try
        {
            await Execute(connection, script.Text, cancellationToken);
            await using var record = new NpgsqlCommand("INSERT INTO xtnd_migration.applied (script, sha256) VALUES ($1, $2)", connection, transaction)
            {
                Parameters = { new() { Value = script.Name }, new() { Value = script.Hash } },
            };
            await record.ExecuteNonQueryAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (NpgsqlException failed)
        {
            throw new DatabaseException($"The script {script.Name} failed and nothing of it was kept: {Reason(failed)}", failed);
        }
    }

    static string Reason(NpgsqlException failed) => failed switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } refused =>
            $"{refused.MessageText} ({refused.SqlState}). The database's user must own the database, or have CREATE on it.",
        PostgresException refused => $"{refused.MessageText} ({refused.SqlState}).",
        _ => $"{failed.Message} The server has ended the connection; its own log tells why.",
    };

    /// <summary>What was applied so far; null when nothing ever was.</summary>
    static async Task<Dictionary<string, byte[]>?> ReadLedger(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var exists = new NpgsqlCommand("SELECT 1 FROM pg_tables WHERE schemaname = 'xtnd_migration' AND tablename = 'applied'", connection);
        if (await exists.ExecuteScalarAsync(cancellationToken) is null)
        {
            return null;
        }

        await using var command = new NpgsqlCommand("SELECT script, sha256 FROM xtnd_migration.applied", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var applied = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            applied.Add(reader.GetString(0), (byte[])reader.GetValue(1));
        }

        return applied;
    }

    static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        // No time limit: another silo may be at a long script.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>One script: its folder and name, and its text.</summary>
internal sealed record MigrationScript(string Name, string Text)
{
    public byte[] Hash { get; } = SHA256.HashData(Encoding.UTF8.GetBytes(Text));
}
