using System.Net.Http.Headers;
using XtndOrleans.Connectors.Http;

namespace XtndOrleans.Connectors.Magento;

/// <summary>The requests that the connector makes, each exactly once, with answers that are no answers turned into failures.</summary>
internal sealed class MagentoClient(StoreClient client)
{
    static readonly MediaTypeWithQualityHeaderValue Json = new("application/json");

    /// <summary>The present time.</summary>
    public DateTimeOffset Now => client.Now;

    /// <summary>Where a page is: the one address that is signed and asked for.</summary>
    public static Uri Address(Uri baseAddress, PageRequest request, string? stock) =>
        new(baseAddress, MagentoQuery.Page(MagentoEntity.Named(request.Entity, stock), request));

    /// <summary>Exchanges user name and password for a token; an integration needs no exchange.</summary>
    public async Task<StoreToken> SignIn(StoreAccount account, CancellationToken cancellationToken)
    {
        if (account.Integration is { } integration)
        {
            return MagentoAuthorization.Token(integration);
        }
        using var request = MagentoSignIn.Request(account, Now);
        using var answer = await Send(request, cancellationToken);
        return MagentoSignIn.Read(answer, account, Now);
    }

    /// <summary>Reads a page.</summary>
    public async Task<Page> Read(StoreSession session, PageRequest request, CancellationToken cancellationToken)
    {
        var entity = MagentoEntity.Named(request.Entity, session.Stock);
        using var answer = await Get(Address(session.BaseAddress, request, session.Stock), session, cancellationToken);
        return PageReader.Read(entity, request, answer);
    }

    /// <summary>Gets something with a token; an answer comes back only with a success status and a body that is not a web page.</summary>
    public async Task<StoreAnswer> Get(Uri address, StoreSession session, CancellationToken cancellationToken)
    {
        var authorization = AuthenticationHeaderValue.Parse(session.Sign?.Invoke(address) ?? session.Authorization);
        using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { Authorization = authorization } };
        var answer = await Send(request, cancellationToken);
        if (answer.Status is >= 200 and < 300 && !answer.IsPage)
        {
            return answer;
        }
        using (answer)
        {
            var error = MagentoError.Read(answer);
            var refusal = authorization.Scheme == OAuthSignature.Scheme ? IntegrationRefusal.OfSignature(answer.Status, error) : null;
            throw refusal ?? MagentoFailures.From(answer, error, Now) ?? MagentoFailures.Malformed("cannot be told from a web page");
        }
    }

    /// <summary>Gets something without a token, whatever the status.</summary>
    public async Task<StoreAnswer> GetAny(Uri address, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        return await Send(request, cancellationToken);
    }

    Task<StoreAnswer> Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Accept.Add(Json);
        return client.Send(request, cancellationToken);
    }
}
