namespace XtndOrleans.Simulator;

/// <summary>Who calls, by the Authorization header: a user by token, an integration by signature, or by its token where the store allows that.</summary>
internal sealed class CallerDesk(MagentoStore store)
{
    /// <summary>Refuses a caller that lacks a right. A bad signature is thrown as Magento words it; a bad token is a caller without any right.</summary>
    public void Require(HttpRequest request, string resource)
    {
        var header = request.Headers.Authorization.ToString();
        if (Bearer(header, resource) is { } may)
        {
            if (!may) throw MagentoError.Denied(resource, known: true);
            return;
        }
        if (!header.Contains("oauth ", StringComparison.OrdinalIgnoreCase) || !OAuthCheck.Caller(store, request, header).May(resource))
            throw MagentoError.Denied(resource);
    }

    /// <summary>Whether the owner of a bearer token has the right; null when nobody owns it.</summary>
    bool? Bearer(string header, string resource)
    {
        if (store.Tokens.Read(header) is { } user) return user.May(resource);
        return store.Settings.IntegrationTokensAsBearer && header.Split(' ') is [var scheme, var token] && scheme.Equals("bearer", StringComparison.OrdinalIgnoreCase)
            ? store.Integrations.ByToken(token)?.May(resource)
            : null;
    }
}
