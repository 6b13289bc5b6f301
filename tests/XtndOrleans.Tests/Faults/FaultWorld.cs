using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.TestingHost;
using XtndOrleans.Connectors.Http;
using XtndOrleans.Engine.Syncs;
using XtndOrleans.Simulator;
using XtndOrleans.Tests.Engine;
using XtndOrleans.Tests.Faults;
using XtndOrleans.Tests.Support;
using ConnectionOptions = XtndOrleans.Engine.Connections.ConnectionOptions;

[assembly: AssemblyFixture(typeof(FaultWorld))]

namespace XtndOrleans.Tests.Faults;

/// <summary>
/// A silo with the whole engine on PostgreSQL, and pretend stores before it, which all fault tests share: each takes a store and a tenant of its own. It starts
/// with the first that asks. Pages of four records, waits of milliseconds. A test that needs other limits makes a world of its own.
/// </summary>
public sealed class FaultWorld : IAsyncLifetime
{
    const int Stores = 2000;

    /// <summary>More than a page, so that every entity is read in several.</summary>
    const int Fewest = 5;

    readonly Lazy<Task> started;
    InProcessTestCluster? cluster;
    NpgsqlDataSource? orleans;
    int opened;

    public FaultWorld() => started = new(Start);

    internal SimulatorOptions Size { get; init; } = new() { Products = 25, Orders = 60, Customers = 12 };

    internal TestDatabase Database { get; private set; } = null!;

    internal SimulatorHost Simulator { get; private set; } = null!;

    /// <summary>The engine's clock. Set it forward only in a world of your own.</summary>
    internal EngineFixture.ShiftedClock Clock { get; } = new();

    internal SyncOptions Sync { get; } = new()
    {
        PageSize = 4,
        FirstWait = TimeSpan.FromMilliseconds(1),
        LongestWait = TimeSpan.FromMilliseconds(20),
        Patience = TimeSpan.FromMinutes(1),
        CredentialPatience = TimeSpan.FromSeconds(2),
        RequestsPerSilo = 1000,
        TenantShare = 0.5,
    };

    internal ConnectionOptions Connections { get; } = new()
    {
        FirstBreak = TimeSpan.FromMilliseconds(20),
        MaximumBreak = TimeSpan.FromMilliseconds(50),
        TurnWait = TimeSpan.FromSeconds(5),
    };

    // A verify has all its time, and more than the product allows it: what it gives up on a busy machine could reach the store during a run, and be taken for the run's.
    internal ConnectorOptions Egress { get; } = new()
    {
        AllowPrivateAddresses = true,
        AnswerLimit = 1024 * 1024,
        RequestLimit = TimeSpan.FromSeconds(20),
        VerifyLimit = TimeSpan.FromMinutes(2),
    };

    /// <summary>What a host's name resolves to now; others are looked up as ever.</summary>
    internal ConcurrentDictionary<string, IPAddress> Names { get; } = new();

    internal IGrainFactory Grains => cluster!.Client;

    /// <summary>Nothing yet: most runs of this assembly's tests have no fault test in them.</summary>
    public ValueTask InitializeAsync() => default;

    /// <summary>A store that has several pages of every entity, connected and verified, whose counters start at zero.</summary>
    /// <param name="host">A name for it, which resolves to this machine; null: its address.</param>
    internal async Task<FaultShop> Open(string? host = null)
    {
        await started.Value;
        var shop = Shop(NextStoreWithEverything(), Guid.NewGuid());
        await shop.Connect(host);
        await shop.Verified();
        shop.Store.Traffic.Reset();
        return shop;
    }

    /// <summary>As <see cref="Open"/>, but taken for verified without a request to the store: for hundreds of them.</summary>
    /// <param name="tenant">Whose; null: a new tenant's.</param>
    internal async Task<FaultShop> OpenUnverified(Guid? tenant)
    {
        await started.Value;
        var shop = Shop(tenant ?? Guid.NewGuid());
        await shop.Connect(null);
        await Database.Scalar("UPDATE xtnd.connection SET verified_at = now(), status = 'verified' WHERE tenant_id = $1 AND id = $2", shop.Id.Tenant, shop.Id.Connection);
        return shop;
    }

    public async ValueTask DisposeAsync()
    {
        if (started.IsValueCreated)
        {
            await cluster!.DisposeAsync();
            await Simulator.DisposeAsync();
            await orleans!.DisposeAsync();
            await Database.DisposeAsync();
        }
    }

    FaultShop Shop(Guid tenant) => Shop(NextStore(), tenant);

    FaultShop Shop(MagentoStore store, Guid tenant) => new(this, store, new(tenant, Guid.NewGuid()));

    MagentoStore NextStore() => Simulator.Store(Interlocked.Increment(ref opened));

    /// <summary>Chance leaves a small store with few credit memos or none now and then; such a one is passed over.</summary>
    MagentoStore NextStoreWithEverything()
    {
        var store = NextStore();
        while (EveryEntity.Names.Any(entity => store.Entity(entity).Count < Fewest))
        {
            store = NextStore();
        }

        return store;
    }

    async Task Start()
    {
        Database = await TestDatabase.Create();
        // Orleans looks its queries up by an unqualified name.
        orleans = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Database.ConnectionString) { SearchPath = "orleans" });
        Simulator = await SimulatorHost.Start(Size with { Stores = Stores });
        cluster = await EngineSilo.Start(orleans, Clock, Configure, Resolve);
    }

    void Configure(IServiceCollection services) => services
        .AddSingleton(Microsoft.Extensions.Options.Options.Create(Sync))
        .AddSingleton(Microsoft.Extensions.Options.Options.Create(Connections))
        .AddSingleton(Microsoft.Extensions.Options.Options.Create(Egress));

    Task<IPAddress[]> Resolve(string host, CancellationToken cancellationToken) =>
        Names.TryGetValue(host, out var address) ? Task.FromResult<IPAddress[]>([address]) : Dns.GetHostAddressesAsync(host, cancellationToken);
}
