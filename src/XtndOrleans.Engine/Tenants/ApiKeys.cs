using System.Collections.Concurrent;
using System.Security.Cryptography;
using Npgsql;

namespace XtndOrleans.Engine.Tenants;

/// <summary>Who calls: the tenant and role of a key.</summary>
public sealed record ApiKeyOwner(Guid Key, Guid Tenant, string Role);

/// <summary>Tells whose key is presented. A key that was ended, or whose tenant is being erased, is nobody's, at most three seconds later.</summary>
public sealed class ApiKeys(NpgsqlDataSource database, TimeProvider clock)
{
    static readonly TimeSpan Remembered = TimeSpan.FromSeconds(3);
    const int RememberedAtMost = 10_000;

    // Only keys that exist are remembered, so that strangers cannot fill the memory with guesses.
    readonly ConcurrentDictionary<Guid, Entry> known = new();

    /// <summary>The owner of a key, or null when it is nobody's.</summary>
    public async ValueTask<ApiKeyOwner?> Find(string text, CancellationToken cancellationToken) =>
        ApiKeyText.TryRead(text, out var id, out var hash)
        && await Load(id, cancellationToken) is { } entry
        && CryptographicOperations.FixedTimeEquals(entry.Hash, hash)
            ? entry.Owner
            : null;

    /// <summary>Whether a key that was accepted before still is.</summary>
    public async ValueTask<bool> IsLive(Guid key, CancellationToken cancellationToken) => await Load(key, cancellationToken) is not null;

    async ValueTask<Entry?> Load(Guid id, CancellationToken cancellationToken)
    {
        var asked = clock.GetTimestamp();
        if (known.TryGetValue(id, out var entry) && clock.GetElapsedTime(entry.Asked, asked) < Remembered)
        {
            return entry;
        }

        var found = await database.Rows(
            """
            SELECT key.tenant_id, key.role, key.hash
            FROM xtnd.api_key key JOIN xtnd.tenant tenant ON tenant.id = key.tenant_id
            WHERE key.id = $1 AND key.revoked_at IS NULL AND tenant.erasing_since IS NULL
            """,
            [new() { Value = id }],
            row => new Entry(new(id, row.GetGuid(0), row.GetString(1)), row.GetFieldValue<byte[]>(2), asked),
            cancellationToken);
        if (found.Count == 0)
        {
            known.TryRemove(id, out _);
            return null;
        }

        if (known.Count >= RememberedAtMost)
        {
            known.Clear();
        }

        return known[id] = found[0];
    }

    sealed record Entry(ApiKeyOwner Owner, byte[] Hash, long Asked);
}
