using System.Net.Http.Headers;
using XtndOrleans.Connectors.Http;

namespace XtndOrleans.Connectors.Magento;

/// <summary>The requests that the connector makes, each exactly once, with answers that are no answers turned into failures.</summary>
internal sealed class MagentoClient(StoreClient client)
{
    static readonly MediaTypeWithQualityHeaderValue Json = new("application/json");

    /// <summary>The present time.</summary>
    public DateTimeOffset Now => client.Now;

    /// <summary>The Authorization header of a token.</summary>
    public static string Bearer(StoreToken token) => $"Bearer {token.Value}";

    /// <summary>Exchanges user name and password for a token.</summary>
    public async Task<StoreToken> SignIn(StoreAccount account, CancellationToken cancellationToken)
    {
        using var request = MagentoSignIn.Request(account);
        using var answer = await Send(request, cancellationToken);
        return MagentoSignIn.Read(answer, Now);
    }

    /// <summary>Reads a page.</summary>
    public async Task<Page> Read(StoreSession session, PageRequest request, CancellationToken cancellationToken)
    {
        var entity = MagentoEntity.Named(request.Entity, session.Stock);
        using var answer = await Get(new Uri(session.BaseAddress, MagentoQuery.Page(entity, request)), session, cancellationToken);
        return PageReader.Read(entity, request, answer);
    }

    /// <summary>Gets something with a token; an answer comes back only with a success status and a body that is not a web page.</summary>
    public async Task<StoreAnswer> Get(Uri address, StoreSession session, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { Authorization = AuthenticationHeaderValue.Parse(session.Authorization) } };
        var answer = await Send(request, cancellationToken);
        if (answer.Status is >= 200 and < 300 && !answer.IsPage)
        {
            return answer;
        }
        using (answer)
        {
            throw MagentoFailures.From(answer, MagentoError.Read(answer), Now) ?? MagentoFailures.Malformed("cannot be told from a web page");
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
