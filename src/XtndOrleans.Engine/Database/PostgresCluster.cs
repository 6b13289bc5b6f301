using Microsoft.Extensions.Logging;

namespace XtndOrleans.Engine.Database;

/// <summary>The data of an embedded PostgreSQL: made once, left in order before each start.</summary>
internal sealed class PostgresCluster(PostgresFolder folder, PostgresBinaries binaries, PostgresUser user, ILogger log)
{
    public const string Owner = "xtnd";

    /// <summary>Bytes of log that are carried on with: years of checkpoints and restarts.</summary>
    const long LongestLog = 10 << 20;

    public PostgresFolder Folder => folder;

    public PostgresBinaries Binaries => binaries;

    public PostgresUser User => user;

    /// <summary>Makes the data folder if there is none, stops what an ended server of ours left running, and writes the settings.</summary>
    public async Task Prepare(IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        folder.Password();
        await user.Own(folder.Root, cancellationToken);
        await user.Own(folder.PasswordPath, cancellationToken);
        if (folder.DataVersion is null)
        {
            await Initialize(cancellationToken);
        }

        // Before anything is done to its files: those of a server at work come and go.
        await StopLeftBehind(cancellationToken);
        await user.OwnAll(folder.Data, cancellationToken);
        await KeepLog(cancellationToken);
        await user.Own(await PostgresSettings.Write(folder.Data, await SupportsLz4(cancellationToken), settings), cancellationToken);
    }

    /// <summary>Why the server gave up by its own log, for a message: after the reason it still tells that it has shut down.</summary>
    public string LastLogLine()
    {
        var lines = File.Exists(folder.Log) ? File.ReadLines(folder.Log).TakeLast(20).ToList() : [];
        return lines.LastOrDefault(line => line.Contains("FATAL:", StringComparison.Ordinal) || line.Contains("PANIC:", StringComparison.Ordinal))
            ?? lines.LastOrDefault() ?? "it is empty.";
    }

    /// <summary>A log that has grown long is put aside, over the one before it; another is carried on with.</summary>
    async Task KeepLog(CancellationToken cancellationToken)
    {
        var written = new FileInfo(folder.Log);
        if (written is { Exists: true, Length: > LongestLog })
        {
            written.MoveTo(folder.Log + ".old", overwrite: true);
        }
        else if (written.Exists)
        {
            await user.Own(folder.Log, cancellationToken);
        }
    }

    async Task Initialize(CancellationToken cancellationToken)
    {
        // Made beside and moved when whole: an interrupted first start leaves nothing that looks like a database. Each under a name of its own, for
        // the initdb of a killed start may still be at work, and takes its folder away when it fails.
        foreach (var interrupted in Directory.EnumerateDirectories(folder.Root, Path.GetFileName(folder.Data) + ".new*").ToList())
        {
            Remove(interrupted);
        }

        var fresh = $"{folder.Data}.new-{Guid.NewGuid():N}";

        // Names sort by their bytes, fast and the same everywhere; letters still know their upper and lower case.
        var made = await InitDb(fresh, ["--lc-collate=C", "--lc-ctype=C.UTF-8"], cancellationToken);
        if (!made.Succeeded)
        {
            Remove(fresh);
            made = await InitDb(fresh, ["--no-locale"], cancellationToken);
        }

        if (!made.Succeeded)
        {
            throw new DatabaseException($"The embedded database could not be made in {folder.Root}: {made.Output}");
        }

        await PostgresSettings.Include(fresh);
        Directory.Move(fresh, folder.Data);
    }

    static void Remove(string fresh)
    {
        try
        {
            Directory.Delete(fresh, recursive: true);
        }
        catch (IOException)
        {
            // It is gone, as a rule an initdb that fails removes it by itself; or it is still being written, and the next first start removes it.
        }
    }

    Task<ShellCommand.Answer> InitDb(string data, IEnumerable<string> locale, CancellationToken cancellationToken) => user.Run(
        [binaries.Tool("initdb"), "-D", data, "-U", Owner, "--pwfile", folder.PasswordPath, "-A", "scram-sha-256", "-E", "UTF8", .. locale],
        cancellationToken);

    async Task StopLeftBehind(CancellationToken cancellationToken)
    {
        // We hold the folder, so a server that runs on it has lost its owner, guard and all.
        if (await Runs(cancellationToken))
        {
            log.PostgresLeftBehind(folder.Root);
            var stopped = await user.Run([binaries.Tool("pg_ctl"), "stop", "-s", "-m", "fast", "-w", "-D", folder.Data], cancellationToken);
            // The guard of an owner that was killed a moment ago may have stopped it first.
            if (!stopped.Succeeded && await Runs(cancellationToken))
            {
                throw new DatabaseException($"A PostgreSQL of an earlier start still runs on {folder.Data} and does not stop: {stopped.Output}");
            }
        }
    }

    async Task<bool> Runs(CancellationToken cancellationToken)
    {
        var pidFile = Path.Combine(folder.Data, "postmaster.pid");
        switch (RunsByTheKernel(pidFile))
        {
            case true:
                return true;
            case false:
                // Or PostgreSQL would refuse to start.
                File.Delete(pidFile);
                return false;
            default:
                return (await user.Run([binaries.Tool("pg_ctl"), "status", "-D", folder.Data], cancellationToken)).Succeeded;
        }
    }

    // pg_ctl believes any process that has the number in postmaster.pid: one of another program after a reboot, or one that has ended in a
    // container where nobody collects the dead; and none that is of another user. A server works in its data folder, so the kernel knows better.
    // The number may also be that of another PostgreSQL by now, which is not ours to stop. Null where the kernel does not tell.
    static bool? RunsByTheKernel(string pidFile)
    {
        if (!Directory.Exists("/proc/self"))
        {
            return null;
        }

        try
        {
            var claim = File.ReadLines(pidFile).Take(2).ToList();
            var process = $"/proc/{claim.FirstOrDefault()?.Trim()}";
            return File.ReadAllText(Path.Combine(process, "cmdline")).Split('\0')[0].Contains("postgres", StringComparison.Ordinal)
                && File.ReadLines(Path.Combine(process, "cwd", "postmaster.pid")).Take(2).SequenceEqual(claim);
        }
        catch (IOException)
        {
            return false; // the file or the process is gone
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }

    async Task<bool> SupportsLz4(CancellationToken cancellationToken) =>
        (await user.Run([binaries.Tool("postgres"), "-D", folder.Data, "-C", "default_toast_compression", "-c", "default_toast_compression=lz4"], cancellationToken)).Succeeded;
}
