using XtndOrleans.Connectors.Http;

namespace XtndOrleans.Connectors.Magento;

/// <summary>Recognises pages of firewalls and bot challenges that answer in the store's place, with whatever status.</summary>
internal static class Firewall
{
    const int Looked = 16 * 1024;

    /// <summary>Name of the firewall; null when none is recognised.</summary>
    public static string? Recognise(StoreAnswer answer, bool isPage) =>
        answer.Header("cf-mitigated").Length > 0 ? "Cloudflare"
        : !isPage ? null
        : Has(answer, "cf-error-details"u8) || Has(answer, "cf-browser-verification"u8) || Has(answer, "/cdn-cgi/challenge-platform"u8) || Has(answer, "Just a moment..."u8) || Has(answer, "Attention Required! | Cloudflare"u8) ? "Cloudflare"
        : Has(answer, "sucuri_cloudproxy_js"u8) || Has(answer, "Sucuri WebSite Firewall"u8) ? "Sucuri"
        : Has(answer, "_Incapsula_Resource"u8) || Has(answer, "Incapsula incident ID"u8) ? "Incapsula"
        : Has(answer, "errors.edgesuite.net"u8) ? "Akamai"
        : Has(answer, "awsWafCookieDomainList"u8) || Has(answer, "challenge.compact.js"u8) ? "AWS WAF"
        : Has(answer, "ddos-guard"u8) ? "DDoS-Guard"
        : Has(answer, "mod_security"u8) || Has(answer, "Mod_Security"u8) ? "ModSecurity"
        : null;

    static bool Has(StoreAnswer answer, ReadOnlySpan<byte> mark) => answer.Body.Span[..Math.Min(answer.Body.Length, Looked)].IndexOf(mark) >= 0;
}
