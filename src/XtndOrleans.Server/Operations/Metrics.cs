using OpenTelemetry.Metrics;

namespace XtndOrleans.Server.Operations;

/// <summary>Measurements for Prometheus.</summary>
internal static class Metrics
{
    static readonly string[] Meters = ["XtndOrleans", "Microsoft.Orleans", "Npgsql", "System.Net.Http", "Microsoft.AspNetCore.Hosting", "System.Runtime"];

    public static IServiceCollection AddMeters(this IServiceCollection services)
    {
        services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(Meters).AddPrometheusExporter());
        return services;
    }
}
