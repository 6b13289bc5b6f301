using XtndOrleans.Engine.Tenants;
using XtndOrleans.Server.Operations;
using XtndOrleans.Server.Pages.Access;
using XtndOrleans.Server.Security;

namespace XtndOrleans.Server.Tenants;

/// <summary>A sign-in link to make.</summary>
/// <param name="Role">owner, operator or viewer; left out: owner.</param>
public sealed record SignInLinkInput(string? Role);

/// <summary>A sign-in link that was made just now.</summary>
/// <param name="Url">Where to go with a browser. Works once. Shown this once.</param>
/// <param name="ExpiresAt">When it no longer works.</param>
public sealed record SignInLinkView(string Url, DateTimeOffset ExpiresAt)
{
    /// <inheritdoc/>
    public override string ToString() => $"a sign-in link until {ExpiresAt:O}";
}

/// <summary>Links that sign in to the page once, for the platform and the tenant's owners.</summary>
internal static class SignInLinkEndpoints
{
    const string Example = """{"url":"https://xtnd.example/sign-in?once=0199f3a1…","expiresAt":"2026-11-23T08:35:00Z"}""";

    public static IEndpointRouteBuilder MapSignInLinks(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/tenants/{tenant:guid}/sign-in-links", Create).WithTags("Keys").RequireAuthorization(Policies.PlatformOrOwner)
            .Says("Make a sign-in link", "Opens a page whose button signs in, once, within half an hour. Made with a key, link and session end with that key.")
            .Takes("""{"role":"owner"}""")
            .Gives<SignInLinkView>(201, Example);
        return routes;
    }

    static async Task<IResult> Create(Guid tenant, SignInLinkInput? input, Caller caller, SignInLinks links, HttpContext context)
    {
        var made = await links.Create(KeyEndpoints.Allowed(caller, tenant), input?.Role, caller.Key?.Key);
        var url = $"{context.Request.Scheme}://{context.Request.Host}{SignInPage.Address}?{SignInPage.OnceParameter}={made.Text}";
        return TypedResults.Json(new SignInLinkView(url, made.ExpiresAt), statusCode: StatusCodes.Status201Created);
    }
}
