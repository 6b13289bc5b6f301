using XtndOrleans.Connectors;

namespace XtndOrleans.Tests.Server;

/// <summary>A system that can be described and nothing else: the API never speaks to a store.</summary>
internal sealed class FakeConnector(string system) : IConnector
{
    public SystemDescription Description { get; } = new(
        system, "Fake " + system,
        [new("apiUrl", "API URL", "Where the store is.", false), new("accessToken", "Access token", "The user.", false), new("secret", "Secret", "The password.", true)],
        [new(Entities.Product, "Products", "daily", 100), new(Entities.Order, "Orders", "hourly", 100)]);

    public bool TryReadApiUrl(string typed, out Uri baseAddress, out string? problem) => throw new NotSupportedException();

    public Task<StoreToken> SignIn(StoreAccount account, CancellationToken cancellationToken) => throw new NotSupportedException();

    public string Authorize(StoreAccount account, StoreToken token, PageRequest request, string? stock) => throw new NotSupportedException();

    public Task<Page> Read(StoreSession session, PageRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<VerificationOutcome> Verify(StoreAccount account, IProgress<VerificationStep>? progress, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
