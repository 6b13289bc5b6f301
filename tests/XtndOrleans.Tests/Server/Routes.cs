using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace XtndOrleans.Tests.Server;

/// <summary>Every route of the API, read from the application itself: a new one cannot be forgotten.</summary>
internal sealed record ApiRoute(HttpMethod Method, string Pattern, string? Policy)
{
    public static IReadOnlyList<ApiRoute> All(ApiWorld world) =>
    [
        .. world.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api/v1/", StringComparison.Ordinal))
            .SelectMany(
                endpoint => endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods,
                (endpoint, method) => new ApiRoute(
                    HttpMethod.Parse(method), endpoint.RoutePattern.RawText!["/api/v1/".Length..].TrimEnd('/'), endpoint.Metadata.OfType<IAuthorizeData>().LastOrDefault()?.Policy)),
    ];

    /// <summary>The address, with ids in place of the names in braces.</summary>
    public string Path(string tenant, string key, string connection, string run, string entity = "product") => Pattern
        .Replace("{tenant:guid}", tenant).Replace("{key:guid}", key).Replace("{connection:guid}", connection).Replace("{run:guid}", run)
        .Replace("{entity}", entity).Replace("{externalId}", "1");

    public bool NamesSomething => Pattern.Contains('{');

    public override string ToString() => $"{Method} {Pattern}";
}
