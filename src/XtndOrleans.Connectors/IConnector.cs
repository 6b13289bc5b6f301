namespace XtndOrleans.Connectors;

/// <summary>
/// Reads one kind of external system. Stateless and safe for concurrent use: everything a call needs is in its arguments.
/// Every method throws <see cref="ConnectorException"/> for whatever the store did, and nothing else but cancellation.
/// </summary>
public interface IConnector
{
    /// <summary>The system's name, the fields of its form, and the entities it can read.</summary>
    SystemDescription Description { get; }

    /// <summary>Reads an API URL as people type it, without any request.</summary>
    /// <param name="typed">What the merchant typed.</param>
    /// <param name="baseAddress">The address every request starts from, ending in a slash. For Magento <c>https://shop.example/rest/V1/</c>, a store code kept.</param>
    /// <param name="problem">What is wrong and what to type instead; null when it can be used.</param>
    bool TryReadApiUrl(string typed, out Uri baseAddress, out string? problem);

    /// <summary>
    /// Exchanges the credentials for a store token. Exactly one request, never repeated by the connector; none for an integration, which has nothing to exchange:
    /// whether it is good shows when it is used.
    /// </summary>
    Task<StoreToken> SignIn(StoreAccount account, CancellationToken cancellationToken);

    /// <summary>Signs in, and makes sure that the store knows the credentials: an integration is tried with a read. A right that is missing is no refusal.</summary>
    Task<StoreToken> Prove(StoreAccount account, CancellationToken cancellationToken) => SignIn(account, cancellationToken);

    /// <summary>
    /// The Authorization header for exactly the request that <see cref="Read"/> will make with the same arguments. A signature holds for one request only, so
    /// this is asked anew for each.
    /// </summary>
    /// <param name="account">The account. Its <see cref="StoreAccount.ClockSkew"/> tells the time by the store's clock, which a signature has in it.</param>
    /// <param name="token">What <see cref="SignIn"/> gave.</param>
    /// <param name="request">The request.</param>
    /// <param name="stock">The session's <see cref="StoreSession.Stock"/>.</param>
    string Authorize(StoreAccount account, StoreToken token, PageRequest request, string? stock);

    /// <summary>Reads one page. Exactly one request; waiting, retries and renewal of the token belong to the caller.</summary>
    Task<Page> Read(StoreSession session, PageRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Finds out, in under ten seconds and with at most one sign-in, whether the account can do its work. Never throws for what the store does:
    /// every finding is a step of the report.
    /// </summary>
    /// <param name="account">The account to try.</param>
    /// <param name="progress">Told each step as it ends, or null.</param>
    /// <param name="cancellationToken">Ends the attempt early.</param>
    Task<VerificationOutcome> Verify(StoreAccount account, IProgress<VerificationStep>? progress, CancellationToken cancellationToken);
}
