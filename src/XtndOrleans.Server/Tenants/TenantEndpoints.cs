using System.ComponentModel.DataAnnotations;
using XtndOrleans.Engine;
using XtndOrleans.Engine.Tenants;
using XtndOrleans.Server.Json;
using XtndOrleans.Server.Operations;
using XtndOrleans.Server.Security;

namespace XtndOrleans.Server.Tenants;

/// <summary>A tenant to make.</summary>
/// <param name="Name">Its name, at most 200 characters.</param>
public sealed record TenantInput([property: Required] string? Name);

/// <summary>Tenants, for the platform.</summary>
internal static class TenantEndpoints
{
    const string Example = """{"id":"0199f3a1c2b47d5e8a6f0b1c2d3e4f50","name":"Nordic Lamps","createdAt":"2026-11-23T08:05:00Z","erasingSince":null}""";

    public static IEndpointRouteBuilder MapTenants(this IEndpointRouteBuilder routes)
    {
        var tenants = routes.MapGroup("/tenants").WithTags("Tenants").RequireAuthorization(Policies.Platform);

        tenants.MapPost("", Create)
            .Says("Make a tenant", "A tenant is a customer of the platform: what it has, nobody else sees.")
            .Takes("""{"name":"Nordic Lamps"}""")
            .Gives<TenantView>(201, Example);
        tenants.MapGet("", (TenantQueries queries, int? limit, string? cursor, CancellationToken stop) => queries.List(Lists.Request(limit, cursor), stop))
            .Says("List the tenants", "Oldest first.")
            .Gives<ListPage<TenantView>>(200, $$"""{"items":[{{Example}}],"next":null}""");
        tenants.MapGet("/{tenant:guid}", Get)
            .Says("Read a tenant", "While it is being erased, erasingSince says since when; then it is gone.")
            .Gives<TenantView>(200, Example);
        tenants.MapDelete("/{tenant:guid}", Erase)
            .Says("Erase a tenant", "Ends its keys within five seconds, stops its runs, and erases its connections, credentials and records. Read it until it is gone.")
            .Gives(202);
        return routes.MapSessions().MapKeys();
    }

    static async Task<IResult> Create(TenantInput? input, IGrainFactory grains, TimeProvider clock)
    {
        var id = Guid.CreateVersion7(clock.GetUtcNow());
        var tenant = await grains.Tenant(id).Create(input?.Name);
        return TypedResults.Created($"/api/v1/tenants/{tenant.Id}", tenant);
    }

    static async Task<IResult> Get(Guid tenant, TenantQueries queries, CancellationToken stop) =>
        TypedResults.Ok(await queries.Find(tenant, stop) ?? throw ProblemException.NotFound("tenant"));

    static async Task<IResult> Erase(Guid tenant, IGrainFactory grains)
    {
        await grains.Tenant(tenant).BeginErase();
        return TypedResults.StatusCode(StatusCodes.Status202Accepted);
    }
}
