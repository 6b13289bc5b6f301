using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using XtndOrleans.Engine.Tenants;
using XtndOrleans.Server.Security;

namespace XtndOrleans.Server.Pages.Access;

/// <summary>The page's sessions: a cookie that scripts cannot read, and a row that says whether it still holds. Never asked below /api.</summary>
internal sealed class SessionHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, Sessions sessions, IOptions<PlatformOptions> platform)
    : SignInAuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string SchemeName = "session";
    public const string CookieName = "xtnd-session";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Cookies[CookieName] is not { Length: > 0 } text)
        {
            return AuthenticateResult.NoResult();
        }

        if (await sessions.Find(text, platform.Value.PlatformKey, Context.RequestAborted) is not { } session)
        {
            return AuthenticateResult.Fail("unknown or ended session");
        }

        // A page that is open keeps its connection and comes back with it by itself: nobody uses it by that.
        if (!Request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase))
        {
            await sessions.Touch(session.Id, Context.RequestAborted);
        }

        return AuthenticateResult.Success(new(SessionClaims.Principal(session), SchemeName));
    }

    protected override async Task HandleSignInAsync(ClaimsPrincipal user, AuthenticationProperties? properties)
    {
        // Its cookie is about to be replaced: nobody could sign out of it any more.
        await EndPresented();
        var owner = SessionClaims.Owner(user);
        var text = await sessions.Begin(owner, platform.Value.PlatformKey);
        // The row decides when it ends; the cookie only has to live as long as a session may.
        Response.Cookies.Append(CookieName, text, Cookie(Sessions.Limit(owner)));
    }

    protected override async Task HandleSignOutAsync(AuthenticationProperties? properties)
    {
        await EndPresented();
        Response.Cookies.Delete(CookieName, Cookie(null));
    }

    async Task EndPresented()
    {
        if ((await AuthenticateAsync()).Principal is { } user)
        {
            await sessions.End(SessionClaims.Session(user));
        }
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        // Whoever sent a form cannot come back to where it went.
        var wanted = HttpMethods.IsGet(Request.Method) ? Request.Path + Request.QueryString : "";
        var sought = wanted is "" or "/" ? "" : "?return=" + Uri.EscapeDataString(wanted);
        Response.Redirect(SignInPage.Address + sought);
        return Task.CompletedTask;
    }

    // Lax, not Strict: with Strict whoever follows a link from a mail or comes back from the identity provider would be asked to sign in again.
    CookieOptions Cookie(TimeSpan? life) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = MustBeSecure(Request),
        MaxAge = life,
        IsEssential = true,
        Path = "/",
    };

    /// <summary>Whether cookies are for https alone: always, but on this machine's own plain http.</summary>
    public static bool MustBeSecure(HttpRequest request) =>
        request.IsHttps || !(request.Host.Host == "localhost" || (IPAddress.TryParse(request.Host.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address)));
}
