using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.TestingHost;
using XtndOrleans.Connectors;
using XtndOrleans.Connectors.Http;
using XtndOrleans.Engine;
using XtndOrleans.Simulator;
using ConnectionOptions = XtndOrleans.Engine.Connections.ConnectionOptions;

namespace XtndOrleans.Tests.Engine;

/// <summary>A silo with the whole engine on PostgreSQL, a simulated store, and a clock that can be set forward.</summary>
public sealed class EngineFixture : IAsyncLifetime
{
    const string Provider = "Npgsql";

    InProcessTestCluster cluster = null!;
    NpgsqlDataSource database = null!;

    internal RunWorld Runs { get; private set; } = null!;

    internal SimulatorHost Simulator { get; private set; } = null!;

    internal ShiftedClock Clock { get; } = new();

    /// <summary>Read by the grains at each call: a test may change them.</summary>
    internal ConnectionOptions Options { get; } = new();

    internal IGrainFactory Grains => cluster.Client;

    public async ValueTask InitializeAsync()
    {
        Runs = await RunWorld.Start();
        // Orleans looks its queries up by an unqualified name.
        database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Runs.Database.ConnectionString) { SearchPath = "orleans" });
        Simulator = await SimulatorHost.Start(new() { Stores = 20, Products = 5, Orders = 2 });
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => Configure(silo));
        builder.ConfigureClient(client => client.Services.AddSerializer(ReportsAsJson));
        cluster = builder.Build();
        await cluster.DeployAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await cluster.DisposeAsync();
        await Simulator.DisposeAsync();
        await database.DisposeAsync();
        await Runs.DisposeAsync();
    }

    void Configure(ISiloBuilder silo)
    {
        silo.Services.AddSingleton(database).AddSingleton<TimeProvider>(Clock).AddEngine();
        silo.Services.AddSingleton(Microsoft.Extensions.Options.Options.Create(Options));
        silo.Services.Configure<ConnectorOptions>(connectors => connectors.AllowPrivateAddresses = true);
        // The clock is set forward by hours; no activation is idle for that.
        silo.Configure<GrainCollectionOptions>(collection => collection.CollectionAge = TimeSpan.FromDays(10));
        silo.UseAdoNetReminderService(reminders => (reminders.Invariant, reminders.DataSource) = (Provider, database));
        silo.AddAdoNetGrainStorageAsDefault(storage => (storage.Invariant, storage.DataSource, storage.DeleteStateOnClear) = (Provider, database, true));
        silo.UseSystemTextJsonGrainStorageSerializer();
    }

    // The connectors know nothing of Orleans; their reports cross it as JSON.
    static void ReportsAsJson(ISerializerBuilder serializer) => serializer.AddJsonSerializer(type => type.Namespace == typeof(Verification).Namespace);

    /// <summary>The machine's clock, set forward. Timers run as ever.</summary>
    internal sealed class ShiftedClock : TimeProvider
    {
        public TimeSpan Shift { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
    }
}
