using Microsoft.AspNetCore.Http.Features;

namespace XtndOrleans.Simulator;

/// <summary>Judges a signed request in Magento's order: what is given, the method, the consumer, time and nonce, the token, the signature.</summary>
internal static class OAuthCheck
{
    const int Length = 32;
    const int Deviation = 600;

    static readonly string[] required =
        ["oauth_consumer_key", "oauth_signature", "oauth_signature_method", "oauth_nonce", "oauth_timestamp", "oauth_token"];

    public static IntegrationAccount Caller(MagentoStore store, HttpRequest request, string header)
    {
        var given = Header(header);
        Complete(given);
        var consumer = Consumer(store, given["oauth_consumer_key"]);
        Fresh(store, consumer, given["oauth_timestamp"], given["oauth_nonce"]);
        if (store.Integrations.ByToken(given["oauth_token"]) is not { } owner) throw new MagentoError(401, "Specified token does not exist");
        if (owner != consumer) throw new MagentoError(401, "Token is not associated with the specified consumer");
        var expected = OAuthDigest.Of(request.Method, Place(request), Signed(given, request), consumer.ConsumerSecret, consumer.AccessTokenSecret);
        return expected == given["oauth_signature"] ? consumer : throw new MagentoError(401, "The signature is invalid. Verify and try again.");
    }

    static void Complete(Dictionary<string, string> given)
    {
        if (given.TryGetValue("oauth_version", out var version) && version != "1.0")
            throw new MagentoError(400, "The \"%1\" Oauth version isn't supported.") { Positional = [version] };
        var missing = required.Where(name => !given.ContainsKey(name)).Select(MagentoError.Required).ToList();
        if (missing.Count == 1) throw missing[0];
        if (missing.Count > 1) throw new MagentoError(400, "One or more input exceptions have occurred.") { Errors = missing };
        if (given["oauth_token"].Length != Length) throw new MagentoError(400, "The token length is invalid. Check the length and try again.");
        if (given["oauth_signature_method"] is not "HMAC-SHA256" and var method)
            throw new MagentoError(400, "Signature method %1 is not supported") { Positional = [method] };
    }

    static IntegrationAccount Consumer(MagentoStore store, string key)
    {
        if (key.Length != Length) throw new MagentoError(401, "Consumer key has invalid length");
        return store.Integrations.ByKey(key) ?? throw new MagentoError(401, "A consumer having the specified key does not exist");
    }

    static void Fresh(MagentoStore store, IntegrationAccount consumer, string timestamp, string nonce)
    {
        // The past is not refused, however long ago it is.
        if (!long.TryParse(timestamp, out var second) || second <= 0 || second > store.Clock.Now.ToUnixTimeSeconds() + Deviation)
            throw new MagentoError(401, "An error occurred validating the nonce");
        if (!consumer.TakeNonce(nonce))
            throw new MagentoError(401, "The nonce is already being used by the consumer with ID %1") { Positional = [$"{consumer.Id}"] };
    }

    static Dictionary<string, string> Header(string header)
    {
        var given = new Dictionary<string, string>();
        foreach (var part in header[(header.IndexOf("oauth ", StringComparison.OrdinalIgnoreCase) + 6)..].Split(','))
        {
            if (part.Trim().Split('=', 2) is [var name, var value] && name.StartsWith("oauth_", StringComparison.Ordinal))
                given[name] = Uri.UnescapeDataString(value.Trim('"'));
        }
        return given;
    }

    static IEnumerable<(string Name, string Value)> Signed(Dictionary<string, string> given, HttpRequest request)
    {
        foreach (var (name, value) in given)
        {
            if (name != "oauth_signature") yield return (name, value);
        }
        foreach (var pair in Target(request).Split('?', 2).Skip(1).SelectMany(query => query.Split('&')))
        {
            // A parameter with two equals signs or with none is not counted.
            if (pair.Split('=') is [var name, var value]) yield return (Plain(name), Plain(value));
        }
    }

    static string Place(HttpRequest request) => $"{request.Scheme}://{request.Host.Value!.ToLowerInvariant()}{Target(request).Split('?')[0]}";

    static string Target(HttpRequest request) => request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;

    static string Plain(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
