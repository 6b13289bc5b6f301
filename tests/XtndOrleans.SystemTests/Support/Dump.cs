using System.Diagnostics;
using Npgsql;
using XtndOrleans.Tests.Support;

namespace XtndOrleans.SystemTests.Support;

/// <summary>All that a database holds, as text: what somebody has who steals a backup.</summary>
internal static class Dump
{
    public static async Task<string> Of(TestDatabase database)
    {
        var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        var start = new ProcessStartInfo(Tool()) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["--host", settings.Host!, "--port", $"{settings.Port}", "--username", settings.Username!, settings.Database!])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["PGPASSWORD"] = settings.Password;
        using var dump = Process.Start(start)!;
        var problems = dump.StandardError.ReadToEndAsync();
        var text = await dump.StandardOutput.ReadToEndAsync();
        await dump.WaitForExitAsync();
        Assert.True(dump.ExitCode == 0, await problems);
        return text;
    }

    static string Tool() => Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(version => Path.Combine(version, "bin", "pg_dump")).First(File.Exists);
}
