using Microsoft.Extensions.Diagnostics.HealthChecks;
using XtndOrleans.Server.Hosting;

namespace XtndOrleans.Server.Operations;

/// <summary>Whether the process is in the cluster: a silo that is active, or a client with a gateway.</summary>
internal static class ClusterHealth
{
    public static IServiceCollection AddClusterHealth(this IServiceCollection services, ServerOptions options)
    {
        if (options.HasSilo)
        {
            services.AddHealthChecks().AddCheck<SiloHealth>("cluster");
        }
        else
        {
            services.AddSingleton<GatewayCount>().AddSingleton<IClusterConnectionStatusObserver>(provider => provider.GetRequiredService<GatewayCount>());
            services.AddHealthChecks().AddCheck<GatewayHealth>("cluster");
        }

        return services;
    }

    sealed class SiloHealth(ISiloStatusOracle silo) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(silo.CurrentStatus == SiloStatus.Active ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy());
    }

    sealed class GatewayHealth(GatewayCount gateways) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(gateways.IsConnected ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy());
    }

    /// <summary>Hears of gateways that come and go. Connected until told otherwise: the host starts only after the first connection.</summary>
    sealed class GatewayCount : IClusterConnectionStatusObserver
    {
        public bool IsConnected { get; private set; } = true;

        public void NotifyGatewayCountChanged(int currentNumberOfGateways, int previousNumberOfGateways, bool connectionRecovered) => IsConnected = currentNumberOfGateways > 0;

        public void NotifyClusterConnectionLost() => IsConnected = false;
    }
}
