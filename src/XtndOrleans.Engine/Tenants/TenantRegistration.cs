using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace XtndOrleans.Engine.Tenants;

/// <summary>Registers what a silo needs for tenants.</summary>
public static class TenantRegistration
{
    /// <summary>Adds it. Needs a <c>NpgsqlDataSource</c>, a <see cref="TimeProvider"/> and a <see cref="ConnectionService"/>.</summary>
    public static IServiceCollection AddTenants(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ITenantContent, TenantConnections>());
        return services;
    }
}
