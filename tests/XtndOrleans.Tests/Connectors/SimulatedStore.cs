using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using XtndOrleans.Connectors;
using XtndOrleans.Connectors.Http;
using XtndOrleans.Simulator;

namespace XtndOrleans.Tests.Connectors;

/// <summary>A simulated store and the connector to read it.</summary>
internal sealed class SimulatedStore : IAsyncDisposable
{
    public const string Password = "Admin123demo";

    readonly SimulatorHost host;
    readonly ServiceProvider services;
    StoreToken? token;

    SimulatedStore(SimulatorHost host, ServiceProvider services)
    {
        this.host = host;
        this.services = services;
    }

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public MagentoStore Store => host.Store();

    public IConnector Magento => services.GetRequiredService<ConnectorCatalog>()["magento"];

    public string Root => host.StoreAddress().AbsoluteUri;

    public string Token => token!.Value;

    public static Task<SimulatedStore> Start(int products = 50, int orders = 20, Action<ConnectorOptions>? configure = null) =>
        Start(new SimulatorOptions { Products = products, Orders = orders }, configure);

    public static async Task<SimulatedStore> Start(SimulatorOptions wanted, Action<ConnectorOptions>? configure = null)
    {
        var host = await SimulatorHost.Start(wanted);
        return new SimulatedStore(host, StoreStub.Services(options =>
        {
            options.AllowPrivateAddresses = true;
            configure?.Invoke(options);
        }));
    }

    public StoreAccount Account(string user = "admin", string password = Password, string? address = null) =>
        Magento.TryReadApiUrl(address ?? Root, out var read, out var problem) ? new StoreAccount(read, user, password) : throw new ArgumentException(problem);

    public async Task<StoreSession> Session(string user = "admin", string password = Password)
    {
        var account = Account(user, password);
        token = await Magento.SignIn(account, Cancel);
        return new StoreSession(account.BaseAddress, "Bearer " + token.Value);
    }

    public async Task<ConnectorException> Failure(string entity = Entities.Product, string? after = null, int size = 10)
    {
        var session = await Session();
        return await Assert.ThrowsAsync<ConnectorException>(() => Magento.Read(session, new PageRequest(entity, after, null, size), Cancel));
    }

    /// <summary>Reads to the end, page by page, and does something before each.</summary>
    public async Task<List<string>> ReadAll(string entity, int size, DateTimeOffset? since = null, Action<int>? before = null, string? stock = null)
    {
        var ids = new List<string>();
        await ReadPages(entity, size, page => ids.AddRange(page.Records.Select(r => r.ExternalId)), since, before, stock);
        return ids;
    }

    /// <summary>Reads to the end and hands out each page while its records can be read. The number of pages.</summary>
    public async Task<int> ReadPages(
        string entity, int size, Action<Page> read, DateTimeOffset? since = null, Action<int>? before = null, string? stock = null, Func<int, int>? sizes = null)
    {
        var session = await Session() with { Stock = stock };
        string? after = null;
        for (var number = 1; ; number++)
        {
            Assert.True(number < 10_000, "The end is never reached.");
            before?.Invoke(number);
            using var page = await Magento.Read(session, new PageRequest(entity, after, since, sizes?.Invoke(number) ?? size), Cancel);
            read(page);
            after = page.Next ?? after;
            if (page.IsLast)
            {
                return number;
            }
        }
    }

    /// <summary>The items of a list as the store itself gives them.</summary>
    public async Task<JsonArray> Get(string path)
    {
        var session = await Session();
        using var client = new HttpClient { DefaultRequestHeaders = { { "Authorization", session.Authorization }, { "Accept", "application/json" } } };
        return JsonNode.Parse(await client.GetStringAsync(new Uri(session.BaseAddress, path), Cancel))!["items"]!.AsArray();
    }

    public async Task<Verification> Verify(StoreAccount? account = null) => (await Magento.Verify(account ?? Account(), null, Cancel)).Report;

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await host.DisposeAsync();
    }
}
