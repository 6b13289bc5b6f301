using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using XtndOrleans.Engine.Tenants;

namespace XtndOrleans.Server.Pages.Access;

/// <summary>Signing in with OpenID Connect: the code flow with PKCE. Who comes back becomes a session like any other; nothing of the provider is kept.</summary>
internal static class OidcRegistration
{
    const string SchemeName = "oidc";

    /// <summary>Where the way to the provider begins.</summary>
    public const string Address = "/sign-in/oidc";

    public static IServiceCollection AddOidc(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection("Xtnd:Oidc");
        services.AddOptions<OidcOptions>().Bind(section).ValidateDataAnnotations().ValidateOnStart();
        if (section.Get<OidcOptions>() is { IsConfigured: true })
        {
            services.AddAuthentication().AddOpenIdConnect(SchemeName, _ => { });
            services.AddOptions<OpenIdConnectOptions>(SchemeName).Configure<IOptions<OidcOptions>>((oidc, ours) => Configure(oidc, ours.Value));
        }

        return services;
    }

    public static IEndpointRouteBuilder MapOidc(this IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetRequiredService<IOptions<OidcOptions>>().Value.IsConfigured)
        {
            routes.MapGet(Address, (string? @return) => Results.Challenge(new() { RedirectUri = LocalAddress.Of(@return) }, [SchemeName])).ExcludeFromDescription();
        }

        return routes;
    }

    static void Configure(OpenIdConnectOptions oidc, OidcOptions ours)
    {
        (oidc.Authority, oidc.ClientId, oidc.ClientSecret) = (ours.Authority, ours.ClientId, ours.ClientSecret);
        oidc.RequireHttpsMetadata = ours.Authority!.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
        oidc.SignInScheme = SessionHandler.SchemeName;
        (oidc.ResponseType, oidc.ResponseMode, oidc.UsePkce) = (OpenIdConnectResponseType.Code, OpenIdConnectResponseMode.Query, true);
        (oidc.CallbackPath, oidc.RemoteSignOutPath) = ("/sign-in/oidc/back", PathString.Empty);
        (oidc.MapInboundClaims, oidc.SaveTokens, oidc.GetClaimsFromUserInfoEndpoint) = (false, false, true);
        oidc.ClaimActions.MapAll();
        foreach (var cookie in new[] { oidc.NonceCookie, oidc.CorrelationCookie })
        {
            (cookie.SameSite, cookie.SecurePolicy) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
        }

        oidc.Events.OnTicketReceived = received => Receive(received, ours);
        oidc.Events.OnRemoteFailure = failed =>
        {
            failed.Response.Redirect($"{SignInPage.Address}?{SignInPage.ProblemParameter}=oidc_failed");
            failed.HandleResponse();
            return Task.CompletedTask;
        };
    }

    static async Task Receive(TicketReceivedContext received, OidcOptions ours)
    {
        var user = received.Principal!;
        if (OidcOptions.Owner(user.FindFirstValue(ours.TenantClaim), user.FindFirstValue(ours.RoleClaim)) is var (tenant, role)
            && (tenant is null || await Exists(received.HttpContext, tenant.Value)))
        {
            var subject = user.FindFirstValue("sub");
            var name = user.FindFirstValue("name") ?? user.FindFirstValue("email") ?? user.FindFirstValue("preferred_username") ?? subject ?? role;
            received.Principal = SessionClaims.Principal(new SessionOwner(tenant, role, null, subject, name));
            return;
        }

        received.Response.Redirect($"{SignInPage.Address}?{SignInPage.ProblemParameter}=oidc_unknown");
        received.HandleResponse();
    }

    static async Task<bool> Exists(HttpContext context, Guid tenant) =>
        await context.RequestServices.GetRequiredService<TenantQueries>().Find(tenant, context.RequestAborted) is { ErasingSince: null };
}
