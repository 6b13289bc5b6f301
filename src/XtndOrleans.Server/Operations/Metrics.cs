using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;

namespace XtndOrleans.Server.Operations;

/// <summary>Measurements for Prometheus.</summary>
internal static class Metrics
{
    static readonly string[] Meters = ["XtndOrleans", "Microsoft.Orleans", "Npgsql", "System.Net.Http", "Microsoft.AspNetCore.Hosting", "System.Runtime"];

    // The framework also labels requests with host and address: the stores of all tenants, for anybody to read, and as many series as there are stores.
    static readonly string[] LabelsOfRequests = ["http.request.method", "http.response.status_code", "error.type", "http.connection.state", "network.protocol.version", "url.scheme"];

    public static IServiceCollection AddMeters(this IServiceCollection services)
    {
        services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(Meters).AddView(Labels).AddPrometheusExporter());
        return services;
    }

    static MetricStreamConfiguration? Labels(Instrument instrument) => instrument.Meter.Name == "System.Net.Http" ? new() { TagKeys = LabelsOfRequests } : null;
}
