using System.Net;
using System.Text.Json.Nodes;
using XtndOrleans.Simulator;
using XtndOrleans.SystemTests.Support;

namespace XtndOrleans.SystemTests.Chaos;

/// <summary>A store in a storm, and a server that is killed again and again and started anew at once.</summary>
internal sealed class ChaosWorld : IAsyncDisposable
{
    static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    static readonly string[] points = ["before-fetch", "after-fetch", "before-commit", "after-commit"];

    readonly Random random;
    ServerProcess server = null!;
    ServerProcess? sleeper;
    Api api = null!;
    int started;
    bool armed;

    ChaosWorld(World world, int seed) => (World, random) = (world, new(seed + 2));

    public World World { get; }

    public MagentoStore Store => World.Store;

    public string Connection { get; private set; } = null!;

    /// <summary>How often the server was killed, or killed itself at a point of a run, or hung for a while and woke beside the one that took its place.</summary>
    public int Kills { get; private set; }

    /// <summary>Connections to the database that were cut.</summary>
    public int Cuts { get; private set; }

    public static async Task<ChaosWorld> Create(int seed)
    {
        var store = new SimulatorOptions { Products = 300, Orders = 200, Customers = 80, Seed = seed, MultiSource = seed % 4 != 0 };
        var world = new ChaosWorld(await World.Create(store), seed);
        world.server = await world.World.StartServer(settings: world.NextSettings(arm: false));
        world.api = await World.NewTenant(world.server);
        world.Connection = await world.World.Connect(world.api);
        return world;
    }

    /// <summary>Asks the server, again when it dies meanwhile; a dead one is started anew.</summary>
    public async Task<JsonNode> Ask(Func<Api, Task<JsonNode>> question)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            await Revive();
            try
            {
                return await question(api);
            }
            catch (HttpRequestException away) when (away.StatusCode >= HttpStatusCode.InternalServerError && TimeProvider.System.GetElapsedTime(began) < Patience)
            {
                // Its connection to the database was cut.
                await Task.Delay(Pace, TimeProvider.System);
            }
            catch (Exception gone) when (gone is HttpRequestException { StatusCode: null } or TaskCanceledException)
            {
                await Until.True(() => Task.FromResult(server.HasExited), Patience, () => $"the end of a server that does not answer:\n{gone}");
            }
        }
    }

    /// <summary>Begins a run, or joins the one under way.</summary>
    public Task<JsonNode> Start(string entity, string? mode) => Ask(at => at.Post($"connections/{Connection}/runs", new { entity, mode }));

    /// <summary>Begins a run and waits for its end.</summary>
    public async Task<JsonNode> RunToEnd(string entity, string mode)
    {
        var run = await Start(entity, mode);
        Assert.False(run["joined"]!.GetValue<bool>(), $"{entity} runs already");
        return await api.End(Connection, (string)run["id"]!);
    }

    /// <summary>A person ends the entity's run, if it runs.</summary>
    public async Task Cancel(string entity)
    {
        var running = await Ask(api => api.Get($"connections/{Connection}/runs?entity={entity}&state=running"));
        foreach (var run in running["items"]!.AsArray())
        {
            await Ask(api => api.Post($"connections/{Connection}/runs/{run!["id"]}/cancel", null));
        }
    }

    /// <summary>A person asks for some held record, beside whatever runs. The store may be in no state to answer.</summary>
    public async Task Refresh(string entity)
    {
        if (await World.Database.Scalar($"SELECT external_id FROM xtnd.{entity} OFFSET {random.Next(60)} LIMIT 1") is string id)
        {
            try
            {
                await Ask(api => api.Post($"connections/{Connection}/records/{entity}/{Uri.EscapeDataString(id)}/refresh", null));
            }
            catch (HttpRequestException refused) when (refused.StatusCode == HttpStatusCode.UnprocessableEntity)
            {
                // It says why; nothing has changed.
            }
        }
    }

    /// <summary>Kills the server, or has it hang: what happens before another takes its place, neither sees.</summary>
    public async Task Kill(bool mayHang = true)
    {
        if (mayHang && sleeper is null && random.Next(3) == 0 && !server.HasExited)
        {
            sleeper = server;
            await sleeper.Freeze();
        }
        else if (!server.HasExited)
        {
            await server.Kill();
        }
    }

    /// <summary>One that hangs wakes beside the other, believes for a while that the runs are its own, and is killed.</summary>
    public async Task TurnSleeper()
    {
        if (sleeper is null || sleeper == server)
        {
            return;
        }

        await sleeper.Thaw();
        await LetRunsGoOn(random.Next(60), TimeSpan.FromSeconds(3));
        await sleeper.Kill();
        sleeper = null;
    }

    /// <summary>Cuts some of the server's connections to its database.</summary>
    public async Task Cut()
    {
        Cuts += (int)(long)(await World.Database.Scalar("""
            SELECT count(*) FROM (SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = 'chaos' ORDER BY state <> 'active', pid LIMIT 4) cut
            """))!;
    }

    /// <summary>Starts a server when there is none. Every other one kills itself at a point of some run.</summary>
    public async Task Revive(bool mayKillItself = true)
    {
        while (server.HasExited || server == sleeper)
        {
            Kills++;
            // It may meet its end before it serves, in the runs that it goes on with.
            server = await World.StartServer(settings: NextSettings(arm: mayKillItself && !armed), waitUntilReady: false);
            await server.WaitUntilReady(mayEnd: armed);
            (api, var before) = (api.At(server), api);
            before.Dispose();
        }
    }

    /// <summary>From now on no server kills itself.</summary>
    public async Task Disarm()
    {
        if (armed)
        {
            await Kill(mayHang: false);
        }

        await Revive(mayKillItself: false);
        await TurnSleeper();
    }

    /// <summary>Until the store was asked so often, for a moment at most: in an outage nobody asks.</summary>
    public async Task LetRunsGoOn(int requests, TimeSpan atMost)
    {
        var (began, enough) = (TimeProvider.System.GetTimestamp(), Store.Traffic.Counts.Requests + requests);
        while (Store.Traffic.Counts.Requests < enough && TimeProvider.System.GetElapsedTime(began) < atMost && !server.HasExited)
        {
            await Task.Delay(Pace, TimeProvider.System);
        }
    }

    /// <summary>What the last server wrote to its console.</summary>
    public string Output => server.Output;

    public async ValueTask DisposeAsync()
    {
        api?.Dispose();
        await World.DisposeAsync();
    }

    /// <summary>A cluster of its own for each server: nothing waits until the dead one is declared so. Reminders and grain state are the service's, not the cluster's.</summary>
    Dictionary<string, string> NextSettings(bool arm)
    {
        armed = arm;
        var next = new Dictionary<string, string>(ChaosSettings.Short) { ["Xtnd__Cluster__Id"] = $"chaos-{++started}", ["ConnectionStrings__Xtnd"] = $"{World.Database.ConnectionString};Application Name=chaos" };
        foreach (var (name, value) in arm ? World.KillAt(points[random.Next(points.Length)], random.Next(12)) : [])
        {
            next[name] = value;
        }

        return next;
    }
}
