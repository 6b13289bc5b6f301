using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Fleet;
using XtndOrleans.Engine.Overview;
using XtndOrleans.Engine.Records;
using XtndOrleans.Engine.Schedules;
using XtndOrleans.Engine.Syncs;
using XtndOrleans.Engine.Tenants;
using XtndOrleans.Server.Connections;
using XtndOrleans.Server.Json;
using XtndOrleans.Server.Operations;
using XtndOrleans.Server.Problems;
using XtndOrleans.Server.Records;
using XtndOrleans.Server.Schedules;
using XtndOrleans.Server.Security;
using XtndOrleans.Server.Syncs;
using XtndOrleans.Server.Systems;
using XtndOrleans.Server.Tenants;

namespace XtndOrleans.Server;

/// <summary>The REST API, for Program.cs to compose.</summary>
public static class ApiRegistration
{
    const long LargestBody = 1024 * 1024;

    /// <summary>
    /// Adds what the API needs. Needs besides: an <c>NpgsqlDataSource</c>, an <c>IGrainFactory</c>, the <c>ConnectorCatalog</c>, the engine's
    /// <c>ConnectionService</c>, and Data Protection with its key ring in the database.
    /// </summary>
    public static IServiceCollection AddApi(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IValidateOptions<PlatformOptions>, SecurityOptionsValidator>();
        services.AddSingleton<IValidateOptions<RateLimitOptions>, SecurityOptionsValidator>();
        services.AddOptions<PlatformOptions>().Bind(configuration.GetSection("Xtnd")).ValidateOnStart();
        services.AddOptions<RateLimitOptions>().Bind(configuration.GetSection("Xtnd:RateLimit")).ValidateOnStart();
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.AddServerHeader = false;
        });
        services.ConfigureHttpJsonOptions(json => ApiJson.Configure(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddDataProtection();
        return services.AddReadModels().AddSecurity().AddRateLimits().AddSilentLogs().AddHealth().AddMeters().AddApiDescription();
    }

    /// <summary>Adds the API's middleware. Call before anything is mapped.</summary>
    public static WebApplication UseApi(this WebApplication app)
    {
        app.UseMiddleware<ProblemMiddleware>();
        app.Use(RefuseLargeBodies);
        app.Use(RefuseUnknownCharsets);
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseMiddleware<IdempotencyMiddleware>();
        return app;
    }

    /// <summary>Maps every address of the API, /health, /metrics, /openapi and /docs.</summary>
    public static WebApplication MapApi(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1");
        api.MapSystems().MapTenants().MapConnections().MapSchedules().MapRuns().MapRecords();
        app.MapHealth().MapApiDescription().MapPrometheusScrapingEndpoint("/metrics");
        return app;
    }

    static IServiceCollection AddReadModels(this IServiceCollection services)
    {
        services.AddSingleton<TenantQueries>().AddSingleton<KeyQueries>().AddSingleton<ConnectionQueries>().AddSingleton<ScheduleQueries>().AddSingleton<RunQueries>().AddSingleton<RecordQueries>().AddSingleton<LedgerQueries>().AddSingleton<OrderSearch>().AddSingleton<RelatedQueries>();
        services.AddSingleton<OverviewQueries>().AddSingleton<FleetQueries>().AddSingleton<FleetSilos>();
        services.AddSingleton<IdempotencyStore>().AddSingleton<RunWatcher>();
        return services;
    }

    // The web server counts the bytes of a body of unknown length; one that says how long it is need not be read at all.
    static Task RefuseLargeBodies(HttpContext context, RequestDelegate next)
    {
        if (context.Request.ContentLength is > LargestBody)
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            if (HttpProtocol.IsHttp11(context.Request.Protocol))
            {
                context.Response.Headers.Connection = "close";
            }

            return Task.CompletedTask;
        }

        return next(context);
    }

    // The framework takes a charset that it does not know for a mistake of ours.
    static Task RefuseUnknownCharsets(HttpContext context, RequestDelegate next)
    {
        try
        {
            if (MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) && HeaderUtilities.RemoveQuotes(type.Charset) is { Length: > 0 } charset)
            {
                _ = Encoding.GetEncoding(charset.ToString());
            }
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return Task.CompletedTask;
        }

        return next(context);
    }
}
