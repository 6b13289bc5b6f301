using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using XtndOrleans.Connectors;
using XtndOrleans.Connectors.Http;
using XtndOrleans.Engine;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Syncs;

namespace XtndOrleans.Benchmarks;

/// <summary>The engine as it is shipped: a silo with the real grains, leases and loop. Only membership and grain state are in memory, as they are not what is measured.</summary>
internal sealed class RealEngine : IAsyncDisposable
{
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(25);

    readonly IHost host;
    readonly Guid tenant = Guid.NewGuid();
    readonly string apiUrl;

    RealEngine(IHost host, string apiUrl)
    {
        this.host = host;
        this.apiUrl = apiUrl;
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

    /// <summary>Reads a new connection's products, to the end or until enough were seen.</summary>
    public async Task<long> Ingest(IngestTarget target)
    {
        var grains = host.Services.GetRequiredService<IGrainFactory>();
        var id = await host.Services.GetRequiredService<ConnectionService>().Create(
            tenant, new("magento", "Store", apiUrl, "admin", "Admin123demo", null));
        await grains.GetGrain<IConnectionGrain>(id.GrainKey).Verify(CancellationToken.None);
        var sync = grains.GetGrain<ISyncGrain>(new EntityId(id, Entities.Product).SyncKey);
        var started = (await sync.Start(new("manual", "full"))).Run;
        var run = Guid.ParseExact(started.Id, "N");
        var runs = host.Services.GetRequiredService<RunStore>();
        while (true)
        {
            var seen = (await runs.Find(new(id, Entities.Product), run))!;
            if (seen.IsOver)
            {
                return seen.State is "succeeded" or "cancelled" ? seen.Seen : throw new InvalidOperationException(seen.Error?.Message);
            }

            if (seen.Seen >= target.Options.Products && seen.Total > target.Options.Products)
            {
                await sync.Cancel(run);
            }

            await Task.Delay(Look, TimeProvider.System);
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
