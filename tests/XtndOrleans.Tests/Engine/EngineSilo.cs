using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.TestingHost;
using XtndOrleans.Connectors;
using XtndOrleans.Connectors.Http;
using XtndOrleans.Engine;

namespace XtndOrleans.Tests.Engine;

/// <summary>One silo with the whole engine on PostgreSQL, in this process.</summary>
internal static class EngineSilo
{
    const string Provider = "Npgsql";

    /// <param name="database">Must find Orleans' queries by their unqualified name: search path orleans.</param>
    /// <param name="clock">The engine's.</param>
    /// <param name="configure">What is registered last, and so wins.</param>
    /// <param name="names">Finds the stores' addresses; null: as the machine does.</param>
    public static async Task<InProcessTestCluster> Start(NpgsqlDataSource database, TimeProvider clock, Action<IServiceCollection> configure, NameResolver? names = null)
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            if (names is not null)
            {
                silo.Services.AddSingleton(names);
            }

            silo.Services.AddSingleton(database).AddSingleton(clock).AddEngine();
            silo.Services.Configure<ConnectorOptions>(connectors => connectors.AllowPrivateAddresses = true);
            configure(silo.Services);
            // The clock is set forward by hours; no activation is idle for that.
            silo.Configure<GrainCollectionOptions>(collection => collection.CollectionAge = TimeSpan.FromDays(10));
            silo.UseAdoNetReminderService(reminders => (reminders.Invariant, reminders.DataSource) = (Provider, database));
            silo.AddAdoNetGrainStorageAsDefault(storage => (storage.Invariant, storage.DataSource, storage.DeleteStateOnClear) = (Provider, database, true));
            silo.UseSystemTextJsonGrainStorageSerializer();
        });
        builder.ConfigureClient(client => client.Services.AddSerializer(ReportsAsJson));
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return cluster;
    }

    // The connectors know nothing of Orleans; their reports cross it as JSON.
    static void ReportsAsJson(ISerializerBuilder serializer) => serializer.AddJsonSerializer(type => type.Namespace == typeof(Verification).Namespace);
}
