using XtndOrleans.Engine.Tenants;

namespace XtndOrleans.Server.Security;

/// <summary>Who calls. Handlers ask for it as a parameter; the tenant of a call comes from its key and from nowhere else.</summary>
/// <param name="Role">One of <see cref="Roles"/>.</param>
/// <param name="Key">The owner of the key; null for the platform, which belongs to no tenant.</param>
internal sealed record Caller(string Role, ApiKeyOwner? Key)
{
    /// <summary>The tenant of a caller that a policy has let through as one of a tenant.</summary>
    public Guid Tenant => Key?.Tenant ?? throw new InvalidOperationException("The platform belongs to no tenant; the endpoint lacks a policy.");

    /// <summary>Whose answers to repeated calls are whose.</summary>
    public string Scope => Key?.Tenant.ToString("N") ?? Roles.Platform;

    public static Caller Of(HttpContext context) =>
        context.Features.Get<Caller>() ?? throw new InvalidOperationException("Nobody is signed in; the endpoint lacks a policy.");

    public static ValueTask<Caller?> BindAsync(HttpContext context) => ValueTask.FromResult<Caller?>(Of(context));
}
