namespace XtndOrleans.Connectors.Magento;

/// <summary>In whose name requests are made: with the token of a user, or as an integration, whose requests are signed one by one.</summary>
internal static class MagentoAuthorization
{
    // An integration's access token is good until a person revokes it.
    static readonly TimeSpan Unlimited = TimeSpan.FromDays(3650);

    /// <summary>The Authorization header for a GET of an address.</summary>
    public static string Header(StoreAccount account, StoreToken token, Uri address, TimeProvider clock) => account.Integration is { Signs: true } integration
        ? OAuthSignature.Header(integration, address, clock.GetUtcNow() + account.ClockSkew)
        : $"Bearer {token.Value}";

    /// <summary>What stands for the token of an integration, which signs in without a request: nothing where requests are signed.</summary>
    public static StoreToken Token(StoreIntegration integration) => new(integration.Signs ? "" : integration.AccessToken, Unlimited);

    /// <summary>A session for many requests, each with a header of its own.</summary>
    public static StoreSession Session(StoreAccount account, StoreToken token, TimeProvider clock) => new(account.BaseAddress, "")
    {
        Sign = address => Header(account, token, address, clock),
    };
}
