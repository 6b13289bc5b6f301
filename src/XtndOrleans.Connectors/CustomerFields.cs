namespace XtndOrleans.Connectors;

/// <summary>A customer.</summary>
public sealed record CustomerFields : RecordFields
{
    /// <summary>E-mail address; unique within a website.</summary>
    public string? Email { get; init; }

    /// <summary>First and last name, joined by a space.</summary>
    public string? Name { get; init; }

    /// <summary>The customer group, by the store's id.</summary>
    public string? Group { get; init; }

    /// <summary>When the account was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>All addresses of the account.</summary>
    public IReadOnlyList<CustomerAddress> Addresses { get; init; } = [];

    /// <inheritdoc/>
    public override string? Key => Email;
}

/// <summary>An address of a customer.</summary>
/// <param name="Name">First and last name, joined by a space.</param>
/// <param name="Company">Company.</param>
/// <param name="Street">Street lines, joined by a comma and a space.</param>
/// <param name="Postcode">Postal code.</param>
/// <param name="City">City.</param>
/// <param name="Region">State or region, by name.</param>
/// <param name="Country">ISO 3166-1 alpha-2 code.</param>
/// <param name="Telephone">Telephone.</param>
/// <param name="IsBilling">Whether it is the default for bills.</param>
/// <param name="IsShipping">Whether it is the default for shipments.</param>
public sealed record CustomerAddress(
    string? Name, string? Company, string? Street, string? Postcode, string? City, string? Region, string? Country, string? Telephone, bool IsBilling, bool IsShipping);
