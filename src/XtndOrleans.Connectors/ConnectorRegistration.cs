using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using XtndOrleans.Connectors.Http;
using XtndOrleans.Connectors.Magento;

namespace XtndOrleans.Connectors;

/// <summary>Registers the connectors.</summary>
public static class ConnectorRegistration
{
    /// <summary>
    /// Registers every connector, their <see cref="ConnectorCatalog"/>, and the one HTTP client and egress policy that they share. Options:
    /// <see cref="ConnectorOptions"/>, validated at start. A <see cref="TimeProvider"/> or <see cref="NameResolver"/> that is registered already is used.
    /// </summary>
    public static IServiceCollection AddConnectors(this IServiceCollection services, Action<ConnectorOptions>? configure = null)
    {
        services.AddLogging();
        services.AddOptions<ConnectorOptions>().Configure(configure ?? (_ => { })).ValidateSettings(ConnectorOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<NameResolver>(Dns.GetHostAddressesAsync);
        services.TryAddSingleton<EgressPolicy>();
        services.TryAddSingleton<StoreClient>();
        services.TryAddSingleton<ConnectorCatalog>();
        return services.AddMagento();
    }

    static IServiceCollection AddMagento(this IServiceCollection services)
    {
        services.TryAddSingleton<MagentoClient>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConnector, MagentoConnector>());
        return services;
    }
}
