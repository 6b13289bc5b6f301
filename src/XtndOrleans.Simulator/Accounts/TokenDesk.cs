using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace XtndOrleans.Simulator;

/// <summary>Issues and reads bearer tokens. A new token leaves the older ones as they are.</summary>
internal sealed class TokenDesk(MagentoStore store)
{
    static readonly string header = Base64Url.EncodeToString("{\"kid\":\"1\",\"alg\":\"HS256\"}"u8);

    readonly byte[] key = RandomNumberGenerator.GetBytes(32);

    // A token that is not in here is garbage: the key dies with the process, so nothing else can be valid.
    readonly ConcurrentDictionary<string, Issued> issued = new();
    long sequence;

    sealed record Issued(StoreUser User, DateTimeOffset Expires, long Sequence);

    public string Issue(StoreUser user)
    {
        var now = store.Clock.Now;
        foreach (var (old, gone) in issued.Where(entry => entry.Value.Expires <= now)) issued.TryRemove(old, out _);
        // Two JWTs of one second are the same text: then the later one counts.
        var number = Interlocked.Increment(ref sequence);
        var token = store.Settings.OpaqueTokens ? RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 32) : Jwt(user, now);
        issued[token] = new(user, now + store.Settings.TokenLife, number);
        return token;
    }

    /// <summary>The user of an Authorization header; null (a guest) for anything that is not a valid token.</summary>
    public StoreUser? Read(string? authorization)
    {
        // Two parts exactly, scheme in any case; else Magento ignores the header.
        if (authorization?.Split(' ') is not [var scheme, { Length: > 0 } token]) return null;
        if (!scheme.Equals("bearer", StringComparison.OrdinalIgnoreCase) || !issued.TryGetValue(token, out var known)) return null;
        var valid = known.User.Active && known.Expires > store.Clock.Now && known.Sequence > known.User.RevokedUpTo
            && store.Users.Find(known.User.Name) == known.User;
        return valid ? known.User : null;
    }

    /// <summary>Magento compares seconds here and so refuses a token of the same second too; a test need not wait for that.</summary>
    public void Revoke(StoreUser user) => user.RevokedUpTo = Interlocked.Read(ref sequence);

    string Jwt(StoreUser user, DateTimeOffset now)
    {
        var seconds = now.ToUnixTimeSeconds();
        var claims = new PhpJson().Object().Field("uid", user.Id).Field("utypid", 2).Field("iat", seconds)
            .Field("exp", seconds + (long)store.Settings.TokenLife.TotalSeconds).EndObject();
        var signed = $"{header}.{Base64Url.EncodeToString(claims.Written)}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(signed)))}";
    }
}
