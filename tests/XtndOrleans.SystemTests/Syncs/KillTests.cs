using XtndOrleans.Simulator;
using XtndOrleans.SystemTests.Support;

namespace XtndOrleans.SystemTests.Syncs;

public sealed class KillTests
{
    /// <summary>The process dies as by kill -9, in the middle of a first read, at each step that a crash may separate.</summary>
    [Theory]
    [InlineData("before-fetch", 600)]
    [InlineData("after-fetch", 600)]
    [InlineData("before-commit", 600)]
    [InlineData("after-commit", 800)]
    public async Task A_server_killed_in_the_middle_goes_on_where_it_was(string point, long least)
    {
        await using var world = await World.Create();
        var first = await world.StartServer(settings: World.KillAt(point, 3));
        using var api = await World.NewTenant(first);
        var connection = await world.Connect(api);
        var run = await api.Run(connection, "product");
        await first.WaitForExit(TimeSpan.FromMinutes(2));
        // It died where it should: pages of 200, the fourth or one of those that go into its transaction in its hands.
        var held = (long)(await world.Database.Scalar("SELECT count(*) FROM xtnd.product"))!;
        Assert.InRange(held, least, 1800);
        Assert.Equal(0, held % 200);
        world.Store.Traffic.Reset();

        var second = await world.StartServer();
        using var again = api.At(second);
        var ended = await again.End(connection, run);

        Assert.Equal("succeeded", (string)ended["state"]!);
        Assert.InRange((int)ended["resumes"]!, 1, 5);
        Assert.Equal(2000, (int)ended["inserted"]!);
        Assert.Equal(2000, (int)ended["seen"]!);
        await Held.ProductsEqualTheStore(world.Database, world.Store);
        await Held.SeqHasNoGaps(world.Database, "product");
        // What was committed before the kill was not asked for again.
        Assert.InRange(world.Store.Traffic.Counts.ByPath["products"], 1, ((2000 - held) / 200) + 3);
    }

    [Fact]
    public async Task A_second_silo_takes_over_the_runs_of_one_that_is_killed()
    {
        await using var world = await World.Create();
        var first = await world.StartServer();
        var second = await world.StartServer();
        using var api = await World.NewTenant(first);
        var runs = new List<(string Connection, string Run, bool OnFirst, HeldRequest Middle)>();
        // A connection's id decides which silo reads it, so there are as many as it takes for either to have one: three as a rule.
        while (runs.Count < 30 && runs.DistinctBy(run => run.OnFirst).Count() < 2)
        {
            var connection = await world.Connect(api);
            var middle = world.HoldRequest("product", 5);
            var run = await api.Run(connection, "product");
            await middle.Reached.WaitAsync(TimeSpan.FromMinutes(1));
            runs.Add((connection, run, await Reads(first, second, run), middle));
        }

        await Until.True(
            async () => await world.Database.Scalar("SELECT min(pages) FROM xtnd.run") is > 2L, TimeSpan.FromMinutes(1), "every run to have read some pages");
        await first.Kill();
        runs.ForEach(run => run.Middle.Release());

        using var other = api.At(second);
        foreach (var (connection, run, wasOnFirst, _) in runs)
        {
            var ended = await other.End(connection, run);
            Assert.True(((string)ended["state"]!, (int)ended["inserted"]!) == ("succeeded", 2000), $"The run has ended as {ended.ToJsonString()}\n{second.Output}");
            // One of the second's is interrupted too where its connection's grain died.
            Assert.True(!wasOnFirst || (int)ended["resumes"]! > 0, "A run of the dead silo was not taken over.");
        }

        Assert.Equal(2000L * runs.Count, await world.Database.Scalar("SELECT count(*) FROM xtnd.product"));
    }

    /// <summary>A silo that hangs is declared dead and its runs go on elsewhere; when it wakes it still believes that they are its own.</summary>
    [Fact]
    public async Task A_silo_that_hangs_and_wakes_again_writes_nothing_any_more()
    {
        await using var world = await World.Create(new() { Products = 3000, Orders = 1, Latency = TimeSpan.FromMilliseconds(300) });
        var first = await world.StartServer();
        using var api = await World.NewTenant(first);
        var connection = await world.Connect(api);
        var middle = world.HoldRequest("product", 5);
        var run = await api.Run(connection, "product");
        await Until.True(async () => await world.Database.Scalar("SELECT pages FROM xtnd.run") is > 2L, TimeSpan.FromMinutes(1), "some pages");
        var second = await world.StartServer();
        using var other = api.At(second);
        await first.Freeze();
        // What it asked for arrives while it hangs.
        middle.Release();
        await Until.True(
            async () => await world.Database.Scalar("SELECT resumes FROM xtnd.run") is > 0, TimeSpan.FromMinutes(2), "the second silo to take the run over");
        await first.Thaw();

        Assert.Equal("succeeded", (string)(await other.End(connection, run))["state"]!);
        await Held.ProductsEqualTheStore(world.Database, world.Store);
        await Held.SeqHasNoGaps(world.Database, "product");
        // A page that the first had written after all would have been read a second time, and its records found unchanged.
        Assert.Equal("3000 3000 0", await world.Database.Scalar("SELECT concat_ws(' ', inserted, seen, unchanged) FROM xtnd.run"));
    }

    [Fact]
    public async Task A_silo_that_is_told_to_stop_finishes_its_page_and_another_goes_on()
    {
        await using var world = await World.Create();
        var first = await world.StartServer();
        using var api = await World.NewTenant(first);
        var connection = await world.Connect(api);
        var middle = world.HoldRequest("product", 6);
        var run = await api.Run(connection, "product");
        await Until.True(async () => await world.Database.Scalar("SELECT pages FROM xtnd.run") is > 3L, TimeSpan.FromMinutes(1), "some pages");
        await middle.Reached.WaitAsync(TimeSpan.FromMinutes(1));
        // The rest would take longer than the signal needs to arrive.
        world.Store.Settings.Latency = TimeSpan.FromSeconds(3);
        middle.Release();

        Assert.Equal(0, await first.Stop());
        world.Store.Settings.Latency = TimeSpan.Zero;
        world.Store.Traffic.Reset();
        Assert.Equal("running", await world.Database.Scalar("SELECT state FROM xtnd.run"));
        var second = await world.StartServer();
        using var other = api.At(second);
        Assert.Equal("succeeded", (string)(await other.End(connection, run))["state"]!);
        await Held.ProductsEqualTheStore(world.Database, world.Store);
        await Held.SeqHasNoGaps(world.Database, "product");
        // Six pages were left at most, the end behind them, and the count; a record lost between the two would have been searched for.
        Assert.InRange(world.Store.Traffic.Counts.ByPath["products"], 5, 9);
    }

    [Fact]
    public async Task A_frontend_serves_what_silos_do_and_outlives_one()
    {
        await using var world = await World.Create();
        var silo = await world.StartServer("silo");
        var other = await world.StartServer("silo");
        var frontend = await world.StartServer("frontend");
        using var api = await World.NewTenant(frontend);
        var connection = await world.Connect(api);
        Assert.Equal("succeeded", (string)(await api.End(connection, await api.Run(connection, "product")))["state"]!);
        await silo.Kill();
        await Until.True(
            async () =>
            {
                try
                {
                    return (bool)(await api.Post($"connections/{connection}/verify", null))["ok"]!;
                }
                catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
                {
                    return false;
                }
            },
            TimeSpan.FromMinutes(3), "the frontend to use the other silo");
        Assert.False(other.HasExited);
    }

    /// <summary>Whether the first of two silos reads the run: the one that has it says so.</summary>
    static async Task<bool> Reads(ServerProcess first, ServerProcess second, string run)
    {
        var said = $"Run {Guid.ParseExact(run, "N")} of";
        await Until.True(() => Task.FromResult((first.Output + second.Output).Contains(said)), TimeSpan.FromMinutes(1), "a silo to say that it reads");
        return first.Output.Contains(said);
    }
}
