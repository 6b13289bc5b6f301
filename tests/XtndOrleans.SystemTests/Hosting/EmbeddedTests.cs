using XtndOrleans.SystemTests.Support;

namespace XtndOrleans.SystemTests.Hosting;

/// <summary>A server without a connection string, with the PostgreSQL that it starts by itself.</summary>
public sealed class EmbeddedTests : IDisposable
{
    static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    readonly string folder = Path.Combine(Path.GetTempPath(), $"xtnd-start-{Guid.NewGuid():N}");

    Dictionary<string, string> Settings => new()
    {
        ["ConnectionStrings__Xtnd"] = "",
        ["Xtnd__Embedded__Folder"] = folder,
        ["Xtnd__PlatformKey"] = World.PlatformKey,
    };

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_killed_server_finds_its_data_again_and_a_stopped_one_leaves_no_postgres_behind()
    {
        await using var first = await ServerProcess.Start(Settings);
        using var api = new Api(first.Address, World.PlatformKey);
        var tenant = (string)(await api.Post("tenants", new { name = "Kept" }))["id"]!;

        await using (var second = await ServerProcess.Start(Settings, waitUntilReady: false))
        {
            await second.WaitForExit(Limit);
            Assert.Equal(1, second.ExitCode);
            Assert.Contains($"process id {first.Id}", second.Output);
            Assert.Contains("Xtnd:Embedded:Folder", second.Output);
            Assert.DoesNotContain("   at ", second.Output);
        }

        await first.Kill();
        await using var third = await ServerProcess.Start(Settings);
        using var again = new Api(third.Address, World.PlatformKey);
        Assert.Equal("Kept", (string)(await again.Get($"tenants/{tenant}"))["name"]!);
        Assert.NotEmpty(Postgres());

        Assert.Equal(0, await third.Stop());
        Assert.Empty(Postgres());
    }

    /// <summary>The processes that run on the folder's data.</summary>
    List<string> Postgres() => [.. Directory.GetDirectories("/proc")
        .Where(process => int.TryParse(Path.GetFileName(process), out _))
        .Select(CommandLine)
        .Where(command => command.Contains(folder, StringComparison.Ordinal))];

    static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ');
        }
        catch (Exception ended) when (ended is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
