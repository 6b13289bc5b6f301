namespace XtndOrleans.Simulator;

/// <summary>An admin user.</summary>
public sealed class StoreUser(int id, string name, string password, IReadOnlyCollection<string>? resources)
{
    public int Id { get; } = id;
    public string Name { get; } = name;
    public string Password { get; set; } = password;
    public bool Active { get; set; } = true;

    /// <summary>ACL resources such as Magento_Catalog::products. Null: all.</summary>
    public IReadOnlyCollection<string>? Resources { get; set; } = resources;

    /// <summary>The secret of the user's Google Authenticator in base32, upper case: his active second factor. Null: none.</summary>
    public string? TotpSecret { get; set; }

    internal int Failures { get; set; }
    internal DateTimeOffset LockedUntil { get; set; }

    /// <summary>Tokens up to this number are refused.</summary>
    internal long RevokedUpTo { get; set; }

    internal bool May(string resource) => Resources is null || Resources.Contains(resource);
}
