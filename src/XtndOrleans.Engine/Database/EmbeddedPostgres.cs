using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace XtndOrleans.Engine.Database;

/// <summary>
/// A PostgreSQL of our own, from the binaries on the machine: on 127.0.0.1 alone, behind a random password, never as root. It stops when this is
/// disposed and also when our process is killed; its data stays in the folder for the next start.
/// </summary>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    const string Database = "xtnd";
    static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(60);

    // Holds on to its input, which ends with our process, however that ends: then it stops the server the fast and safe way.
    // Signals of the terminal are for us alone; pg_ctl gives the server a session of its own.
    // It stops what it has started and nothing else: one that comes late finds the server of the next start, which has stopped ours.
    const string Guard = """
        trap '' INT TERM HUP QUIT PIPE
        "$1/pg_ctl" start -s -w -t "$5" -D "$2" -l "$3" -o "-p $4" </dev/null || { "$1/pg_ctl" stop -s -m fast -w -t 60 -D "$2" </dev/null 2>/dev/null; exit 1; }
        read -r started <"$2/postmaster.pid"
        echo ready
        read -r _
        read -r running <"$2/postmaster.pid" && [ "$running" = "$started" ] || exit 0
        exec "$1/pg_ctl" stop -s -m fast -w -t 60 -D "$2" </dev/null
        """;

    readonly PostgresFolder folder;
    readonly Process guard;
    readonly ILogger log;
    readonly TimeProvider time;
    int disposed;

    EmbeddedPostgres(PostgresFolder folder, Process guard, string connectionString, int port, ILogger log, TimeProvider time)
    {
        this.folder = folder;
        this.guard = guard;
        this.log = log;
        this.time = time;
        ConnectionString = connectionString;
        Port = port;
    }

    /// <summary>How to reach the database, with the password: never log it.</summary>
    public string ConnectionString { get; }

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>The file that holds the password, for a person's psql.</summary>
    public string PasswordFile => folder.PasswordPath;

    /// <summary>Starts it, making the database at the first start.</summary>
    /// <exception cref="DatabaseException">It cannot be started; the message says why and what to do.</exception>
    public static async Task<EmbeddedPostgres> Start(EmbeddedPostgresOptions options, ILogger logger, TimeProvider time, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new DatabaseException("The embedded PostgreSQL needs Linux or macOS. On Windows, install PostgreSQL and name it in ConnectionStrings:Xtnd.");
        }

        var folder = PostgresFolder.Claim(options.Folder);
        try
        {
            var user = PostgresUser.Choose(options.User);
            var binaries = await PostgresBinaries.Find(options.Binaries, folder.DataVersion, cancellationToken);
            var cluster = new PostgresCluster(folder, binaries, user, logger);
            await cluster.Prepare(options.Settings, cancellationToken);
            var (guard, port) = await StartGuarded(cluster, options, cancellationToken);
            try
            {
                folder.RememberPort(port);
                var connectionString = await OpenDatabase(port, folder, cancellationToken);
                logger.PostgresStarted(binaries.Major, folder.Root, port);
                return new(folder, guard, connectionString, port, logger, time);
            }
            catch
            {
                guard.StandardInput.Close();
                await guard.WaitForExitAsync(CancellationToken.None);
                guard.Dispose();
                throw;
            }
        }
        catch (Exception failed)
        {
            folder.Dispose();
            if (failed is IOException or UnauthorizedAccessException)
            {
                throw new DatabaseException($"The embedded database in {folder.Root} cannot be started: {failed.Message}", failed);
            }

            throw;
        }
    }

    /// <summary>Stops it, ending whatever is still connected.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0)
        {
            return;
        }

        try
        {
            guard.StandardInput.Close();
            await guard.WaitForExitAsync().WaitAsync(StopLimit, time);
            log.PostgresStopped(folder.Root);
        }
        catch (TimeoutException)
        {
            log.PostgresStopTimedOut(folder.Root, StopLimit);
        }
        finally
        {
            guard.Dispose();
            folder.Dispose();
        }
    }

    /// <summary>Where it is; never how to get in.</summary>
    public override string ToString() => $"PostgreSQL in {folder.Root} on 127.0.0.1:{Port}";

    static async Task<(Process Guard, int Port)> StartGuarded(PostgresCluster cluster, EmbeddedPostgresOptions options, CancellationToken cancellationToken)
    {
        // A free port can be taken by another before the server binds it.
        const int attempts = 3;
        for (var attempt = 1; ; attempt++)
        {
            var port = options.Port > 0 ? PostgresPort.Chosen(options.Port) : PostgresPort.Free(attempt == 1 ? cluster.Folder.LastPort : null);
            var guard = ShellCommand.Start(cluster.User.Command(
                "/bin/sh", "-c", Guard, "guard", cluster.Binaries.Folder, cluster.Folder.Data, cluster.Folder.Log,
                $"{port}", $"{(int)options.StartLimit.TotalSeconds}"));
            if (await IsReady(guard, cancellationToken))
            {
                return (guard, port);
            }

            var said = (await guard.StandardError.ReadToEndAsync(cancellationToken)).Trim();
            guard.Dispose();
            if (said.Contains("did not start in time", StringComparison.Ordinal))
            {
                throw new DatabaseException(
                    $"The embedded PostgreSQL was not ready within {options.StartLimit}. After a crash it recovers first: give it longer with Xtnd:Embedded:StartLimit. What it did is at the end of {cluster.Folder.Log}: {cluster.LastLogLine()}");
            }

            if (attempt == attempts)
            {
                throw new DatabaseException($"The embedded PostgreSQL did not start. The reason is at the end of {cluster.Folder.Log}: {cluster.LastLogLine()}");
            }
        }
    }

    static async Task<bool> IsReady(Process guard, CancellationToken cancellationToken)
    {
        try
        {
            return await guard.StandardOutput.ReadLineAsync(cancellationToken) == "ready";
        }
        catch
        {
            // The guard ends by itself: it finds its input closed and stops what it has started.
            guard.StandardInput.Close();
            guard.Dispose();
            throw;
        }
    }

    static async Task<string> OpenDatabase(int port, PostgresFolder folder, CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Username = PostgresCluster.Owner,
            Password = folder.Password(),
            Database = "postgres",
            SslMode = SslMode.Disable,
            // A page is megabytes; the usual 8 kB a write cost a seventh of the time of writing it.
            WriteBufferSize = 64 * 1024,
        };
        try
        {
            await CreateDatabase(settings.ConnectionString, cancellationToken);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InvalidPassword)
        {
            throw new DatabaseException($"The embedded database in {folder.Root} was made with another password than the one in {folder.PasswordPath}. Restore that file.", refused);
        }

        settings.Database = Database;
        return settings.ConnectionString;
    }

    static async Task CreateDatabase(string connectionString, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
        await using var exists = source.CreateCommand($"SELECT 1 FROM pg_database WHERE datname = '{Database}'");
        if (await exists.ExecuteScalarAsync(cancellationToken) is null)
        {
            await using var create = source.CreateCommand($"CREATE DATABASE {Database}");
            await create.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
