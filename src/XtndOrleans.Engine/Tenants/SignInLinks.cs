using System.Security.Cryptography;
using Npgsql;

namespace XtndOrleans.Engine.Tenants;

/// <summary>Links that sign in to the page once. Kept as hashes.</summary>
public sealed class SignInLinks(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>How long a link works.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

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

    /// <summary>Uses a link up; answers who signs in with it, or null when it is unknown, used or too old.</summary>
    public async Task<SessionOwner?> Use(string? text)
    {
        if (!SecretText.TryRead(text, out var id, out var secret))
        {
            return null;
        }

        // One statement: of two who come at the same time, one gets in.
        var used = await database.Rows(
            "UPDATE xtnd.sign_in_link SET used_at = $3 WHERE id = $1 AND hash = $2 AND used_at IS NULL AND expires_at > $3 RETURNING tenant_id, role, key_id",
            [new() { Value = id }, new() { Value = SHA256.HashData(secret) }, new() { Value = clock.GetUtcNow() }],
            row => new SessionOwner(row.GetGuid(0), row.GetString(1), row.Nullable<Guid>(2), null, row.GetString(1)),
            CancellationToken.None);
        return used.Count == 0 ? null : used[0];
    }
}
