using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using XtndOrleans.Connectors;

namespace XtndOrleans.Engine.Connections;

/// <summary>All SQL that writes <c>xtnd.connection</c>. Only the connection grain calls it.</summary>
internal sealed class ConnectionStore(NpgsqlDataSource database)
{
    const string Columns = """
        tenant_id, id, system, name, api_url, base_address, access_token, sealed_secret, time_zone, status, status_reason,
        verified_at, store, created_at, updated_at, deleting_since, version, auth_kind, has_totp, status_code
        """;

    public Task<StoredConnection?> Find(ConnectionId id) => One(
        $"SELECT {Columns} FROM xtnd.connection WHERE tenant_id = $1 AND id = $2", id);

    /// <summary>Saves a new row. Null when the tenant is gone or being erased; the stored row when it was there already.</summary>
    public async Task<StoredConnection?> Insert(StoredConnection row) => await One(
        $"""
        INSERT INTO xtnd.connection (tenant_id, id, system, name, api_url, base_address, access_token, sealed_secret, time_zone, status, created_at, updated_at, auth_kind, has_totp)
        SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, 'unverified', $10, $10, $11, $12
        FROM xtnd.tenant WHERE id = $1 AND erasing_since IS NULL FOR SHARE
        ON CONFLICT DO NOTHING
        RETURNING {Columns}
        """,
        row.Id, row.System, row.Name, row.ApiUrl, row.BaseAddress.AbsoluteUri, row.AccessToken, row.SealedSecret, Sql.Optional(row.TimeZone), row.CreatedAt, row.AuthKind, row.HasTotp)
        ?? await Find(row.Id);

    /// <summary>
    /// Saves what a person may change, and counts the version up. Another address may be another store: what was read of the old one proves nothing about it,
    /// so its runs begin from the start; the loop of one under way is fenced. Other credentials may see other records, so each entity is due to be swept.
    /// </summary>
    public Task<StoredConnection?> SaveSettings(StoredConnection row, DateTimeOffset now) => One(
        $"""
        WITH moved AS (
            UPDATE xtnd.cursor SET watermark = NULL, next_watermark = NULL, changed_since = NULL, after_id = NULL, run_id = NULL, epoch = epoch + 1
            FROM xtnd.connection old
            WHERE cursor.tenant_id = $1 AND cursor.connection_id = $2 AND old.tenant_id = $1 AND old.id = $2 AND old.base_address <> $5
        ), due AS (
            UPDATE xtnd.cursor SET sweep_due_at = $9
            FROM xtnd.connection old
            WHERE cursor.tenant_id = $1 AND cursor.connection_id = $2 AND old.tenant_id = $1 AND old.id = $2 AND old.base_address = $5
                AND (old.access_token, old.sealed_secret) <> ($6, $7)
        )
        UPDATE xtnd.connection SET name = $3, api_url = $4, access_token = $6, sealed_secret = $7, time_zone = $8,
            store = CASE WHEN base_address = $5 THEN store END, base_address = $5, updated_at = $9, version = version + 1,
            auth_kind = $10, has_totp = $11
        WHERE tenant_id = $1 AND id = $2
        RETURNING {Columns}
        """,
        row.Id, row.Name, row.ApiUrl, row.BaseAddress.AbsoluteUri, row.AccessToken, row.SealedSecret, Sql.Optional(row.TimeZone), now,
        row.AuthKind, row.HasTotp);

    /// <param name="id">The connection.</param>
    /// <param name="status">One of <see cref="ConnectionStatus"/>.</param>
    /// <param name="reason">Why, for people.</param>
    /// <param name="code">The same as a failure's code; null when it is none.</param>
    public Task<StoredConnection?> SaveStatus(ConnectionId id, string status, string? reason, string? code) => One(
        $"""
        UPDATE xtnd.connection SET status = $3, status_reason = $4, status_code = $5 WHERE tenant_id = $1 AND id = $2
        RETURNING {Columns}
        """,
        id, status, Sql.Optional(reason), Sql.Optional(code));

    /// <summary>Saves what a verify found. A store of another version or edition may show other things, so each entity is due to be swept.</summary>
    public Task<StoredConnection?> SaveVerification(
        ConnectionId id, string status, string? reason, string? code, DateTimeOffset? verifiedAt, StoreProfile? store, DateTimeOffset now) => One(
        $"""
        WITH due AS (
            UPDATE xtnd.cursor SET sweep_due_at = $7
            FROM xtnd.connection old
            WHERE cursor.tenant_id = $1 AND cursor.connection_id = $2 AND old.tenant_id = $1 AND old.id = $2
                AND (old.store ->> 'version' <> $6 ->> 'version' OR old.store ->> 'edition' <> $6 ->> 'edition')
        )
        UPDATE xtnd.connection SET status = $3, status_reason = $4, verified_at = coalesce($5, verified_at), store = coalesce($6, store), status_code = $8
        WHERE tenant_id = $1 AND id = $2
        RETURNING {Columns}
        """,
        id, status, Sql.Optional(reason), Sql.Optional(verifiedAt), Json(store), now, Sql.Optional(code));

    public Task<StoredConnection?> MarkDeleting(ConnectionId id, DateTimeOffset now) => One(
        $"""
        UPDATE xtnd.connection SET deleting_since = coalesce(deleting_since, $3), sealed_secret = '' WHERE tenant_id = $1 AND id = $2
        RETURNING {Columns}
        """,
        id, now);

    public async Task Delete(ConnectionId id)
    {
        await using var command = Command("DELETE FROM xtnd.connection WHERE tenant_id = $1 AND id = $2", id);
        await command.ExecuteNonQueryAsync();
    }

    async Task<StoredConnection?> One(string sql, ConnectionId id, params object[] values)
    {
        await using var command = Command(sql, id, values);
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync() ? Read(reader) : null;
    }

    NpgsqlCommand Command(string sql, ConnectionId id, params object[] values)
    {
        var command = database.CreateCommand(sql);
        command.Parameters.Fill(id, values);
        return command;
    }

    static NpgsqlParameter Json(StoreProfile? value) => new()
    {
        Value = value is null ? DBNull.Value : JsonSerializer.Serialize(value, JsonSerializerOptions.Web),
        NpgsqlDbType = NpgsqlDbType.Jsonb,
    };

    static StoredConnection Read(NpgsqlDataReader row) => new()
    {
        Id = new(row.GetGuid(0), row.GetGuid(1)),
        System = row.GetString(2),
        Name = row.GetString(3),
        ApiUrl = row.GetString(4),
        BaseAddress = new(row.GetString(5)),
        AccessToken = row.GetString(6),
        SealedSecret = row.GetFieldValue<byte[]>(7),
        TimeZone = row.Text(8),
        Status = row.GetString(9),
        StatusReason = row.Text(10),
        VerifiedAt = row.Nullable<DateTimeOffset>(11),
        Store = row.IsDBNull(12) ? null : JsonSerializer.Deserialize<StoreProfile>(row.GetString(12), JsonSerializerOptions.Web),
        CreatedAt = row.GetFieldValue<DateTimeOffset>(13),
        UpdatedAt = row.GetFieldValue<DateTimeOffset>(14),
        DeletingSince = row.Nullable<DateTimeOffset>(15),
        Version = row.GetInt64(16),
        AuthKind = row.GetString(17),
        HasTotp = row.GetBoolean(18),
        StatusCode = row.Text(19),
    };
}
