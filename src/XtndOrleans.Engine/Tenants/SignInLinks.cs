using System.Security.Cryptography;
using Npgsql;

namespace XtndOrleans.Engine.Tenants;

/// <summary>Links that sign in to the page once. Kept as hashes.</summary>
public sealed class SignInLinks(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>How long a link works.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    const string IsUsable = """
        link.id = $1 AND link.hash = $2 AND link.used_at IS NULL AND link.expires_at > $3 AND tenant.id = link.tenant_id AND tenant.erasing_since IS NULL
            AND (link.key_id IS NULL
                OR EXISTS (SELECT FROM xtnd.api_key key WHERE key.tenant_id = link.tenant_id AND key.id = link.key_id AND key.revoked_at IS NULL))
        """;

    /// <summary>Makes one. A tenant that is not there or is being erased: <c>not_found</c>. A role that is none: <c>invalid_link</c>.</summary>
    /// <param name="tenant">The tenant that it signs in to.</param>
    /// <param name="role">owner, operator or viewer; null: owner.</param>
    /// <param name="key">The key that makes it: the session ends with that key. Null for the platform.</param>
    public async Task<NewSignInLink> Create(Guid tenant, string? role, Guid? key)
    {
        role = TenantRules.Role(role ?? Roles.Owner, "invalid_link");
        var now = TenantRules.Stored(clock.GetUtcNow());
        var id = Guid.CreateVersion7(now);
        var text = SecretText.Create(id, out var secret);
        var made = await database.Execute(
            """
            INSERT INTO xtnd.sign_in_link (id, tenant_id, role, key_id, hash, created_at, expires_at)
            SELECT $2, id, $3, $4, $5, $6, $7 FROM xtnd.tenant WHERE id = $1 AND erasing_since IS NULL
            """,
            [
                new() { Value = tenant }, new() { Value = id }, new() { Value = role }, Sql.Optional(key), new() { Value = SHA256.HashData(secret) },
                new() { Value = now }, new() { Value = now + Life },
            ],
            CancellationToken.None);
        return made == 1 ? new(text, now + Life) : throw ProblemException.NotFound("tenant");
    }

    /// <summary>Where a link leads, without using it up; null when nobody gets in with it: it is unknown, used, too old, or its key or tenant has ended.</summary>
    public Task<SignInLinkAim?> Find(string? text, CancellationToken cancellationToken) => Ask(
        text, $"SELECT tenant.name, link.role FROM xtnd.sign_in_link link, xtnd.tenant tenant WHERE {IsUsable}",
        row => new SignInLinkAim(row.GetString(0), row.GetString(1)), cancellationToken);

    /// <summary>Uses a link up; answers who signs in with it, or null as <see cref="Find"/> does.</summary>
    // One statement: of two who come at the same time, one gets in.
    public Task<SessionOwner?> Use(string? text) => Ask(
        text, $"UPDATE xtnd.sign_in_link link SET used_at = $3 FROM xtnd.tenant tenant WHERE {IsUsable} RETURNING link.tenant_id, link.role, link.key_id",
        row => new SessionOwner(row.GetGuid(0), row.GetString(1), row.Nullable<Guid>(2), null, row.GetString(1)), CancellationToken.None);

    async Task<T?> Ask<T>(string? text, string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
        where T : class
    {
        if (!SecretText.TryRead(text, out var id, out var secret))
        {
            return null;
        }

        var found = await database.Rows(
            sql, [new() { Value = id }, new() { Value = SHA256.HashData(secret) }, new() { Value = clock.GetUtcNow() }], read, cancellationToken);
        return found.Count == 0 ? null : found[0];
    }
}
