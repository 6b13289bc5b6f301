using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using XtndOrleans.Engine.Tenants;
using XtndOrleans.Server.Security;

namespace XtndOrleans.Server.Pages.Access;

/// <summary>Ends what is open in a browser when its session ends: an open page makes no request that would find out.</summary>
internal sealed class CircuitSession(ILoggerFactory logs, Sessions sessions) : RevalidatingServerAuthenticationStateProvider(logs)
{
    // With the two seconds that sessions are remembered this is below the five that a revocation may take.
    protected override TimeSpan RevalidationInterval { get; } = TimeSpan.FromSeconds(2);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        await sessions.IsLive(SessionClaims.Session(authenticationState.User), cancellationToken).OrCannotBeKnown();
}
