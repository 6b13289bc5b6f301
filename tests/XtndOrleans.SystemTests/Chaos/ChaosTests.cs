using XtndOrleans.Simulator;
using XtndOrleans.SystemTests.Support;

namespace XtndOrleans.SystemTests.Chaos;

/// <summary>
/// Ten minutes of a store's life in a storm, by a seed: what happens there and which faults come is the same for the same seed; where in a run they and the kills
/// meet it is not. Other seeds: XTND_CHAOS_SEEDS=7,8,9, or ./test.sh --chaos N.
/// </summary>
public sealed class ChaosTests
{
    const int Steps = 40;
    const int PlannedKills = 5;
    static readonly TimeSpan StepAtMost = TimeSpan.FromSeconds(1.5);

    public static TheoryData<int> Seeds => Environment.GetEnvironmentVariable("XTND_CHAOS_SEEDS") is { Length: > 0 } wanted
        ? [.. wanted.Split(',').Select(int.Parse)]
        : [1, 2, 3];

    [Theory, MemberData(nameof(Seeds))]
    public async Task After_any_storm_rows_feed_and_ledger_are_what_the_store_has(int seed)
    {
        await using var world = await ChaosWorld.Create(seed);
        var (life, weather) = (new StoreLife(world.Store, seed), new Weather(world.Store, seed));
        var feeds = EntityNames.All.ToDictionary(entity => entity, entity => new Follower(world, entity));

        await Storm(world, life, weather, feeds, new(seed + 3));
        var verdict = await Calm(world, life, weather, feeds);

        await Report(seed, world, life, verdict);
        Assert.True(verdict.Differences.Count == 0, $"Seed {seed}:\n{string.Join('\n', verdict.Differences)}\n{world.Output}");
    }

    static async Task Storm(ChaosWorld world, StoreLife life, Weather weather, Dictionary<string, Follower> feeds, Random random)
    {
        var kills = Enumerable.Range(1, Steps - 1).OrderBy(_ => random.Next()).Take(PlannedKills).ToHashSet();
        for (var step = 0; step < Steps; step++)
        {
            await Ask(world, random);
            await world.LetRunsGoOn(random.Next(1, 40), StepAtMost);
            await world.TurnSleeper();
            if (kills.Contains(step))
            {
                await world.Kill();
            }
            else if (random.Next(5) == 0)
            {
                await world.Cut();
            }

            // While a server is dead the store's life goes on.
            weather.Step();
            life.Step();
            if (random.Next(3) == 0)
            {
                await feeds[Any(EntityNames.All, random)].Read();
            }
        }
    }

    static async Task Ask(ChaosWorld world, Random random)
    {
        for (var n = random.Next(2, 5); n > 0; n--)
        {
            await world.Start(Any(EntityNames.All, random), random.Next(2) == 0 ? "full" : null);
        }

        if (random.Next(8) == 0)
        {
            await world.Cancel(Any(EntityNames.All, random));
        }

        if (random.Next(3) == 0)
        {
            await world.Refresh(Any(EntityNames.All, random));
        }
    }

    /// <summary>All faults are over: a delta and then a sweep of each entity must succeed, and nothing may be wrong after them.</summary>
    static async Task<Verdict> Calm(ChaosWorld world, StoreLife life, Weather weather, Dictionary<string, Follower> feeds)
    {
        weather.Clear();
        await world.Disarm();
        await Until.True(
            async () => await world.World.Database.Scalar("SELECT count(*) FROM xtnd.run WHERE state IN ('queued', 'running')") is 0L,
            TimeSpan.FromMinutes(3), () => $"the runs of the storm to end:\n{world.Output}");
        var verdict = new Verdict(world, life);
        foreach (var mode in (string[])["incremental", "full"])
        {
            foreach (var entity in EntityNames.All)
            {
                var run = await world.RunToEnd(entity, mode);
                verdict.Says(entity, $"{mode} run did not succeed", (string)run["state"]! == "succeeded" ? [] : [run["error"]!.ToJsonString()]);
                await (mode == "full" ? verdict.OfSweep(entity, feeds[entity]) : entity == EntityNames.Stock ? Task.CompletedTask : verdict.OfDelta(entity));
            }
        }

        await verdict.OfAll();
        return verdict;
    }

    static async Task Report(int seed, ChaosWorld world, StoreLife life, Verdict verdict)
    {
        var faults = world.Store.Faults.Hits.OrderBy(hit => hit.Key).Select(hit => $"{hit.Key} {hit.Value}").Append($"poison {world.Store.Poison.Hits}");
        var runs = await world.World.Database.Scalar("SELECT string_agg(n || ' ' || state, ', ' ORDER BY state) FROM (SELECT state, count(*) AS n FROM xtnd.run GROUP BY state) r");
        await Console.Out.WriteLineAsync(
            $"chaos: seed {seed}; {life.Changed} changed, {life.Added} added, {life.Deleted} deleted; faults: {string.Join(", ", faults)}; " +
            $"{world.Kills} kills, {world.Cuts} cuts; {world.Store.Traffic.Counts.Requests} requests; runs: {runs}; differences: {verdict.Differences.Count}");
    }

    static T Any<T>(IReadOnlyList<T> of, Random random) => of[random.Next(of.Count)];
}
