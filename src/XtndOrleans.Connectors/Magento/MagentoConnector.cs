using Microsoft.Extensions.Options;
using XtndOrleans.Connectors.Http;

namespace XtndOrleans.Connectors.Magento;

/// <summary>Reads Magento Open Source and Adobe Commerce, 2.3 to 2.4.8, over REST, as an administration user or as an integration.</summary>
internal sealed class MagentoConnector(MagentoClient client, IOptions<ConnectorOptions> options, TimeProvider clock) : IConnector
{
    /// <inheritdoc/>
    public SystemDescription Description { get; } = new(
        "magento",
        "Magento",
        [
            new("apiUrl", "API URL", "The store's address, like https://shop.example/rest/V1. A store without URL rewrites needs /index.php before /rest.", Secret: false),
            new("accessToken", "Access token", "The user name of an administration user whose role may read what is to be synchronized: catalog, sales, customers, stock.", Secret: false),
            new("secret", "Secret", "That user's password. It is stored encrypted and never shown again.", Secret: true),
        ],
        [.. MagentoEntity.All.Select(e => e.Description)])
    {
        SignIns = MagentoSignIns.All,
    };

    /// <inheritdoc/>
    public bool TryReadApiUrl(string typed, out Uri baseAddress, out string? problem)
    {
        var read = MagentoAddress.TryRead(typed, out var address, out problem);
        baseAddress = address!;
        return read;
    }

    /// <inheritdoc/>
    public Task<StoreToken> SignIn(StoreAccount account, CancellationToken cancellationToken) => client.SignIn(account, cancellationToken);

    /// <inheritdoc/>
    public Task<StoreToken> Prove(StoreAccount account, CancellationToken cancellationToken) => new IntegrationProbe(client, clock).Prove(account, cancellationToken);

    /// <inheritdoc/>
    public string Authorize(StoreAccount account, StoreToken token, PageRequest request, string? stock) =>
        MagentoAuthorization.Header(account, token, MagentoClient.Address(account.BaseAddress, request, stock), clock);

    /// <inheritdoc/>
    public Task<Page> Read(StoreSession session, PageRequest request, CancellationToken cancellationToken) => client.Read(session, request, cancellationToken);

    /// <inheritdoc/>
    public async Task<VerificationOutcome> Verify(StoreAccount account, IProgress<VerificationStep>? progress, CancellationToken cancellationToken)
    {
        using var attempt = new Verify(client, account, progress, clock);
        return await attempt.Run(options.Value.VerifyLimit, cancellationToken);
    }
}
