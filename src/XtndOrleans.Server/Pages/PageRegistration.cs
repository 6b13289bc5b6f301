using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using MudBlazor.Services;
using XtndOrleans.Server.Connections;
using XtndOrleans.Server.Pages.Access;
using XtndOrleans.Server.Pages.Language;
using XtndOrleans.Server.Pages.Shared;
using XtndOrleans.Server.Pages.Shell;
using XtndOrleans.Server.Records;
using XtndOrleans.Server.Syncs;

namespace XtndOrleans.Server.Pages;

/// <summary>The web page, beside the REST API and over the same services.</summary>
public static class PageRegistration
{
    const string Assets = "XtndOrleans.Server.staticwebassets.endpoints.json";

    /// <summary>Adds what the page needs besides the API.</summary>
    public static IServiceCollection AddPage(this IServiceCollection services, IConfiguration configuration)
    {
        // Assets that reload, the default of a build that is not published, claim every address for GET: one that takes only POST would answer 404 instead of 405.
        configuration["ReloadStaticAssetsAtRuntime"] ??= "false";
        services.AddRazorComponents().AddInteractiveServerComponents(circuits =>
        {
            circuits.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(2);
            circuits.DisconnectedCircuitMaxRetained = 200;
        });
        services.AddMudServices(mud => mud.SnackbarConfiguration.PositionClass = MudBlazor.Defaults.Classes.Position.BottomCenter);
        services.AddCascadingAuthenticationState().AddScoped<AuthenticationStateProvider, CircuitSession>();
        services.AddScoped<SignedIn>().AddScoped<RunDesk>().AddScoped<Still>().AddSingleton<SignInDesk>().AddSingleton<Handover>().AddTransient<NewConnection>();
        services.AddTransient(provider => new RunFeed(
            provider.GetRequiredService<RunWatcher>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<RunFeed>>()));
        services.AddSingleton<ConnectionBoard>().AddSingleton<RecordReader>();
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "xtnd-form";
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            // Ours says the same and more: frame-ancestors.
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
        return services.AddLanguages().AddOidc(configuration);
    }

    /// <summary>Adds the page's middleware. Call before <see cref="ApiRegistration.UseApi"/>: its headers stand on every answer.</summary>
    public static WebApplication UsePage(this WebApplication app)
    {
        app.Use(PageHeaders.Add);
        app.UseRequestLocalization();
        app.UseMiddleware<FailedPage>();
        // Answers of the API have their words already; this is for those that have a status and nothing else.
        app.UseStatusCodePagesWithReExecute(NotFoundPage.Address, createScopeForStatusCodePages: true);
        app.Use(AskForPage);
        return app;
    }

    /// <summary>Maps the page. Call after <see cref="ApiRegistration.UseApi"/>: forms are checked once it is known who sends them.</summary>
    public static WebApplication MapPage(this WebApplication app)
    {
        app.UseAntiforgery();
        // Whoever works in a page that is open uses his session, though the page is not asked for again. Finding out whose it is has noted it already.
        app.MapPost("/in-use", () => Results.NoContent()).ExcludeFromDescription();
        app.MapLanguages().MapOidc().MapRecordFiles();
        app.MapPost("/sign-out", (Delegate)SignOut).RequireAuthorization().WithMetadata(new RequireAntiforgeryTokenAttribute()).ExcludeFromDescription();
        if (File.Exists(Path.Combine(AppContext.BaseDirectory, Assets)))
        {
            app.MapStaticAssets(Path.Combine(AppContext.BaseDirectory, Assets));
        }

        // Our own policy names who may frame the page: nobody.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(server => server.ContentSecurityFrameAncestorsPolicy = null);
        return app;
    }

    // What was sent to an address that refused it is no form of the page that says so.
    static Task AskForPage(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null)
        {
            context.Request.Method = HttpMethods.Get;
        }

        return next(context);
    }

    static async Task<IResult> SignOut(HttpContext context)
    {
        // A handler that reads no form has to ask by itself whether the form was ours.
        if (context.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: true })
        {
            return Results.BadRequest();
        }

        await context.SignOutAsync(SessionHandler.SchemeName);
        return Results.LocalRedirect(SignInPage.Address);
    }
}
