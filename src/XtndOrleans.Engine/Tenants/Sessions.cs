using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace XtndOrleans.Engine.Tenants;

/// <summary>
/// Who is signed in on the page. A session that was ended, whose key was ended or whose tenant is being erased is nobody's, at most two seconds later on every
/// node. It lives on while somebody uses it, up to <see cref="Limit"/>; a page that is only open uses nothing.
/// </summary>
public sealed class Sessions(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>How long a session lives that nobody uses.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromHours(12);

    static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    // Nothing tells us that the identity provider knows somebody no longer or otherwise, so it is asked again.
    static readonly TimeSpan LongestOfSubject = TimeSpan.FromHours(12);

    static readonly TimeSpan Remembered = TimeSpan.FromSeconds(2);
    static readonly TimeSpan BetweenTouches = TimeSpan.FromMinutes(1);
    const int RememberedAtMost = 10_000;

    // Only sessions that exist are remembered, so that strangers cannot fill the memory with guesses.
    readonly ConcurrentDictionary<Guid, Entry> known = new();

    /// <summary>How long a session lives at most.</summary>
    /// <param name="owner">Who it is for: shorter when the identity provider said so.</param>
    public static TimeSpan Limit(SessionOwner owner) => owner.Subject is null ? Longest : LongestOfSubject;

    /// <summary>Begins a session; answers what the browser keeps.</summary>
    /// <param name="owner">Who it is for.</param>
    /// <param name="platformKey">The platform's key: a session of the platform ends when that is changed. Ignored for others.</param>
    public async Task<string> Begin(SessionOwner owner, string? platformKey)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var text = SecretText.Create(id, out var secret);
        await database.Execute(
            """
            INSERT INTO xtnd.session (id, tenant_id, role, key_id, subject, name, hash, created_at, last_seen_at, expires_at)
            VALUES ($1, $2, $3, $4, $5, coalesce((SELECT name FROM xtnd.api_key WHERE id = $4 AND tenant_id = $2), $6), $7, $8, $8, $9)
            """,
            [
                new() { Value = id }, Sql.Optional(owner.Tenant), new() { Value = owner.Role }, Sql.Optional(owner.Key), Sql.Optional(owner.Subject),
                new() { Value = owner.Name }, new() { Value = Hash(secret, owner.Role, platformKey) }, new() { Value = now }, new() { Value = now + Idle },
            ],
            CancellationToken.None);
        return text;
    }

    /// <summary>The session of what a browser presents, or null when it is nobody's.</summary>
    public async ValueTask<PageSession?> Find(string? text, string? platformKey, CancellationToken cancellationToken) =>
        SecretText.TryRead(text, out var id, out var secret)
        && await Load(id, cancellationToken) is { } entry
        && CryptographicOperations.FixedTimeEquals(entry.Hash, Hash(secret, entry.Session.Owner.Role, platformKey))
            ? entry.Session
            : null;

    /// <summary>Whether a session that was accepted before still is.</summary>
    public async ValueTask<bool> IsLive(Guid session, CancellationToken cancellationToken) => await Load(session, cancellationToken) is not null;

    /// <summary>Notes that somebody uses a session that is alive, at most once a minute.</summary>
    public async Task Touch(Guid session, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (known.TryGetValue(session, out var entry) && now - entry.SeenAt <= BetweenTouches)
        {
            return;
        }

        await database.Execute(
            """
            UPDATE xtnd.session SET last_seen_at = $2, expires_at = least($3, created_at + CASE WHEN subject IS NULL THEN $4 ELSE $5 END)
            WHERE id = $1 AND last_seen_at < $2 AND expires_at > $2
            """,
            [new() { Value = session }, new() { Value = now }, new() { Value = now + Idle }, new() { Value = Longest }, new() { Value = LongestOfSubject }], cancellationToken);
        if (entry is not null)
        {
            known.TryUpdate(session, entry with { SeenAt = now }, entry);
        }
    }

    /// <summary>Ends the sessions of whom the identity provider calls so, in a tenant.</summary>
    public Task EndAll(Guid tenant, string subject) => database.Execute(
        "UPDATE xtnd.session SET revoked_at = $2 WHERE tenant_id = $1 AND subject = $3 AND revoked_at IS NULL",
        [new() { Value = tenant }, new() { Value = clock.GetUtcNow() }, new() { Value = subject }], CancellationToken.None);

    /// <summary>Ends everybody's sessions in a tenant, and the links that nobody has used yet.</summary>
    public Task EndAll(Guid tenant) => database.Execute(
        """
        WITH links AS (UPDATE xtnd.sign_in_link SET used_at = $2 WHERE tenant_id = $1 AND used_at IS NULL)
        UPDATE xtnd.session SET revoked_at = $2 WHERE tenant_id = $1 AND revoked_at IS NULL
        """,
        [new() { Value = tenant }, new() { Value = clock.GetUtcNow() }], CancellationToken.None);

    /// <summary>Ends a session. One that has ended stays so.</summary>
    public async Task End(Guid session)
    {
        known.TryRemove(session, out _);
        await database.Execute(
            "UPDATE xtnd.session SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL", [new() { Value = session }, new() { Value = clock.GetUtcNow() }], CancellationToken.None);
    }

    /// <summary>Forgets what is over: sessions and links.</summary>
    internal static async Task Sweep(NpgsqlDataSource database, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await database.Execute("DELETE FROM xtnd.session WHERE expires_at < $1", [new() { Value = now }], cancellationToken);
        await database.Execute("DELETE FROM xtnd.sign_in_link WHERE expires_at < $1", [new() { Value = now }], cancellationToken);
    }

    async ValueTask<Entry?> Load(Guid id, CancellationToken cancellationToken)
    {
        var asked = clock.GetTimestamp();
        if (known.TryGetValue(id, out var entry) && clock.GetElapsedTime(entry.Asked, asked) < Remembered)
        {
            return entry;
        }

        var found = await Read(id, asked, cancellationToken);
        if (found is null)
        {
            known.TryRemove(id, out _);
            return null;
        }

        if (known.Count >= RememberedAtMost)
        {
            known.Clear();
        }

        return known[id] = found;
    }

    async Task<Entry?> Read(Guid id, long asked, CancellationToken cancellationToken)
    {
        var found = await database.Rows(
            """
            SELECT session.tenant_id, session.role, session.key_id, session.subject, session.name, session.hash, session.last_seen_at
            FROM xtnd.session session
            LEFT JOIN xtnd.tenant tenant ON tenant.id = session.tenant_id
            LEFT JOIN xtnd.api_key key ON key.id = session.key_id AND key.tenant_id = session.tenant_id
            WHERE session.id = $1 AND session.revoked_at IS NULL AND session.expires_at > $2
                AND tenant.erasing_since IS NULL AND (session.key_id IS NULL OR key.id IS NOT NULL AND key.revoked_at IS NULL)
            """,
            [new() { Value = id }, new() { Value = clock.GetUtcNow() }],
            row => new Entry(
                new(id, new(row.Nullable<Guid>(0), row.GetString(1), row.Nullable<Guid>(2), row.Text(3), row.GetString(4))),
                row.GetFieldValue<byte[]>(5), row.GetFieldValue<DateTimeOffset>(6), asked),
            cancellationToken);
        return found.Count == 0 ? null : found[0];
    }

    static byte[] Hash(byte[] secret, string role, string? platformKey) =>
        SHA256.HashData(role == Roles.Platform ? [.. secret, .. Encoding.UTF8.GetBytes(platformKey ?? "")] : secret);

    sealed record Entry(PageSession Session, byte[] Hash, DateTimeOffset SeenAt, long Asked);
}
