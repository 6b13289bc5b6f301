using System.Net;
using System.Net.Sockets;
using Npgsql;
using Orleans.Configuration;

namespace XtndOrleans.Server.Hosting;

/// <summary>How the process joins the cluster. The figures were measured with Orleans 10 on PostgreSQL.</summary>
internal static class Cluster
{
    /// <summary>Scopes reminders and grain state; it never changes.</summary>
    const string ServiceId = "xtnd";

    const string Provider = "Npgsql";

    const int FirstFreePort = 20_000;

    /// <summary>Linux gives outgoing connections ports from here on.</summary>
    const int FirstPortOfTheSystem = 32_768;

    const int MostAttempts = 50;

    public static void AddSilo(this WebApplicationBuilder builder, ServerOptions options, NpgsqlDataSource database) => builder.UseOrleans(silo =>
    {
        silo.Configure<ClusterOptions>(cluster => (cluster.ServiceId, cluster.ClusterId) = (ServiceId, options.ClusterId));
        var address = Address(options);
        var (siloPort, gatewayPort) = Ports(options, IPAddress.IsLoopback(address) ? address : IPAddress.Any);
        silo.ConfigureEndpoints(address, siloPort, gatewayPort, listenOnAnyHostAddress: !IPAddress.IsLoopback(address));
        silo.UseAdoNetClustering(clustering => (clustering.Invariant, clustering.DataSource) = (Provider, database));
        silo.UseAdoNetReminderService(reminders => (reminders.Invariant, reminders.DataSource) = (Provider, database));
        silo.AddAdoNetGrainStorageAsDefault(storage => (storage.Invariant, storage.DataSource, storage.DeleteStateOnClear) = (Provider, database, true));
        silo.UseSystemTextJsonGrainStorageSerializer();
#pragma warning disable ORLEANSEXP003 // Without it one silo that leaves deactivates up to two thirds of the survivors' grains.
        silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003
        silo.AddActivityPropagation();
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            membership.MaxProbeTimeout = TimeSpan.FromSeconds(5);
            membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
            membership.TableRefreshTimeout = TimeSpan.FromSeconds(15);
        });
        silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = TimeSpan.FromSeconds(20));
        silo.Configure<GrainCollectionOptions>(collection =>
        {
            collection.CollectionAge = TimeSpan.FromMinutes(5);
            collection.DeactivationTimeout = TimeSpan.FromSeconds(20);
            collection.EnableActivationSheddingOnMemoryPressure = true;
        });
        silo.Configure<ReminderOptions>(reminders => reminders.RefreshReminderListPeriod = TimeSpan.FromMinutes(2));
    });

    public static void AddClusterClient(this WebApplicationBuilder builder, ServerOptions options, NpgsqlDataSource database) => builder.UseOrleansClient(client =>
    {
        client.Configure<ClusterOptions>(cluster => (cluster.ServiceId, cluster.ClusterId) = (ServiceId, options.ClusterId));
        client.UseAdoNetClustering(clustering => (clustering.Invariant, clustering.DataSource) = (Provider, database));
        client.AddActivityPropagation();
        client.Configure<GatewayOptions>(gateway => gateway.GatewayListRefreshPeriod = TimeSpan.FromSeconds(5));
        client.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = TimeSpan.FromSeconds(15));
        client.UseConnectionRetryFilter(async (_, stopping) =>
        {
            // A frontend may start before the first silo does: it waits for it.
            await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, stopping);
            return !stopping.IsCancellationRequested;
        });
    });

    static IPAddress Address(ServerOptions options)
    {
        if (options.Address is { Length: > 0 } configured)
        {
            return IPAddress.TryParse(configured, out var address)
                ? address
                : throw new StartException($"Xtnd:Cluster:Address is '{configured}'. Allowed: the IP address that other silos reach this one at.");
        }

        if (options.IsEmbedded)
        {
            return IPAddress.Loopback;
        }

        return Array.Find(Dns.GetHostAddresses(Dns.GetHostName()), own => own.AddressFamily == AddressFamily.InterNetwork) ?? IPAddress.Loopback;
    }

    static (int Silo, int Gateway) Ports(ServerOptions options, IPAddress address)
    {
        // Both are held at once, or one may be chosen twice.
        using var silo = Held("Xtnd:Cluster:SiloPort", options.SiloPort, address);
        using var gateway = Held("Xtnd:Cluster:GatewayPort", options.GatewayPort, address);
        return (Port(silo), Port(gateway));
    }

    static int Port(TcpListener held) => ((IPEndPoint)held.LocalEndpoint).Port;

    static TcpListener Held(string key, int configured, IPAddress address)
    {
        for (var attempt = 1; ; attempt++)
        {
            // Orleans listens seconds later. A port that the system gives out could be some outgoing connection's by then, our own to the database among them.
            var listener = new TcpListener(address, configured != 0 ? configured : Random.Shared.Next(FirstFreePort, FirstPortOfTheSystem));
            try
            {
                listener.Start();
                return listener;
            }
            catch (SocketException refused) when (configured != 0 || attempt == MostAttempts)
            {
                listener.Dispose();
                throw new StartException($"{key} is '{configured}', which cannot be listened on: {refused.Message}. Choose another port, or 0 for a free one.");
            }
            catch (SocketException)
            {
                listener.Dispose();
            }
        }
    }
}
