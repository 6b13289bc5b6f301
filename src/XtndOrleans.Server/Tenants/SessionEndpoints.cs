using XtndOrleans.Engine;
using XtndOrleans.Engine.Tenants;
using XtndOrleans.Server.Operations;
using XtndOrleans.Server.Security;

namespace XtndOrleans.Server.Tenants;

/// <summary>Who is signed in to the page, for the platform.</summary>
internal static class SessionEndpoints
{
    public static IEndpointRouteBuilder MapSessions(this IEndpointRouteBuilder routes)
    {
        routes.MapDelete("/tenants/{tenant:guid}/sessions", End).WithTags("Tenants").RequireAuthorization(Policies.Platform)
            .Says(
                "End sessions",
                "Signs out of the page, within five seconds on every node. With subject: whom the identity provider calls so, as when somebody was removed there or has "
                + "another role now. Without: everybody of the tenant, and links that nobody has used yet sign nobody in any more.")
            .Gives(204);
        return routes;
    }

    static async Task<IResult> End(Guid tenant, string? subject, TenantQueries tenants, Sessions sessions, CancellationToken stop)
    {
        if (subject is "")
        {
            // A script whose variable was empty means one person, not everybody.
            const string Cure = "Give the subject, or leave the parameter out to sign everybody out.";
            throw new ProblemException(ProblemKind.Invalid, "invalid_parameter", Cure) { Errors = { ["subject"] = [Cure] } };
        }

        _ = await tenants.Find(tenant, stop) ?? throw ProblemException.NotFound("tenant");
        await (subject is null ? sessions.EndAll(tenant) : sessions.EndAll(tenant, subject));
        return TypedResults.NoContent();
    }
}
