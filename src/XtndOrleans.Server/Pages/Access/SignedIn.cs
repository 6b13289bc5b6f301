using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using XtndOrleans.Engine;
using XtndOrleans.Engine.Tenants;

namespace XtndOrleans.Server.Pages.Access;

/// <summary>
/// Who looks at the page. Components take the tenant from here and from nowhere else; whoever does something asks for the role again, because what a page
/// hides can still be called.
/// </summary>
public sealed class SignedIn(AuthenticationStateProvider state, IAuthorizationService authorization)
{
    /// <summary>The owner of the session.</summary>
    public async Task<SessionOwner> Owner() => SessionClaims.Owner((await state.GetAuthenticationStateAsync()).User);

    /// <summary>The tenant, once a policy lets through. Else <c>forbidden</c>.</summary>
    public async Task<Guid> Tenant(string policy)
    {
        await Require(policy);
        return (await Owner()).Tenant ?? throw new InvalidOperationException("The platform belongs to no tenant; the page lacks a policy.");
    }

    /// <summary>Throws <c>forbidden</c> when a policy does not let through.</summary>
    public async Task Require(string policy)
    {
        if (!await May(policy))
        {
            throw new ProblemException(ProblemKind.Refused, "forbidden", "Your role does not allow this. Sign in with a key of a higher role.");
        }
    }

    /// <summary>Whether a policy lets through.</summary>
    public async Task<bool> May(string policy) =>
        (await authorization.AuthorizeAsync((await state.GetAuthenticationStateAsync()).User, policy)).Succeeded;
}
