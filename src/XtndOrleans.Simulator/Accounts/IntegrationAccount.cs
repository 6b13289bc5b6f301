using System.Security.Cryptography;

namespace XtndOrleans.Simulator;

/// <summary>An integration: what System > Integrations shows when one is activated. All of it may be changed while the store runs.</summary>
public sealed class IntegrationAccount
{
    readonly HashSet<string> nonces = new(StringComparer.OrdinalIgnoreCase);
    readonly Lock gate = new();

    internal IntegrationAccount(int id, IReadOnlyCollection<string>? resources) => (Id, Resources) = (id, resources);

    public int Id { get; }
    public string ConsumerKey { get; set; } = Letters();
    public string ConsumerSecret { get; set; } = Letters();
    public string AccessToken { get; set; } = Letters();
    public string AccessTokenSecret { get; set; } = Letters();

    /// <summary>Without it the access token does not exist.</summary>
    public bool Active { get; set; } = true;

    /// <summary>ACL resources such as Magento_Catalog::products. Null: all.</summary>
    public IReadOnlyCollection<string>? Resources { get; set; }

    internal bool May(string resource) => Resources is null || Resources.Contains(resource);

    /// <summary>False when the nonce was used before, whatever came of that request.</summary>
    internal bool TakeNonce(string nonce)
    {
        lock (gate) return nonces.Add(nonce);
    }

    static string Letters() => RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 32);
}
