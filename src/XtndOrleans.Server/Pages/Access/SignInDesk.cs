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

/// <summary>Turns a key or a link into a session. Attempts that fail count as calls of a stranger.</summary>
internal sealed class SignInDesk(ApiKeys keys, SignInLinks links, StrangerLimit strangers, IOptions<PlatformOptions> platform)
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
        // Asking for none tells whether there are any left.
        using (var left = strangers.Acquire(context, 0))
        {
            if (!left.IsAcquired)
            {
                return SignInResult.TooMany;
            }
        }

        if (await find() is { } owner)
        {
            await context.SignInAsync(SessionHandler.SchemeName, SessionClaims.Principal(owner));
            return SignInResult.SignedIn;
        }

        using var lease = strangers.Acquire(context);
        return lease.IsAcquired ? SignInResult.Refused : SignInResult.TooMany;
    }
}
