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

    public static async Task<SimulatedStore> Start(int products = 50, int orders = 20, Action<ConnectorOptions>? configure = null)
    {
        var host = await SimulatorHost.Start(new SimulatorOptions { Products = products, Orders = orders });
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
    public async Task<List<string>> ReadAll(string entity, int size, DateTimeOffset? since = null, Action<int>? before = null)
    {
        var session = await Session();
        var ids = new List<string>();
        for (var number = 1; ; number++)
        {
            before?.Invoke(number);
            using var page = await Magento.Read(session, new PageRequest(entity, ids.LastOrDefault(), since, size), Cancel);
            ids.AddRange(page.Records.Select(r => r.ExternalId));
            if (page.IsLast)
            {
                return ids;
            }
        }
    }

    public async Task<Verification> Verify(StoreAccount? account = null) => (await Magento.Verify(account ?? Account(), null, Cancel)).Report;

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await host.DisposeAsync();
    }
}
