using Microsoft.AspNetCore.Authentication;
using XtndOrleans.Engine.Tenants;

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

    public static IServiceCollection AddSecurity(this IServiceCollection services)
    {
        services.AddSingleton<ApiKeys>();
        services.AddAuthentication(ApiKeyHandler.SchemeName).AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, null);
        services.AddAuthorizationBuilder()
            .AddPolicy(Anyone, policy => policy.RequireAuthenticatedUser())
            .AddPolicy(Platform, policy => policy.RequireRole(Roles.Platform))
            .AddPolicy(PlatformOrOwner, policy => policy.RequireRole(Roles.Platform, Roles.Owner))
            .AddPolicy(Operator, policy => policy.RequireRole(Roles.Owner, Roles.Operator))
            .AddPolicy(Viewer, policy => policy.RequireRole(Roles.Owner, Roles.Operator, Roles.Viewer));
        return services;
    }
}
