using System.ComponentModel.DataAnnotations;
using XtndOrleans.Engine;
using XtndOrleans.Engine.Tenants;
using XtndOrleans.Server.Json;
using XtndOrleans.Server.Operations;
using XtndOrleans.Server.Security;

namespace XtndOrleans.Server.Tenants;

/// <summary>A key to make.</summary>
/// <param name="Name">What people call it, at most 200 characters.</param>
/// <param name="Role">owner, operator or viewer.</param>
public sealed record KeyInput([property: Required] string? Name, [property: Required] string? Role);

/// <summary>The API keys of a tenant, for the platform and the tenant's owners.</summary>
internal static class KeyEndpoints
{
    const string Example = """{"id":"0199f3a1c2b47d5e8a6f0b1c2d3e4f51","name":"Warehouse","role":"operator","createdAt":"2026-11-23T08:05:00Z"}""";

    const string New = """
        {"id":"0199f3a1c2b47d5e8a6f0b1c2d3e4f51","name":"Warehouse","role":"operator","createdAt":"2026-11-23T08:05:00Z",
         "key":"xtnd_0199f3a1c2b47d5e8a6f0b1c2d3e4f51…"}
        """;

    public static IEndpointRouteBuilder MapKeys(this IEndpointRouteBuilder routes)
    {
        var keys = routes.MapGroup("/tenants/{tenant:guid}/keys").WithTags("Keys").RequireAuthorization(Policies.PlatformOrOwner);

        keys.MapPost("", Add)
            .Says("Make an API key", "The answer is the only place that ever shows the key: only a hash of it is kept.")
            .Takes("""{"name":"Warehouse","role":"operator"}""")
            .Gives<NewApiKey>(201, New);
        keys.MapGet("", List)
            .Says("List the API keys", "Oldest first. Ended keys are not listed.")
            .Gives<ListPage<ApiKeyView>>(200, $$"""{"items":[{{Example}}],"next":null}""");
        keys.MapDelete("/{key:guid}", Revoke)
            .Says("End an API key", "Within five seconds no node accepts it.")
            .Gives(204);
        return routes.MapSignInLinks();
    }

    static async Task<IResult> Add(Guid tenant, KeyInput? input, Caller caller, IGrainFactory grains)
    {
        var key = await grains.Tenant(Allowed(caller, tenant)).AddKey(input?.Name, input?.Role);
        return TypedResults.Json(key, statusCode: StatusCodes.Status201Created);
    }

    static async Task<IResult> List(
        Guid tenant, Caller caller, TenantQueries tenants, KeyQueries keys, int? limit, string? cursor, CancellationToken stop)
    {
        _ = await tenants.Find(Allowed(caller, tenant), stop) ?? throw ProblemException.NotFound("tenant");
        return TypedResults.Ok(await keys.List(tenant, Lists.Request(limit, cursor), stop));
    }

    static async Task<IResult> Revoke(Guid tenant, Guid key, Caller caller, IGrainFactory grains)
    {
        await grains.Tenant(Allowed(caller, tenant)).RevokeKey(key);
        return TypedResults.NoContent();
    }

    // An owner's own tenant, or any for the platform. Another's looks like one that never was.
    internal static Guid Allowed(Caller caller, Guid tenant) =>
        caller.Key is null || caller.Key.Tenant == tenant ? tenant : throw ProblemException.NotFound("tenant");
}
