using Microsoft.Extensions.Diagnostics.HealthChecks;
using XtndOrleans.Engine;
using XtndOrleans.Server.Json;

namespace XtndOrleans.Server.Operations;

/// <summary>Whether the process lives, and whether it may be sent calls. Ready asks every registered <see cref="IHealthCheck"/>.</summary>
internal static class Health
{
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database", timeout: TimeSpan.FromSeconds(3));
        return services;
    }

    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new() { Predicate = _ => false, ResponseWriter = Write });
        routes.MapHealthChecks("/health/ready", new() { ResponseWriter = Write });
        return routes;
    }

    // Names and states only: an exception's text may name hosts.
    static Task Write(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new
        {
            Status = report.Status.ToString().ToLowerInvariant(),
            Checks = report.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Status.ToString().ToLowerInvariant(), StringComparer.Ordinal),
        },
        ApiJson.Options,
        context.RequestAborted);
}
