using System.Net.Http.Json;
using System.Text.Json.Nodes;
using XtndOrleans.Simulator;
using XtndOrleans.Tests.Support;

namespace XtndOrleans.SystemTests.Support;

/// <summary>A database, a pretend store and server processes: what one test needs, its own.</summary>
internal sealed class World : IAsyncDisposable
{
    public const string PlatformKey = "xtnd_platform_0123456789abcdef0123456789abcdef";

    readonly List<ServerProcess> servers = [];

    World(TestDatabase database, SimulatorHost simulator)
    {
        Database = database;
        Simulator = simulator;
    }

    public TestDatabase Database { get; }

    public SimulatorHost Simulator { get; }

    public MagentoStore Store => Simulator.Store(1);

    public static async Task<World> Create(SimulatorOptions? options = null) =>
        new(await TestDatabase.Create(), await SimulatorHost.Start(options ?? new() { Products = 2000, Orders = 300 }));

    /// <summary>Starts one more server on the world's database.</summary>
    public async Task<ServerProcess> StartServer(string role = "all", IReadOnlyDictionary<string, string>? settings = null, bool waitUntilReady = true)
    {
        var all = new Dictionary<string, string>
        {
            ["ConnectionStrings__Xtnd"] = Database.ConnectionString,
            ["Xtnd__Role"] = role,
            ["Xtnd__PlatformKey"] = PlatformKey,
            ["Xtnd__Egress__AllowPrivateAddresses"] = "true",
            ["Xtnd__Cluster__Address"] = "127.0.0.1",
            // Chosen here: two servers that start at once could find the same ones free.
            ["Xtnd__Cluster__SiloPort"] = $"{FreePort.Next()}",
            ["Xtnd__Cluster__GatewayPort"] = $"{FreePort.Next()}",
        };
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
        {
            all[name] = value;
        }

        var server = await ServerProcess.Start(all, waitUntilReady);
        servers.Add(server);
        return server;
    }

    /// <summary>Settings that make a server kill itself when a run reaches a point at a page.</summary>
    public static Dictionary<string, string> KillAt(string point, int page) => new()
    {
        ["XTND_TEST_KILL_AT"] = $"{point}:{page}",
        ["DOTNET_STARTUP_HOOKS"] = Path.Combine(AppContext.BaseDirectory, "XtndOrleans.KillSwitch.dll"),
    };

    /// <summary>A new tenant's owner, speaking to a server.</summary>
    public static async Task<Api> NewTenant(ServerProcess server)
    {
        using var platform = new Api(server.Address, PlatformKey);
        var tenant = await platform.Post("tenants", new { name = "Test" });
        var key = await platform.Post($"tenants/{tenant["id"]}/keys", new { name = "test", role = "owner" });
        return new(server.Address, (string)key["key"]!);
    }

    /// <summary>A verified connection to the world's store; answers its id.</summary>
    public async Task<string> Connect(Api api, string user = "admin", string password = "Admin123demo")
    {
        var connection = await api.Post("connections", Draft(user, password));
        var id = (string)connection["id"]!;
        await Verify(api, id);
        return id;
    }

    /// <summary>Verifies a connection that can be; answers the report. A machine with much else to do may not manage it within the limit at first.</summary>
    public static Task<JsonNode> Verify(Api api, string connection) => Verify(api, $"connections/{connection}/verify", null);

    /// <summary>Verifies what can be, saved or not.</summary>
    public static async Task<JsonNode> Verify(Api api, string path, object? draft)
    {
        JsonNode? report = null;
        await Until.True(
            async () => (bool)(report = await api.Post(path, draft))["ok"]!,
            TimeSpan.FromMinutes(2), () => $"the connection to be verified:\n{report?.ToJsonString()}");
        return report!;
    }

    /// <summary>The store will hold the so-manieth of the next requests to an entity's list until it is released: a run stands in its middle, however fast it is.</summary>
    public HeldRequest HoldRequest(string entity, int number)
    {
        for (var passing = 1; passing < number; passing++)
        {
            Store.Gates.HoldNext(entity).Release();
        }

        return Store.Gates.HoldNext(entity);
    }

    public object Draft(string user = "admin", string password = "Admin123demo") => new
    {
        system = "magento",
        name = "Main store",
        apiUrl = $"{Simulator.StoreAddress()}/rest/V1",
        accessToken = user,
        secret = password,
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var server in servers)
        {
            await server.DisposeAsync();
        }

        await Simulator.DisposeAsync();
        await Database.DisposeAsync();
    }
}

/// <summary>The REST API, spoken to with one key.</summary>
internal sealed class Api : IDisposable
{
    readonly HttpClient client;

    public Api(Uri server, string key)
    {
        Key = key;
        client = new() { BaseAddress = new(server, "/api/v1/"), Timeout = TimeSpan.FromSeconds(60) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
    }

    public string Key { get; }

    /// <summary>The same key at another server.</summary>
    public Api At(ServerProcess server) => new(server.Address, Key);

    public Task<JsonNode> Get(string path) => Read(client.GetAsync(path));

    public Task<JsonNode> Post(string path, object? body) => Read(client.PostAsync(path, Json(body)));

    public Task<JsonNode> Put(string path, object body) => Read(client.PutAsync(path, Json(body)));

    public Task<HttpResponseMessage> Patch(string path, object body) => client.PatchAsync(path, Json(body));

    public Task<HttpResponseMessage> Send(HttpRequestMessage request) => client.SendAsync(request);

    public Task<HttpResponseMessage> Delete(string path) => client.DeleteAsync(path);

    public Task<Stream> Stream(string path) => client.GetStreamAsync(path);

    /// <summary>Starts a run; answers its id.</summary>
    public async Task<string> Run(string connection, string entity, string? mode = null) =>
        (string)(await Post($"connections/{connection}/runs", new { entity, mode }))["id"]!;

    /// <summary>Waits for a run's end; answers it.</summary>
    public async Task<JsonNode> End(string connection, string run, TimeSpan? limit = null)
    {
        JsonNode? last = null;
        await Until.True(
            async () =>
            {
                try
                {
                    last = await Get($"connections/{connection}/runs/{run}");
                    return (string)last["state"]! is "succeeded" or "failed" or "cancelled";
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            limit ?? TimeSpan.FromMinutes(2),
            () => $"the run to end; it was last seen as {last?.ToJsonString()}");
        return last!;
    }

    public void Dispose() => client.Dispose();

    static JsonContent? Json(object? body) => body is null ? null : JsonContent.Create(body);

    static async Task<JsonNode> Read(Task<HttpResponseMessage> call)
    {
        using var answer = await call;
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? JsonNode.Parse(text) ?? new JsonObject()
            : throw new HttpRequestException($"{(int)answer.StatusCode}: {text}", null, answer.StatusCode);
    }
}
