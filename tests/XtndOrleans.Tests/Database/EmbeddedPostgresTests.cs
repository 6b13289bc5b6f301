using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using XtndOrleans.Engine.Database;

namespace XtndOrleans.Tests.Database;

[UnsupportedOSPlatform("windows")]
public sealed class EmbeddedPostgresTests : IDisposable
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
    public async Task A_second_server_on_the_same_folder_is_told_who_has_it()
    {
        await using var first = await Start();

        var refused = await Assert.ThrowsAsync<DatabaseException>(Start);

        Assert.Contains($"process id {Environment.ProcessId}", refused.Message);
        Assert.Equal(1, await Execute(first.ConnectionString, "SELECT 1"));
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
            foreach (var guard in Process.GetProcessesByName("sh").Where(p => CommandLine(p.Id).Contains(folder, StringComparison.Ordinal)))
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
    public async Task Missing_binaries_are_said_with_the_cure()
    {
        Directory.CreateDirectory(folder);

        var missing = await Assert.ThrowsAsync<DatabaseException>(() => Start(new() { Folder = folder, Binaries = folder }));

        Assert.Contains("Xtnd:Embedded:Binaries", missing.Message);
    }

    [Fact]
    public async Task Data_of_a_version_that_is_not_installed_is_said_with_the_cure()
    {
        Directory.CreateDirectory(Path.Combine(folder, "pg", "data"));
        await File.WriteAllTextAsync(Path.Combine(folder, "pg", "data", "PG_VERSION"), "9\n", Cancelled);

        var missing = await Assert.ThrowsAsync<DatabaseException>(Start);

        Assert.Contains("made by PostgreSQL 9", missing.Message);
    }

    [Fact]
    public async Task A_folder_that_its_user_cannot_enter_is_said_with_the_cure()
    {
        Assert.SkipUnless(Environment.UserName == "root", "Only root runs PostgreSQL as another user.");
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var closed = await Assert.ThrowsAsync<DatabaseException>(() => Start(new() { Folder = Path.Combine(folder, "inner") }));

        Assert.Contains($"{folder} is closed to others", closed.Message);
    }

    [Fact]
    public async Task A_setting_that_postgres_refuses_is_said_with_its_reason()
    {
        var refused = await Assert.ThrowsAsync<DatabaseException>(() =>
            Start(new() { Folder = folder, Settings = new Dictionary<string, string> { ["shared_buffers"] = "nonsense" } }));

        Assert.Contains("postgres.log", refused.Message);
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
