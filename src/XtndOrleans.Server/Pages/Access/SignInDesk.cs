using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using XtndOrleans.Engine.Tenants;
using XtndOrleans.Server.Security;

namespace XtndOrleans.Server.Pages.Access;

/// <summary>How an attempt to sign in ended.</summary>
internal enum SignInResult
{
    SignedIn,
    Refused,
    TooMany,
}

/// <summary>Turns a key or a link into a session. Attempts that fail are counted by address, apart from calls of the API.</summary>
internal sealed class SignInDesk(ApiKeys keys, SignInLinks links, SignInLimit failures, IOptions<PlatformOptions> platform)
{
    public Task<SignInResult> WithKey(HttpContext context, string? text) => Try(context, () => Owner(text?.Trim() ?? "", context.RequestAborted));

    public Task<SignInResult> WithLink(HttpContext context, string? text) => Try(context, () => links.Use(text));

    async Task<SessionOwner?> Owner(string text, CancellationToken stop)
    {
        if (platform.Value.IsPlatformKey(text))
        {
            return new(null, Roles.Platform, null, null, Roles.Platform);
        }

        return await keys.Find(text, stop) is { } owner ? new(owner.Tenant, owner.Role, owner.Key, null, owner.Role) : null;
    }

    async Task<SignInResult> Try(HttpContext context, Func<Task<SessionOwner?>> find)
    {
        // Before anything is looked up: whoever guesses must not learn that he was right.
        if (!failures.AllowsOne(context))
        {
            return SignInResult.TooMany;
        }

        if (await find() is { } owner)
        {
            await context.SignInAsync(SessionHandler.SchemeName, SessionClaims.Principal(owner));
            return SignInResult.SignedIn;
        }

        return failures.Count(context) ? SignInResult.Refused : SignInResult.TooMany;
    }
}
