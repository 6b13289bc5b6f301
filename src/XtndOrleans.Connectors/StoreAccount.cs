namespace XtndOrleans.Connectors;

/// <summary>Who signs in where. Its text form never shows the secret.</summary>
/// <param name="BaseAddress">The address that <see cref="IConnector.TryReadApiUrl"/> gave.</param>
/// <param name="AccessToken">Magento: the user name.</param>
/// <param name="Secret">Magento: the password.</param>
public sealed record StoreAccount(Uri BaseAddress, string AccessToken, string Secret)
{
    /// <inheritdoc/>
    public override string ToString() => $"{AccessToken}@{BaseAddress}";
}

/// <summary>A token of the store. Its text form never shows the value.</summary>
/// <param name="Value">The token itself.</param>
/// <param name="Life">How long it lives from now, by its own claims; null when it does not tell.</param>
public sealed record StoreToken(string Value, TimeSpan? Life)
{
    /// <inheritdoc/>
    public override string ToString() => $"token, life {Life?.ToString() ?? "unknown"}";
}

/// <summary>The right to make one request of a store: where, and in whose name. Its text form never shows the authorization.</summary>
/// <param name="BaseAddress">The address that <see cref="IConnector.TryReadApiUrl"/> gave.</param>
/// <param name="Authorization">The value of the Authorization header, as <see cref="IConnector.Authorize"/> made it for this one request.</param>
public sealed record StoreSession(Uri BaseAddress, string Authorization)
{
    /// <summary>What <see cref="StoreProfile.Stock"/> said; null when it is not known.</summary>
    public string? Stock { get; init; }

    /// <inheritdoc/>
    public override string ToString() => BaseAddress.ToString();
}
