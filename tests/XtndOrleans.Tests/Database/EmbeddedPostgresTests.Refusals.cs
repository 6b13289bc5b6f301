using System.Net;
using System.Net.Sockets;
using XtndOrleans.Engine.Database;

namespace XtndOrleans.Tests.Database;

/// <summary>What cannot start is said, with the cure.</summary>
public sealed partial class EmbeddedPostgresTests
{
    [Fact]
    public async Task A_second_server_on_the_same_folder_is_told_who_has_it()
    {
        await using var first = await Start();

        var refused = await Assert.ThrowsAsync<DatabaseException>(Start);

        Assert.Contains($"process id {Environment.ProcessId}", refused.Message);
        Assert.Equal(1, await Execute(first.ConnectionString, "SELECT 1"));
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
        Assert.Contains("contains errors", refused.Message);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said_with_the_cure()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port;

        var taken = await Assert.ThrowsAsync<DatabaseException>(() => Start(new() { Folder = folder, Port = port }));

        Assert.Contains($"Port {port} of Xtnd:Embedded:Port", taken.Message);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_one_is_said_with_the_cure_and_nobody_is_blamed()
    {
        Directory.CreateDirectory(Path.Combine(folder, "pg"));
        await File.WriteAllTextAsync(Path.Combine(folder, "pg", "holder"), "123", Cancelled);
        File.CreateSymbolicLink(Path.Combine(folder, "pg", "lock"), Path.Combine(folder, "nowhere", "lock"));

        foreach (var impossible in new[] { folder, Path.Combine(folder, "pg", "holder") })
        {
            var refused = await Assert.ThrowsAsync<DatabaseException>(() => Start(new() { Folder = impossible }));
            Assert.Contains("cannot be written", refused.Message);
            Assert.Contains("Xtnd:Embedded:Folder", refused.Message);
            Assert.DoesNotContain("in use", refused.Message);
        }
    }

    [Fact]
    public async Task A_password_file_that_was_lost_is_said_with_the_cure()
    {
        await using (var first = await Start())
        {
            File.Delete(first.PasswordFile);
        }

        var refused = await Assert.ThrowsAsync<DatabaseException>(Start);

        Assert.Contains(Path.Combine(folder, "pg", "password"), refused.Message);
    }

    [Fact]
    public async Task A_recovery_that_takes_too_long_is_said_with_the_cure_and_leaves_no_postgres_behind()
    {
        await using (await Start())
        {
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "pg", "data", "recovery.signal"), "", Cancelled);
        var late = await Assert.ThrowsAsync<DatabaseException>(() => Start(new()
        {
            Folder = folder,
            StartLimit = TimeSpan.FromSeconds(5),
            Settings = new Dictionary<string, string> { ["restore_command"] = "sleep 60" },
        }));

        Assert.Contains("Xtnd:Embedded:StartLimit", late.Message);
        Assert.False(File.Exists(PidFile));
    }

    [Fact]
    public async Task A_database_that_cannot_be_made_is_said_with_the_reason()
    {
        var binaries = await BinariesWhoseInitDb("echo 'initdb: error: No space left on device' >&2; exit 1");

        var refused = await Assert.ThrowsAsync<DatabaseException>(() => Start(new() { Folder = folder, Binaries = binaries }));

        Assert.Contains("No space left on device", refused.Message);
    }

    [Theory]
    [InlineData("$HOME")]
    [InlineData("a\"b")]
    public async Task A_folder_that_a_shell_would_read_otherwise_is_said_with_the_cure(string name)
    {
        var refused = await Assert.ThrowsAsync<DatabaseException>(() => Start(new() { Folder = Path.Combine(folder, name) }));

        Assert.Contains("Xtnd:Embedded:Folder", refused.Message);
    }

    /// <summary>The binaries of this machine, with a few lines before those of initdb.</summary>
    async Task<string> BinariesWhoseInitDb(string lines)
    {
        var real = await PostgresBinaries.Find(null, null, Cancelled);
        var binaries = Directory.CreateDirectory(Path.Combine(folder, "bin")).FullName;
        File.CreateSymbolicLink(Path.Combine(binaries, "pg_ctl"), real.Tool("pg_ctl"));
        File.CreateSymbolicLink(Path.Combine(binaries, "postgres"), real.Tool("postgres"));
        var initDb = Path.Combine(binaries, "initdb");
        await File.WriteAllTextAsync(initDb, $"#!/bin/sh\n{lines}\nexec {real.Tool("initdb")} \"$@\"\n", Cancelled);
        File.SetUnixFileMode(initDb, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        return binaries;
    }
}
