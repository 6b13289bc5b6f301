namespace XtndOrleans.Simulator;

/// <summary>Who calls, by the Authorization header: a user by token, an integration by signature, or by its token where the store allows that.</summary>
internal sealed class CallerDesk(MagentoStore store)
{
    /// <summary>Whether the caller has a right. A bad signature is thrown as Magento words it; a bad token is a caller without any right.</summary>
    public bool May(HttpRequest request, string resource)
    {
        var header = request.Headers.Authorization.ToString();
        if (store.Tokens.Read(header) is { } user) return user.May(resource);
        if (header.Contains("oauth ", StringComparison.OrdinalIgnoreCase)) return OAuthCheck.Caller(store, request, header).May(resource);
        return store.Settings.IntegrationTokensAsBearer && header.Split(' ') is [var scheme, var token]
            && scheme.Equals("bearer", StringComparison.OrdinalIgnoreCase) && store.Integrations.ByToken(token)?.May(resource) == true;
    }
}
