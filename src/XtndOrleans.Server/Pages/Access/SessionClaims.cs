using System.Security.Claims;
using XtndOrleans.Engine.Tenants;

namespace XtndOrleans.Server.Pages.Access;

/// <summary>How a session is written as claims, and read from them.</summary>
internal static class SessionClaims
{
    const string SessionId = "xtnd:session";
    const string Tenant = "xtnd:tenant";
    const string Key = "xtnd:key";
    const string Subject = "xtnd:subject";

    public static ClaimsPrincipal Principal(PageSession session) => Principal(session.Owner, session.Id);

    /// <summary>Somebody who may begin a session.</summary>
    public static ClaimsPrincipal Principal(SessionOwner owner, Guid? session = null)
    {
        var claims = new List<Claim> { new(ClaimTypes.Role, owner.Role), new(ClaimTypes.Name, owner.Name) };
        Add(SessionId, session?.ToString("N"));
        Add(Tenant, owner.Tenant?.ToString("N"));
        Add(Key, owner.Key?.ToString("N"));
        Add(Subject, owner.Subject);
        return new(new ClaimsIdentity(claims, SessionHandler.SchemeName));

        void Add(string type, string? value)
        {
            if (value is not null)
            {
                claims.Add(new(type, value));
            }
        }
    }

    public static SessionOwner Owner(ClaimsPrincipal user) => new(
        Id(user, Tenant), user.FindFirstValue(ClaimTypes.Role) ?? throw new InvalidOperationException("Nobody signs in without a role."),
        Id(user, Key), user.FindFirstValue(Subject), user.FindFirstValue(ClaimTypes.Name) ?? "");

    /// <summary>The session's id; empty when the user has none.</summary>
    public static Guid Session(ClaimsPrincipal user) => Id(user, SessionId) ?? Guid.Empty;

    static Guid? Id(ClaimsPrincipal user, string type) => Guid.TryParseExact(user.FindFirstValue(type), "N", out var id) ? id : null;
}
