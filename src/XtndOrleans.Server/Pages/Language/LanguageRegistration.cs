using Microsoft.AspNetCore.Localization;
using MudBlazor;

namespace XtndOrleans.Server.Pages.Language;

/// <summary>Which language a request is answered in: the one chosen, else the browser's first that we speak, else English.</summary>
internal static class LanguageRegistration
{
    public const string CookieName = "xtnd-language";
    static readonly TimeSpan Remembered = TimeSpan.FromDays(365);

    public static IServiceCollection AddLanguages(this IServiceCollection services) => services
        .Configure<RequestLocalizationOptions>(options =>
        {
            options.DefaultRequestCulture = new(Cultures.English);
            options.SupportedCultures = [.. Cultures.All];
            options.SupportedUICultures = [.. Cultures.All];
            options.RequestCultureProviders =
            [
                new CookieRequestCultureProvider { CookieName = CookieName },
                new CustomRequestCultureProvider(context => Task.FromResult(Wanted(context.Request))),
            ];
        })
        .AddTransient<MudLocalizer, MudTexts>();

    // The first language that we speak, of whichever country: the framework's own provider knows no countries while the process has no globalization data.
    static ProviderCultureResult? Wanted(HttpRequest request) => request.GetTypedHeaders().AcceptLanguage
        .OrderByDescending(wanted => wanted.Quality ?? 1)
        .Select(wanted => wanted.Value.Value?.Split('-')[0])
        .FirstOrDefault(name => Cultures.All.Any(known => known.Name.Equals(name, StringComparison.OrdinalIgnoreCase))) is { } found
            ? new(found)
            : null;

    /// <summary>Maps the address that remembers a choice and goes back to where it was made.</summary>
    public static IEndpointRouteBuilder MapLanguages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/language/{name}", (string name, string? @return, HttpContext context) =>
        {
            var culture = Cultures.All.FirstOrDefault(known => known.Name == name) ?? Cultures.English;
            context.Response.Cookies.Append(CookieName, CookieRequestCultureProvider.MakeCookieValue(new(culture)), new()
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                Secure = Access.SessionHandler.MustBeSecure(context.Request),
                MaxAge = Remembered,
                IsEssential = true,
            });
            return Results.LocalRedirect(LocalAddress.Of(@return));
        }).ExcludeFromDescription();
        return routes;
    }
}
