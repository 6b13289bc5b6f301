using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using XtndOrleans.Connectors.Http;
using XtndOrleans.Engine;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Syncs;

namespace XtndOrleans.Benchmarks;

/// <summary>The engine as it is shipped: a silo with the real grains, leases and loop. Only membership and grain state are in memory, as they are not what is measured.</summary>
internal sealed class RealEngine : IAsyncDisposable
{
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    readonly IHost host;
    readonly Guid tenant = Guid.NewGuid();
    readonly string apiUrl;
    readonly IGrainFactory grains;

    RealEngine(IHost host, string apiUrl)
    {
        this.host = host;
        this.apiUrl = apiUrl;
        grains = host.Services.GetRequiredService<IGrainFactory>();
    }

    public static async Task<RealEngine> Start(IngestTarget target, string apiUrl)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(target.Database.Source).AddEngine();
        builder.Services.Configure<ConnectorOptions>(egress => egress.AllowPrivateAddresses = true);
        builder.Services.Configure<SyncOptions>(sync => sync.PageSize = target.Options.Page);
        builder.UseOrleans(silo => silo.UseLocalhostClustering(FreePort(), FreePort()).AddMemoryGrainStorageAsDefault().UseInMemoryReminderService());
        var host = builder.Build();
        await host.StartAsync();
        var engine = new RealEngine(host, apiUrl);
        await target.Database.Source.Execute($"INSERT INTO xtnd.tenant (id, name, created_at) VALUES ('{engine.tenant}', 'Benchmark', now())");
        return engine;
    }

    /// <summary>Makes a new connection, and gives the reading of its records, to the end or until enough were seen.</summary>
    public async Task<Func<Task<long>>> Prepare(IngestTarget target)
    {
        var connection = await Connect();
        return async () => (await Read(new(connection, target.Options.Entity), target.Options.Records)).Seen;
    }

    /// <summary>A new connection to the store, verified.</summary>
    public async Task<ConnectionId> Connect()
    {
        var id = await host.Services.GetRequiredService<ConnectionService>().Create(
            tenant, new("magento", "Store", apiUrl, "admin", "Admin123demo", null));
        await grains.GetGrain<IConnectionGrain>(id.GrainKey).Verify(CancellationToken.None);
        return id;
    }

    /// <summary>Begins a run.</summary>
    /// <param name="id">The entity.</param>
    /// <param name="mode">full or incremental.</param>
    public async Task<RunView> Begin(EntityId id, string mode) => (await grains.GetGrain<ISyncGrain>(id.SyncKey).Start(new("manual", mode))).Run;

    /// <summary>The run as its row tells it.</summary>
    public async Task<RunView> Find(EntityId id, RunView run) => (await host.Services.GetRequiredService<RunStore>().Find(id, Guid.ParseExact(run.Id, "N")))!;

    /// <summary>Reads all of an entity, to the end or until enough were seen.</summary>
    public async Task<RunView> Read(EntityId id, long enough = long.MaxValue)
    {
        using var ends = new RunEnds();
        var ended = ends.Next();
        var run = await Begin(id, "full");
        while (true)
        {
            await Task.WhenAny(ended, Task.Delay(Look, TimeProvider.System));
            var seen = await Find(id, run);
            if (seen.IsOver)
            {
                return seen.State is "succeeded" or "cancelled" ? seen : throw new InvalidOperationException(seen.Error?.Message);
            }

            if (seen.Seen >= enough && seen.Total > enough)
            {
                await grains.GetGrain<ISyncGrain>(id.SyncKey).Cancel(Guid.ParseExact(run.Id, "N"));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
