using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;
using NpgsqlTypes;

namespace XtndOrleans.Engine.Tenants;

/// <summary>
/// The answers to calls that carry an Idempotency-Key, for a day. Answers, and the hashes of requests, are sealed: a request may hold a password that
/// a bare hash would let somebody guess, and an answer the one showing of an API key.
/// </summary>
public sealed class IdempotencyStore(NpgsqlDataSource database, IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>After this a key may be claimed anew, and the sweeper forgets its answer.</summary>
    internal static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    // Longer than any call may take: whoever began it is gone.
    static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(2);

    readonly IDataProtector sealer = protection.CreateProtector("xtnd.idempotency");

    /// <summary>Claims a key for a request, or tells what became of the request that has it.</summary>
    /// <param name="scope">Who calls: <c>platform</c> or the tenant.</param>
    /// <param name="key">What the caller gave.</param>
    /// <param name="requestHash">SHA-256 of the request.</param>
    /// <param name="cancellationToken">Ends the question early.</param>
    public async Task<IdempotencyClaim> Claim(string scope, string key, byte[] requestHash, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var claimed = await database.Execute(
            """
            INSERT INTO xtnd.idempotency AS held (scope, key, request_hash, created_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (scope, key) DO UPDATE
            SET request_hash = excluded.request_hash, created_at = excluded.created_at, status = NULL, headers = NULL, body = NULL
            WHERE (held.status IS NULL AND held.created_at < $5) OR held.created_at < $6
            """,
            [
                new() { Value = scope }, new() { Value = key }, new() { Value = sealer.Protect(requestHash) }, new() { Value = now },
                new() { Value = now - Abandoned }, new() { Value = now - Kept },
            ],
            cancellationToken);
        if (claimed == 1)
        {
            return new IdempotencyClaim.Yours();
        }

        var held = await database.Rows(
            "SELECT request_hash, status, headers::text, body FROM xtnd.idempotency WHERE scope = $1 AND key = $2",
            [new() { Value = scope }, new() { Value = key }],
            row => (Hash: row.GetFieldValue<byte[]>(0), Status: row.Nullable<int>(1), Headers: row.Text(2), Body: row.IsDBNull(3) ? [] : row.GetFieldValue<byte[]>(3)),
            cancellationToken);
        return held switch
        {
            [] => new IdempotencyClaim.UnderWay(),
            [var (hash, _, _, _)] when !CryptographicOperations.FixedTimeEquals(sealer.Unprotect(hash), requestHash) => new IdempotencyClaim.Reused(),
            [var (_, status, headers, body)] when status is { } answered && headers is not null =>
                new IdempotencyClaim.Answered(answered, JsonSerializer.Deserialize<Dictionary<string, string>>(headers)!, sealer.Unprotect(body)),
            _ => new IdempotencyClaim.UnderWay(),
        };
    }

    /// <summary>Keeps the answer of a claimed request.</summary>
    public Task Keep(string scope, string key, int status, IReadOnlyDictionary<string, string> headers, byte[] body) => database.Execute(
        "UPDATE xtnd.idempotency SET status = $3, headers = $4, body = $5 WHERE scope = $1 AND key = $2",
        [
            new() { Value = scope }, new() { Value = key }, new() { Value = status },
            new() { Value = JsonSerializer.Serialize(headers), NpgsqlDbType = NpgsqlDbType.Jsonb }, new() { Value = sealer.Protect(body) },
        ],
        CancellationToken.None);

    /// <summary>Gives a claimed key back: the request did nothing, and may be made again.</summary>
    public Task Release(string scope, string key) => database.Execute(
        "DELETE FROM xtnd.idempotency WHERE scope = $1 AND key = $2 AND status IS NULL", [new() { Value = scope }, new() { Value = key }], CancellationToken.None);
}

/// <summary>What became of a claim.</summary>
public abstract record IdempotencyClaim
{
    /// <summary>The key is yours: do the work, then keep or release.</summary>
    public sealed record Yours : IdempotencyClaim;

    /// <summary>The same request is being worked on.</summary>
    public sealed record UnderWay : IdempotencyClaim;

    /// <summary>Another request has the key.</summary>
    public sealed record Reused : IdempotencyClaim;

    /// <summary>The same request was answered: with this.</summary>
    public sealed record Answered(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body) : IdempotencyClaim;
}
