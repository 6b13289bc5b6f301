using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace XtndOrleans.Connectors.Magento;

/// <summary>
/// Signs a request with the four values of an integration: OAuth 1.0a (RFC 5849) with HMAC-SHA256, the only method that every supported Magento accepts.
/// </summary>
internal static class OAuthSignature
{
    /// <summary>The scheme of the Authorization header.</summary>
    public const string Scheme = "OAuth";

    /// <summary>The Authorization header of one GET request. A nonce is new each time: the store takes each only once.</summary>
    public static string Header(StoreIntegration integration, Uri address, DateTimeOffset storeNow) =>
        Header(integration, address, storeNow, RandomNumberGenerator.GetHexString(32, lowercase: true));

    /// <summary>The Authorization header with a nonce that is given.</summary>
    internal static string Header(StoreIntegration integration, Uri address, DateTimeOffset storeNow, string nonce)
    {
        List<KeyValuePair<string, string>> own =
        [
            new("oauth_consumer_key", integration.ConsumerKey),
            new("oauth_token", integration.AccessToken),
            new("oauth_signature_method", "HMAC-SHA256"),
            new("oauth_timestamp", storeNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
            new("oauth_nonce", nonce),
            new("oauth_version", "1.0"),
        ];
        var text = BaseString("GET", address, own);
        var key = $"{Encode(integration.ConsumerSecret)}&{Encode(integration.AccessTokenSecret)}";
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text)));
        return $"{Scheme} {string.Join(", ", own.Append(new("oauth_signature", signature)).Select(p => $"{p.Key}=\"{Encode(p.Value)}\""))}";
    }

    /// <summary>What is signed: the method, the address without its query, and all parameters in order.</summary>
    internal static string BaseString(string method, Uri address, IEnumerable<KeyValuePair<string, string>> own)
    {
        // Uri writes scheme and host in lower case and leaves a default port out; host and path are as they are sent.
        var host = address.HostNameType == UriHostNameType.IPv6 ? address.Host : address.IdnHost;
        var place = $"{address.Scheme}://{host}{(address.IsDefaultPort ? "" : $":{address.Port}")}{address.AbsolutePath}";
        var all = own.Concat(Query(address)).Select(p => (Name: Encode(p.Key), Value: Encode(p.Value)))
            .OrderBy(p => p.Name, NaturalOrder.Instance).ThenBy(p => p.Value, StringComparer.Ordinal)
            .Select(p => $"{p.Name}={p.Value}");
        return $"{method}&{Encode(place)}&{Encode(string.Join('&', all))}";
    }

    static IEnumerable<KeyValuePair<string, string>> Query(Uri address) =>
        address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2))
            .Select(pair => KeyValuePair.Create(Decode(pair[0]), pair.Length > 1 ? Decode(pair[1]) : ""));

    static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    // Letters, digits, '-', '.', '_' and '~' stay; all else becomes %XX: what RFC 5849 asks for and PHP's rawurlencode does.
    static string Encode(string text) => Uri.EscapeDataString(text);
}
