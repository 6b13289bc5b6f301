using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Providers;
using Orleans.Serialization;
using XtndOrleans.Connectors;
using XtndOrleans.Connectors.Http;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Fleet;
using XtndOrleans.Engine.Records;
using XtndOrleans.Engine.Schedules;
using XtndOrleans.Engine.Secrets;
using XtndOrleans.Engine.Sweeping;
using XtndOrleans.Engine.Syncs;
using XtndOrleans.Engine.Tenants;

namespace XtndOrleans.Engine;

/// <summary>Registers the engine. An <c>NpgsqlDataSource</c> and Orleans must be registered beside it.</summary>
public static class EngineRegistration
{
    /// <summary>What a frontend needs: to call grains and to read.</summary>
    public static IServiceCollection AddEngineClient(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSerializer(serializer => serializer.AddJsonSerializer(type => type.Namespace == typeof(Verification).Namespace));
        // A database that is away must look so from another silo too.
        services.Configure<Orleans.Serialization.ExceptionSerializationOptions>(exceptions => exceptions.SupportedNamespacePrefixes.Add("Npgsql"));
        return services
            .AddConnectors()
            .AddSecrets()
            .AddSingleton<ConnectionService>()
            .AddTenants();
    }

    /// <summary>What a silo needs: the above and what grains are made of.</summary>
    public static IServiceCollection AddEngine(this IServiceCollection services)
    {
        services.AddOptions<ConnectionOptions>().BindConfiguration("Xtnd:Connections").ValidateSettings("Xtnd:Connections")
            .Validate(options => options.FirstBreak <= options.MaximumBreak, "Xtnd:Connections:FirstBreak must not be longer than Xtnd:Connections:MaximumBreak.")
            .Validate(
                options => options.InitialConcurrency <= options.MaximumConcurrency,
                "Xtnd:Connections:InitialConcurrency must not be more than Xtnd:Connections:MaximumConcurrency.")
            .Validate<IConfiguration>( // not IOptions: what is wrong with the other section is said by itself
                (options, configuration) => options.LeaseTime > (configuration.GetSection(ConnectorOptions.Section).Get<ConnectorOptions>() ?? new()).RequestLimit,
                "Xtnd:Connections:LeaseTime must be longer than Xtnd:Egress:RequestLimit.");
        services.AddOptions<SyncOptions>().BindConfiguration("Xtnd:Sync").ValidateSettings("Xtnd:Sync")
            .Validate(options => options.FirstWait <= options.LongestWait, "Xtnd:Sync:FirstWait must not be longer than Xtnd:Sync:LongestWait.");
        services.AddOptions<RetentionOptions>().BindConfiguration("Xtnd:Retention").ValidateSettings("Xtnd:Retention");
        return services
            .AddEngineClient()
            .AddSingleton<CompletenessStore>()
            .AddSingleton<ConnectionStore>()
            .AddSingleton<EngineMetrics>()
            .AddSingleton<QuarantineStore>()
            .AddSingleton<RecordStore>()
            .AddSingleton<RunStore>()
            .AddSingleton<ScheduleStore>()
            .AddSingleton<SecretSealer>()
            .AddSingleton<SiloResources>()
            .AddKeyedSingleton<IControllable, SiloReporter>(SiloReporter.Name)
            .AddSingleton<SyncServices>();
    }

    /// <summary>
    /// The second net. Call it after Orleans was added: hosted services start in that order and stop in the other, and a sweep needs a silo that works.
    /// </summary>
    public static IServiceCollection AddSweeper(this IServiceCollection services) =>
        services.AddHostedService<Sweeper>().AddHostedService<Eraser>().AddHostedService<Janitor>();
}
