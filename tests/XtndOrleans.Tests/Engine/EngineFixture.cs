using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.TestingHost;
using XtndOrleans.Simulator;
using ConnectionOptions = XtndOrleans.Engine.Connections.ConnectionOptions;

namespace XtndOrleans.Tests.Engine;

/// <summary>A silo with the whole engine on PostgreSQL, a simulated store, and a clock that can be set forward.</summary>
public sealed class EngineFixture : IAsyncLifetime
{
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
        cluster = await EngineSilo.Start(database, Clock, services => services.AddSingleton(Microsoft.Extensions.Options.Options.Create(Options)));
    }

    public async ValueTask DisposeAsync()
    {
        await cluster.DisposeAsync();
        await Simulator.DisposeAsync();
        await database.DisposeAsync();
        await Runs.DisposeAsync();
    }

    /// <summary>The machine's clock, set forward. Timers run as ever.</summary>
    internal sealed class ShiftedClock : TimeProvider
    {
        public TimeSpan Shift { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
    }
}
