using Npgsql;
using XtndOrleans.SystemTests.Support;

namespace XtndOrleans.SystemTests.Faults;

/// <summary>The database is away in the middle of a run: the run waits, says so, and goes on after the last page committed.</summary>
public sealed class StorageDownTests
{
    [Theory]
    [InlineData(5)]
    [InlineData(20)]
    public async Task A_run_waits_for_the_database_and_loses_nothing(int secondsAway)
    {
        await using var world = await World.Create(new() { Products = 3000, Orders = 1, Latency = TimeSpan.FromMilliseconds(150) });
        var settings = new NpgsqlConnectionStringBuilder(world.Database.ConnectionString);
        await using var cable = new Cable(settings.Port);
        (settings.Host, settings.Port) = ("127.0.0.1", cable.Port);
        var server = await world.StartServer(settings: new Dictionary<string, string> { ["ConnectionStrings__Xtnd"] = settings.ConnectionString });
        using var api = await World.NewTenant(server);
        var connection = await world.Connect(api);
        using var events = new StreamReader(await api.Stream($"connections/{connection}/events"));
        var middle = world.HoldRequest("product", 6);
        var run = await api.Run(connection, "product");
        await Until.True(
            async () => await world.Database.Scalar("SELECT pages FROM xtnd.run") is > 3L, TimeSpan.FromMinutes(1), "some pages");

        cable.Cut();
        middle.Release();
        await Waits(events).WaitAsync(TimeSpan.FromMinutes(2));
        // What the database had taken before the cut it still commits, unheard.
        await Until.True(
            async () => await world.Database.Scalar("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND xact_start IS NOT NULL AND pid <> pg_backend_pid()") is 0L,
            TimeSpan.FromMinutes(1), "no transaction under way");
        var held = await world.Database.Scalar("SELECT count(*) FROM xtnd.product");
        await Task.Delay(TimeSpan.FromSeconds(secondsAway), TimeProvider.System);
        Assert.Equal(held, await world.Database.Scalar("SELECT count(*) FROM xtnd.product"));
        Assert.Equal("running", await world.Database.Scalar("SELECT state FROM xtnd.run"));
        cable.Mend();

        var ended = await api.End(connection, run);
        Assert.Equal(("succeeded", 3000), ((string)ended["state"]!, (int)ended["inserted"]!));
        Assert.False(server.HasExited);
        await Held.ProductsEqualTheStore(world.Database, world.Store);
        await Held.SeqHasNoGaps(world.Database, "product");
    }

    static async Task Waits(StreamReader events)
    {
        while (await events.ReadLineAsync() is { } line)
        {
            if (line.Contains("database_unavailable"))
            {
                return;
            }
        }

        Assert.Fail("The stream ended before the run said that it waits for the database.");
    }
}
