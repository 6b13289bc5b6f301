namespace XtndOrleans.Connectors;

/// <summary>Who signs in where: a user with a password, or an integration. Its text form never shows a secret.</summary>
/// <param name="BaseAddress">The address that <see cref="IConnector.TryReadApiUrl"/> gave.</param>
/// <param name="AccessToken">Magento: the user name; empty for an integration.</param>
/// <param name="Secret">Magento: the password; empty for an integration.</param>
public sealed record StoreAccount(Uri BaseAddress, string AccessToken, string Secret)
{
    /// <summary>The secret of the user's second factor, in a form that <see cref="Totp.TryReadSecret"/> reads; null when the sign-in asks for none.</summary>
    public string? TotpSecret { get; init; }

    /// <summary>What signs in instead of a user; null for a user.</summary>
    public StoreIntegration? Integration { get; init; }

    /// <summary>The store's clock minus ours, as well as it is known: codes of the second factor are judged by the store's.</summary>
    public TimeSpan ClockSkew { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{AccessToken}@{BaseAddress}";
}

/// <summary>The values of an integration (OAuth 1.0a). Its text form shows none of them.</summary>
/// <param name="ConsumerKey">Consumer key; empty when the access token is sent alone.</param>
/// <param name="ConsumerSecret">Consumer secret; empty when the access token is sent alone.</param>
/// <param name="AccessToken">Access token.</param>
/// <param name="AccessTokenSecret">Access token secret; empty when the access token is sent alone.</param>
public sealed record StoreIntegration(string ConsumerKey, string ConsumerSecret, string AccessToken, string AccessTokenSecret)
{
    /// <summary>Whether requests are signed; else the access token is sent as a bearer token, which a store must allow.</summary>
    public bool Signs => ConsumerKey.Length > 0;

    /// <inheritdoc/>
    public override string ToString() => Signs ? "an integration" : "an integration's access token";
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

    /// <summary>Makes the Authorization header for an address, where one session serves several requests: a verify.</summary>
    internal Func<Uri, string>? Sign { get; init; }

    /// <inheritdoc/>
    public override string ToString() => BaseAddress.ToString();
}
