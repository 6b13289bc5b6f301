namespace XtndOrleans.Engine.Tenants;

/// <summary>Who a session is for.</summary>
/// <param name="Tenant">The tenant; null for the platform.</param>
/// <param name="Role">One of <see cref="Roles"/>.</param>
/// <param name="Key">The API key that it ends with; null when there is none.</param>
/// <param name="Subject">Who it is for the identity provider; null when none was asked.</param>
/// <param name="Name">What people read; the name of the key takes its place when there is one.</param>
public sealed record SessionOwner(Guid? Tenant, string Role, Guid? Key, string? Subject, string Name);

/// <summary>A session that is alive.</summary>
/// <param name="Id">The session.</param>
/// <param name="Owner">Who it is for.</param>
public sealed record PageSession(Guid Id, SessionOwner Owner);

/// <summary>A link that signs in once. The text form of this record does not show it.</summary>
/// <param name="Text">What the link carries. Shown this once.</param>
/// <param name="ExpiresAt">When it no longer works.</param>
public sealed record NewSignInLink(string Text, DateTimeOffset ExpiresAt)
{
    /// <inheritdoc/>
    public override string ToString() => $"a sign-in link until {ExpiresAt:O}";
}

/// <summary>Where a link that signs in leads.</summary>
/// <param name="Tenant">The tenant's name.</param>
/// <param name="Role">owner, operator or viewer.</param>
public sealed record SignInLinkAim(string Tenant, string Role);
