using Microsoft.AspNetCore.Authentication;
using XtndOrleans.Engine.Tenants;
using XtndOrleans.Server.Pages.Access;

namespace XtndOrleans.Server.Security;

/// <summary>The least role that a call needs.</summary>
internal static class Policies
{
    /// <summary>Any valid key.</summary>
    public const string Anyone = "anyone";

    /// <summary>The platform only.</summary>
    public const string Platform = "platform";

    /// <summary>The platform, or an owner of a tenant; the handler sees to which.</summary>
    public const string PlatformOrOwner = "platform_or_owner";

    /// <summary>Owners and operators of a tenant.</summary>
    public const string Operator = "operator";

    /// <summary>Everyone of a tenant.</summary>
    public const string Viewer = "viewer";

    const string ByPath = "by_path";

    public static IServiceCollection AddSecurity(this IServiceCollection services)
    {
        services.AddSingleton<ApiKeys>().AddSingleton<Sessions>().AddSingleton<SignInLinks>();
        services.AddAuthentication(ByPath)
            .AddPolicyScheme(ByPath, null, scheme => scheme.ForwardDefaultSelector = Scheme)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, null)
            .AddScheme<AuthenticationSchemeOptions, SessionHandler>(SessionHandler.SchemeName, null);
        services.AddAuthorizationBuilder()
            .AddPolicy(Anyone, policy => policy.RequireAuthenticatedUser())
            .AddPolicy(Platform, policy => policy.RequireRole(Roles.Platform))
            .AddPolicy(PlatformOrOwner, policy => policy.RequireRole(Roles.Platform, Roles.Owner))
            .AddPolicy(Operator, policy => policy.RequireRole(Roles.Owner, Roles.Operator))
            .AddPolicy(Viewer, policy => policy.RequireRole(Roles.Owner, Roles.Operator, Roles.Viewer));
        return services;
    }

    // Below /api a key counts and nothing else, so that no other site can have a browser's cookie call it; everywhere else a session.
    static string Scheme(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) ? ApiKeyHandler.SchemeName : SessionHandler.SchemeName;
}
