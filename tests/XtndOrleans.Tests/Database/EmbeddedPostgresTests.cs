using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using XtndOrleans.Engine.Database;

namespace XtndOrleans.Tests.Database;

[UnsupportedOSPlatform("windows")]
public sealed partial class EmbeddedPostgresTests : IDisposable
{
    const string FolderVariable = "XTND_TEST_EMBEDDED_FOLDER";
    static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    readonly string folder = Path.Combine(Path.GetTempPath(), $"xtnd-embedded-{Guid.NewGuid():N}");

    public void Dispose()
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task The_second_start_finds_what_the_first_one_left()
    {
        int port;
        await using (var first = await Start())
        {
            await Execute(first.ConnectionString, "CREATE TABLE kept AS SELECT 42 AS answer");
            port = first.Port;
        }

        await using var second = await Start();
        Assert.Equal(42, await Execute(second.ConnectionString, "SELECT answer FROM kept"));
        Assert.Equal(port, second.Port);
    }

    [Fact]
    public async Task A_log_that_has_grown_long_is_put_aside_at_the_next_start()
    {
        var root = Directory.CreateDirectory(Path.Combine(folder, "pg")).FullName;
        await File.WriteAllTextAsync(Path.Combine(root, "postgres.log"), new string('x', 11 << 20), Cancelled);
        await File.WriteAllTextAsync(Path.Combine(root, "postgres.log.old"), "older still", Cancelled);
        await using var postgres = await Start();

        Assert.Equal(11 << 20, new FileInfo(Path.Combine(root, "postgres.log.old")).Length);
        Assert.InRange(new FileInfo(Path.Combine(root, "postgres.log")).Length, 1, 100_000);
    }

    [Fact]
    public async Task It_is_safe_in_a_crash_and_closed_to_everyone_else()
    {
        await using var postgres = await Start();

        Assert.Equal("on on on 127.0.0.1", await Execute(postgres.ConnectionString,
            "SELECT concat_ws(' ', current_setting('fsync'), current_setting('full_page_writes'), current_setting('synchronous_commit'), current_setting('listen_addresses'))"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(postgres.PasswordFile));
        var stranger = new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Password = "wrong", Pooling = false };
        var refused = await Assert.ThrowsAsync<PostgresException>(() => Execute(stranger.ConnectionString, "SELECT 1"));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, refused.SqlState);
        Assert.DoesNotContain(await File.ReadAllTextAsync(postgres.PasswordFile, Cancelled), $"{postgres}");
        Assert.NotEqual("0", UserOf(Postmaster()));
    }

    [Fact]
    public async Task Whoever_is_let_into_it_finds_no_secret_of_ours_in_its_environment()
    {
        const string Name = "XTND_TEST_SECRET";
        Environment.SetEnvironmentVariable(Name, "kept to ourselves");
        try
        {
            await using var postgres = await Start();
            await Execute(postgres.ConnectionString, "CREATE TABLE environment (line text); COPY environment FROM PROGRAM 'env'");
            Assert.Equal(1L, await Execute(postgres.ConnectionString, "SELECT count(*) FROM environment WHERE line LIKE 'PATH=%'"));
            Assert.Equal(0L, await Execute(postgres.ConnectionString, "SELECT count(*) FROM environment WHERE line LIKE '%kept to ourselves%'"));
        }
        finally
        {
            Environment.SetEnvironmentVariable(Name, null);
        }
    }

    [Fact]
    public async Task Names_know_upper_and_lower_case_beyond_ASCII()
    {
        await using var postgres = await Start();

        Assert.Equal(true, await Execute(postgres.ConnectionString, "SELECT 'ÅNGSTRÖM' ILIKE 'ångström'"));
    }

    [Fact]
    public async Task A_system_without_our_locale_gets_a_database_too()
    {
        var binaries = await BinariesWhoseInitDb("case \"$*\" in *C.UTF-8*) echo 'invalid locale name' >&2; exit 1;; esac");

        await using var postgres = await Start(new() { Folder = folder, Binaries = binaries });

        Assert.Equal("C", await Execute(postgres.ConnectionString, "SELECT datctype FROM pg_database WHERE datname = current_database()"));
    }

    [Fact]
    public async Task A_killed_postgres_recovers_at_the_next_start()
    {
        await using (var first = await Start())
        {
            await Execute(first.ConnectionString, "CREATE TABLE kept AS SELECT 42 AS answer");
            using var postmaster = Process.GetProcessById(Postmaster());
            postmaster.Kill();
        }

        await using var second = await Start();
        Assert.Equal(42, await Execute(second.ConnectionString, "SELECT answer FROM kept"));
    }

    [Fact]
    public async Task Postgres_stops_when_its_server_is_killed_and_nothing_is_lost()
    {
        using (var owner = await StartInAnotherProcess())
        {
            owner.Kill();
            await Until(() => !File.Exists(PidFile));
        }

        await using var next = await Start();
        Assert.Equal(42, await Execute(next.ConnectionString, "SELECT answer FROM kept"));
    }

    [Fact]
    public async Task A_postgres_that_lost_even_its_guard_is_stopped_by_the_next_start()
    {
        int orphan;
        using (var owner = await StartInAnotherProcess())
        {
            orphan = Postmaster();
            using (var guard = Guard())
            {
                guard.Kill();
            }

            owner.Kill();
            await owner.WaitForExitAsync(Cancelled);
        }

        await using var next = await Start();
        Assert.Equal(42, await Execute(next.ConnectionString, "SELECT answer FROM kept"));
        Assert.NotEqual(orphan, Postmaster());
    }

    [Fact]
    public async Task A_postgres_that_was_left_at_work_is_stopped_before_its_files_are_touched()
    {
        using var owner = await StartInAnotherProcess();
        var orphan = Postmaster();
        using (var guard = Guard())
        {
            guard.Kill();
        }

        owner.Kill();
        await owner.WaitForExitAsync(Cancelled);
        try
        {
            var work = Enumerable.Range(0, 8).Select(_ => MakeAndDropFilesUntilStopped()).ToArray();
            await Until(() => Directory.GetFiles(Path.Combine(folder, "pg", "data", "base"), "t*_*", SearchOption.AllDirectories).Length > 1);

            await using var next = await Start();
            await Task.WhenAll(work);
            Assert.Equal(42, await Execute(next.ConnectionString, "SELECT answer FROM kept"));
        }
        finally
        {
            if (CommandLine(orphan).Contains(folder, StringComparison.Ordinal))
            {
                await Signal("QUIT", orphan);
            }
        }
    }

    [Fact]
    public async Task A_guard_that_comes_late_leaves_the_postgres_of_the_next_start_alone()
    {
        int guard;
        using (var owner = await StartInAnotherProcess())
        {
            using var process = Guard();
            guard = process.Id;
            await Signal("STOP", guard);
            owner.Kill();
            await owner.WaitForExitAsync(Cancelled);
        }

        await using var next = await Start();
        await Signal("CONT", guard);
        await Until(() => !CommandLine(guard).Contains(folder, StringComparison.Ordinal));
        Assert.Equal(42, await Execute(next.ConnectionString, "SELECT answer FROM kept"));
    }

    [Fact]
    public async Task A_pid_file_that_names_another_postgres_does_not_stop_that_one()
    {
        await using (await Start())
        {
        }

        var elsewhere = Path.Combine(folder, "other");
        await using var other = await Start(new() { Folder = elsewhere });
        var stranger = (await File.ReadAllLinesAsync(Path.Combine(elsewhere, "pg", "data", "postmaster.pid"), Cancelled))[0];
        await File.WriteAllTextAsync(PidFile, $"{stranger}\n{folder}/pg/data\n1\n", Cancelled);
        await using var next = await Start();
        Assert.Equal(1, await Execute(next.ConnectionString, "SELECT 1"));
        Assert.Equal(1, await Execute(other.ConnectionString, "SELECT 1"));
    }

    [Fact]
    public async Task A_pid_file_that_names_another_program_does_not_stop_the_start()
    {
        await using (await Start())
        {
        }

        await File.WriteAllTextAsync(PidFile, $"{Environment.ProcessId}\n{folder}/pg/data\n1\n", Cancelled);
        await using var next = await Start();
        Assert.Equal(1, await Execute(next.ConnectionString, "SELECT 1"));
    }

    [Fact]
    public async Task A_pid_file_that_a_crash_left_empty_does_not_stop_the_start()
    {
        await using (await Start())
        {
        }

        await File.WriteAllTextAsync(PidFile, "", Cancelled);
        await using var next = await Start();
        Assert.Equal(1, await Execute(next.ConnectionString, "SELECT 1"));
    }

    [Fact]
    public async Task Data_that_root_has_restored_is_given_back_to_the_user_of_postgres()
    {
        Assert.SkipUnless(Environment.UserName == "root", "Only root runs PostgreSQL as another user.");
        await using (var first = await Start())
        {
            await Execute(first.ConnectionString, "CREATE TABLE kept AS SELECT 42 AS answer");
        }

        using (var restore = Process.Start("chown", ["-R", "root:", Path.Combine(folder, "pg")]))
        {
            await restore.WaitForExitAsync(Cancelled);
        }

        await using var next = await Start();
        Assert.Equal(42, await Execute(next.ConnectionString, "SELECT answer FROM kept"));
    }

    [Fact]
    public async Task What_an_interrupted_first_start_left_is_removed()
    {
        var interrupted = Directory.CreateDirectory(Path.Combine(folder, "pg", "data.new-1", "base")).Parent!;
        await using var postgres = await Start();
        Assert.Equal(1, await Execute(postgres.ConnectionString, "SELECT 1"));
        Assert.False(Directory.Exists(interrupted.FullName));
    }

    /// <summary>Not a test: the body of the process that the tests above kill.</summary>
    [Fact(Explicit = true)]
    public async Task Holds_a_folder_until_it_is_killed()
    {
        Assert.NotNull(Environment.GetEnvironmentVariable(FolderVariable));
        await using var postgres = await Start(new() { Folder = Environment.GetEnvironmentVariable(FolderVariable)! });
        await Execute(postgres.ConnectionString, "CREATE TABLE kept AS SELECT 42 AS answer");
        await File.WriteAllTextAsync(Path.Combine(Environment.GetEnvironmentVariable(FolderVariable)!, "ready"), "", Cancelled);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, Cancelled);
    }

    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    string PidFile => Path.Combine(folder, "pg", "data", "postmaster.pid");

    int Postmaster() => int.Parse(File.ReadLines(PidFile).First());

    Task<EmbeddedPostgres> Start() => Start(new() { Folder = folder });

    static Task<EmbeddedPostgres> Start(EmbeddedPostgresOptions options) =>
        EmbeddedPostgres.Start(options, NullLogger.Instance, TimeProvider.System, Cancelled);

    Process Guard() => Process.GetProcessesByName("sh").Single(p => CommandLine(p.Id).Contains(folder, StringComparison.Ordinal));

    /// <summary>Temporary tables: their files go as they are dropped, those of others at the next checkpoint.</summary>
    async Task MakeAndDropFilesUntilStopped()
    {
        var connection = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = int.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "pg", "port"), Cancelled), CultureInfo.InvariantCulture),
            Username = "xtnd",
            Password = await File.ReadAllTextAsync(Path.Combine(folder, "pg", "password"), Cancelled),
            Database = "xtnd",
            SslMode = SslMode.Disable,
            Pooling = false,
        };
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand("SET synchronous_commit = off; DO $$ BEGIN LOOP CREATE TEMP TABLE passing (i int); COMMIT; DROP TABLE passing; COMMIT; END LOOP; END $$");
        command.CommandTimeout = 0;
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => command.ExecuteNonQueryAsync(Cancelled));
    }

    static async Task Signal(string signal, int process)
    {
        using var kill = Process.Start("kill", ["-s", signal, string.Create(CultureInfo.InvariantCulture, $"{process}")]);
        await kill.WaitForExitAsync(Cancelled);
        Assert.Equal(0, kill.ExitCode);
    }

    async Task<Process> StartInAnotherProcess()
    {
        var method = $"{typeof(EmbeddedPostgresTests).FullName}.{nameof(Holds_a_folder_until_it_is_killed)}";
        var start = new ProcessStartInfo(Environment.ProcessPath!, [typeof(EmbeddedPostgresTests).Assembly.Location, "-explicit", "only", "-method", method])
        {
            RedirectStandardOutput = true,
            Environment = { [FolderVariable] = folder },
        };
        if (!Path.GetFileName(Environment.ProcessPath!).StartsWith("dotnet", StringComparison.Ordinal))
        {
            start.ArgumentList.RemoveAt(0);
        }

        var owner = Process.Start(start)!;
        await Until(() => File.Exists(Path.Combine(folder, "ready")) || owner.HasExited);
        Assert.False(owner.HasExited, "The process that should hold the folder has ended.");
        return owner;
    }

    static async Task<object?> Execute(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Cancelled);
    }

    static async Task Until(Func<bool> condition)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Limit, "It did not come to pass in time.");
            await timer.WaitForNextTickAsync(Cancelled);
        }
    }

    static string UserOf(int process) =>
        File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/status")).First(l => l.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1];

    static string CommandLine(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }
}
