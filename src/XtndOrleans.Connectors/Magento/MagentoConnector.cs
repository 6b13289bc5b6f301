using System.Net.Http.Headers;
using XtndOrleans.Connectors.Http;

namespace XtndOrleans.Connectors.Magento;

/// <summary>Reads Magento Open Source and Adobe Commerce, 2.3 to 2.4.8, over REST with the token of an administration user.</summary>
internal sealed class MagentoConnector(StoreClient client) : IConnector
{
    static readonly MediaTypeWithQualityHeaderValue Json = new("application/json");

    /// <inheritdoc/>
    public SystemDescription Description { get; } = new(
        "magento",
        "Magento",
        [
            new("apiUrl", "API URL", "The store's address, like https://shop.example/rest/V1. A store without URL rewrites needs /index.php before /rest.", Secret: false),
            new("accessToken", "Access token", "The user name of an administration user whose role may read products and orders.", Secret: false),
            new("secret", "Secret", "That user's password. It is stored encrypted and never shown again.", Secret: true),
        ],
        [
            new(Entities.Product, "Products", "daily", 200),
            new(Entities.Order, "Orders", "hourly", 100),
        ]);

    /// <inheritdoc/>
    public bool TryReadApiUrl(string typed, out Uri baseAddress, out string? problem)
    {
        var read = MagentoAddress.TryRead(typed, out var address, out problem);
        baseAddress = address!;
        return read;
    }

    /// <inheritdoc/>
    public async Task<StoreToken> SignIn(StoreAccount account, CancellationToken cancellationToken)
    {
        using var request = MagentoSignIn.Request(account);
        using var answer = await Send(request, cancellationToken);
        return MagentoSignIn.Read(answer, client.Now);
    }

    /// <inheritdoc/>
    public async Task<Page> Read(StoreSession session, PageRequest request, CancellationToken cancellationToken)
    {
        var entity = MagentoEntity.Named(request.Entity);
        using var message = Get(session, MagentoQuery.Page(entity, request));
        using var answer = await Send(message, cancellationToken);
        if (answer.Status is < 200 or > 299 || answer.Body.Span.TrimStart("\uFEFF \t\r\n"u8).StartsWith("<"u8))
        {
            throw MagentoFailures.From(answer, MagentoError.Read(answer), client.Now)!;
        }
        return PageReader.Read(entity, request, answer);
    }

    /// <inheritdoc/>
    public Task<VerificationOutcome> Verify(StoreAccount account, IProgress<VerificationStep>? progress, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    Task<StoreAnswer> Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Accept.Add(Json);
        return client.Send(request, cancellationToken);
    }

    static HttpRequestMessage Get(StoreSession session, string path) => new(HttpMethod.Get, new Uri(session.BaseAddress, path))
    {
        Headers = { Authorization = new AuthenticationHeaderValue("Bearer", session.Token) },
    };
}
