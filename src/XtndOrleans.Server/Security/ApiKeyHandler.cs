using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using XtndOrleans.Engine.Tenants;

namespace XtndOrleans.Server.Security;

/// <summary>Reads <c>Authorization: Bearer xtnd_…</c>.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, ApiKeys keys, IOptions<PlatformOptions> platform, StrangerLimit strangers)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string SchemeName = "apiKey";
    const string Prefix = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        var text = header[Prefix.Length..].Trim();
        var caller = platform.Value.IsPlatformKey(text) ? new Caller(Roles.Platform, null)
            : await keys.Find(text, Context.RequestAborted) is { } owner ? new Caller(owner.Role, owner)
            : null;
        if (caller is null)
        {
            return AuthenticateResult.Fail("unknown key");
        }

        Context.Features.Set(caller);
        var identity = new ClaimsIdentity([new(ClaimTypes.Role, caller.Role)], SchemeName);
        return AuthenticateResult.Success(new(new(identity), SchemeName));
    }

    // Only callers without a valid key are counted by address: behind a proxy, a stranger must not lock out those who have one.
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        using var lease = strangers.Acquire(Context);
        Response.Headers.WWWAuthenticate = "Bearer";
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        if (!lease.IsAcquired)
        {
            RateLimits.Reject(Context, lease);
        }

        return Task.CompletedTask;
    }
}
