using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Serialization;
using Orleans.TestingHost;
using XtndOrleans.Connectors;
using XtndOrleans.Engine;
using XtndOrleans.Engine.Tenants;
using XtndOrleans.Server;
using XtndOrleans.Server.Pages;
using XtndOrleans.Tests.Support;

[assembly: AssemblyFixture(typeof(XtndOrleans.Tests.Server.SharedWorldEnd))]

namespace XtndOrleans.Tests.Server;

/// <summary>The API over a real database and real tenants in a cluster; the other grains are fakes that write what the API reads.</summary>
internal sealed class ApiWorld : IAsyncDisposable
{
    public const string PlatformKey = "xtnd_platform_key_of_the_tests";

    // All its tests call from one address, more than a thousand times, and the platform is one caller: how fast is not what they are about.
    static readonly Lazy<Task<ApiWorld>> SharedWorld = new(() => Start(
        ("Xtnd:RateLimit:Burst", "100000"), ("Xtnd:RateLimit:AnonymousBurst", "100000"), ("Xtnd:RateLimit:FailedSignInBurst", "100000")));


    readonly SocketsHttpHandler connections = new() { Expect100ContinueTimeout = TimeSpan.FromMinutes(1) };
    InProcessTestCluster cluster = null!;

    /// <summary>One world for all tests that need nothing special: each makes tenants of its own.</summary>
    public static Task<ApiWorld> Shared => SharedWorld.Value;

    public static async ValueTask StopShared()
    {
        if (SharedWorld.IsValueCreated)
        {
            await (await SharedWorld.Value).DisposeAsync();
        }
    }

    public required TestDatabase Database { get; init; }

    public required FakeGrains Grains { get; init; }

    public WebApplication App { get; private set; } = null!;

    public CollectedLogs Logs { get; } = new();

    public HttpClient Platform => Client(PlatformKey);

    public static Task<ApiWorld> Start(params (string Key, string Value)[] settings) => Start(TimeProvider.System, settings);

    public static Task<ApiWorld> Start(TimeProvider clock, params (string Key, string Value)[] settings) => Start(clock, null, settings);

    /// <param name="clock">The server's.</param>
    /// <param name="way">How the server reaches the database; null: as the tests do.</param>
    /// <param name="settings">Of the server.</param>
    public static async Task<ApiWorld> Start(TimeProvider clock, Func<TestDatabase, NpgsqlDataSource>? way, params (string Key, string Value)[] settings)
    {
        var database = await TestDatabase.Create();
        var factory = DispatchProxy.Create<IGrainFactory, FakeGrains>();
        var grains = (FakeGrains)(object)factory;
        grains.Database = database;
        var world = new ApiWorld { Database = database, Grains = grains };
        var catalog = new ConnectorCatalog([new FakeConnector("magento")]);
        var connections = new ConnectionService(factory, catalog, TimeProvider.System);

        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => silo.Services.AddSerializer(ReportsAsJson).AddSingleton(database.DataSource).AddSingleton(connections).AddTenants());
        builder.ConfigureClient(client => client.Services.AddSerializer(ReportsAsJson));
        world.cluster = builder.Build();
        await world.cluster.DeployAsync();
        grains.Real = world.cluster.Client;

        var web = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        web.Configuration.AddInMemoryCollection([new("Xtnd:PlatformKey", PlatformKey)]);
        web.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create<string, string?>(s.Key, s.Value)));
        web.WebHost.UseUrls("http://127.0.0.1:0");
        web.Logging.ClearProviders().AddProvider(world.Logs).SetMinimumLevel(LogLevel.Trace);
        web.Services.AddSingleton(way?.Invoke(database) ?? database.DataSource).AddSingleton(factory).AddSingleton(catalog).AddSingleton(connections);
        web.Services.AddSingleton(clock).AddApi(web.Configuration).AddPage(web.Configuration);
        world.App = web.Build();
        world.App.UsePage().UseApi().MapApi().MapPage();
        try
        {
            await world.App.StartAsync();
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }

        return world;
    }

    // The connectors know nothing of Orleans; their reports cross it as JSON.
    static void ReportsAsJson(ISerializerBuilder serializer) => serializer.AddJsonSerializer(type => type.Namespace == typeof(Verification).Namespace);

    public HttpClient Client(string? key)
    {
        var client = new HttpClient(connections, disposeHandler: false) { BaseAddress = new(App.Urls.First() + "/api/v1/") };
        client.DefaultRequestHeaders.Authorization = key is null ? null : new("Bearer", key);
        return client;
    }

    /// <summary>A new tenant with an owner.</summary>
    public async Task<TestTenant> Tenant()
    {
        var tenant = await Platform.Post("tenants", new { name = "A tenant" });
        var id = tenant.Body["id"]!.GetValue<string>();
        return new(this, id, await Key(id, "owner"));
    }

    public async Task<string> Key(string tenant, string role) =>
        (await Platform.Post($"tenants/{tenant}/keys", new { name = role, role })).Body["key"]!.GetValue<string>();

    public async ValueTask DisposeAsync()
    {
        connections.Dispose();
        await App.DisposeAsync();
        await cluster.DisposeAsync();
        await Database.DisposeAsync();
    }
}

/// <summary>Stops the shared world when the last test is done, if any test used it.</summary>
public sealed class SharedWorldEnd : IAsyncDisposable
{
    public ValueTask DisposeAsync() => ApiWorld.StopShared();
}

internal sealed record TestTenant(ApiWorld World, string Id, string OwnerKey)
{
    public HttpClient Owner => World.Client(OwnerKey);

    public async Task<HttpClient> As(string role) => World.Client(await World.Key(Id, role));

    public async Task<string> Connection(string name = "Main store") => (await Owner.Post("connections", Draft(name))).Body["id"]!.GetValue<string>();

    /// <summary>The path of a link that signs in to the page; made with the owner's key or another's.</summary>
    public async Task<string> Link(HttpClient? maker = null)
    {
        var made = await (maker ?? Owner).Post($"tenants/{Id}/sign-in-links", new { });
        Assert.Equal(HttpStatusCode.Created, made.Status);
        return new Uri(made.Body["url"]!.GetValue<string>()).PathAndQuery;
    }

    /// <summary>With another way to sign in.</summary>
    public static object Draft(object auth) => new { system = "magento", name = "Main store", apiUrl = "https://shop.example/rest/V1", accessToken = "integration", secret = "TheStoresPassword77", auth };

    public static object Draft(string name = "Main store") => new
    {
        system = "magento",
        name,
        apiUrl = "https://shop.example/rest/V1",
        accessToken = "integration",
        secret = "TheStoresPassword77",
        timeZone = "Europe/Stockholm",
    };
}

internal sealed record Reply(HttpStatusCode Status, JsonNode Body, HttpResponseMessage Message)
{
    public string? Code => Body["code"]?.GetValue<string>();
}

internal static class Calls
{
    public static Task<Reply> Get(this HttpClient client, string path) => client.Call(HttpMethod.Get, path);

    public static Task<Reply> Post(this HttpClient client, string path, object? body = null, params (string Name, string Value)[] headers) =>
        client.Call(HttpMethod.Post, path, body is null ? null : JsonContent.Create(body), headers);

    public static Task<Reply> Put(this HttpClient client, string path, object body, params (string Name, string Value)[] headers) =>
        client.Call(HttpMethod.Put, path, JsonContent.Create(body), headers);

    public static Task<Reply> Patch(this HttpClient client, string path, object body, params (string Name, string Value)[] headers) =>
        client.Call(HttpMethod.Patch, path, JsonContent.Create(body), headers);

    public static Task<Reply> Delete(this HttpClient client, string path) => client.Call(HttpMethod.Delete, path);

    public static async Task<Reply> Call(this HttpClient client, HttpMethod method, string path, HttpContent? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new(answer.StatusCode, text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!, answer);
    }
}

/// <summary>Everything that was logged, at every level.</summary>
internal sealed class CollectedLogs : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }
}
