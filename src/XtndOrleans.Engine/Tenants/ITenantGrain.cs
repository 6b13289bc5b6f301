using Orleans.Concurrency;

namespace XtndOrleans.Engine.Tenants;

/// <summary>
/// One tenant: its being, its keys, its end. Key: <see cref="TenantKey"/>. Every method throws <see cref="ProblemException"/> for what a person can mend.
/// </summary>
[Alias("xtnd.tenant")]
public interface ITenantGrain : IGrainWithStringKey
{
    /// <summary>Checks the name and saves the tenant. Repeating it is harmless: the first name stays.</summary>
    [Alias("Create")] Task<TenantView> Create(string? name);

    /// <summary>Makes an API key. Its text is in this answer and nowhere else: only a hash of it is kept.</summary>
    /// <param name="name">What people call it.</param>
    /// <param name="role">owner, operator or viewer.</param>
    [Alias("AddKey")] Task<NewApiKey> AddKey(string? name, string? role);

    /// <summary>Ends a key: within five seconds no node accepts it. An unknown or ended one: <c>not_found</c>.</summary>
    [Alias("RevokeKey")] Task RevokeKey(Guid key);

    /// <summary>Ends all keys at once and begins to erase everything the tenant has. Repeating it is harmless.</summary>
    [Alias("BeginErase")] Task BeginErase();

    /// <summary>Goes on with an erase that has begun, up to deleting the tenant itself when nothing else is left. Harmless at any time.</summary>
    [Alias("ContinueErase"), OneWay] Task ContinueErase();
}

/// <summary>How the grain keys of tenants are written: <c>tenant/{id}</c>.</summary>
public static class TenantKey
{
    const string Prefix = "tenant/";

    /// <summary>The grain of a tenant.</summary>
    public static ITenantGrain Tenant(this IGrainFactory grains, Guid tenant) => grains.GetGrain<ITenantGrain>(Prefix + tenant.ToString("N"));

    /// <summary>Reads a key back.</summary>
    public static Guid FromGrainKey(string key) => key.StartsWith(Prefix, StringComparison.Ordinal)
        ? Guid.ParseExact(key.AsSpan(Prefix.Length), "N")
        : throw new FormatException($"'{key}' is not the key of a tenant.");
}
