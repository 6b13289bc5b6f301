using System.ComponentModel.DataAnnotations;
using XtndOrleans.Engine.Tenants;

namespace XtndOrleans.Server.Pages.Access;

/// <summary>Signing in with an identity provider. Section <c>Xtnd:Oidc</c>; without an authority there is none, and no trace of it on the page.</summary>
public sealed class OidcOptions : IValidatableObject
{
    /// <summary>The provider's address, https: the one whose <c>/.well-known/openid-configuration</c> describes it.</summary>
    public string? Authority { get; set; }

    /// <summary>Our id there.</summary>
    public string? ClientId { get; set; }

    /// <summary>Our secret there.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>What the button says: Sign in with … Default: the provider's host.</summary>
    public string? Name { get; set; }

    /// <summary>The claim with the tenant's id. Default <c>xtnd_tenant</c>.</summary>
    public string TenantClaim { get; set; } = "xtnd_tenant";

    /// <summary>The claim with the role: platform, owner, operator or viewer. Default <c>xtnd_role</c>.</summary>
    public string RoleClaim { get; set; } = "xtnd_role";

    /// <summary>Whether there is a provider.</summary>
    public bool IsConfigured => !string.IsNullOrWhiteSpace(Authority);

    /// <summary>What people read on the button.</summary>
    public string ProviderName => !string.IsNullOrWhiteSpace(Name) ? Name : Uri.TryCreate(Authority, UriKind.Absolute, out var address) ? address.Host : "";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsConfigured)
        {
            yield break;
        }

        if (!Uri.TryCreate(Authority, UriKind.Absolute, out var address) || address is not { Scheme: "https" } and not { Scheme: "http", IsLoopback: true })
        {
            yield return new($"Xtnd:Oidc:Authority is '{Authority}'. Allowed: the provider's address, beginning with https://.");
        }

        if (string.IsNullOrWhiteSpace(ClientId) || string.IsNullOrWhiteSpace(ClientSecret))
        {
            yield return new("Xtnd:Oidc:Authority is set, but Xtnd:Oidc:ClientId or Xtnd:Oidc:ClientSecret is missing.");
        }
    }

    /// <summary>The session's owner, from a claim's tenant and role; null when they are none.</summary>
    internal static (Guid? Tenant, string Role)? Owner(string? tenant, string? role) => role switch
    {
        Roles.Platform => (null, role),
        { } known when Roles.OfTenants.Contains(known) && Guid.TryParse(tenant, out var id) => (id, known),
        _ => null,
    };
}
