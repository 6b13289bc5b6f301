using System.Text.Json;
using Npgsql;
using XtndOrleans.Connectors;

namespace XtndOrleans.Engine.Connections;

/// <summary>How a row of xtnd.connection becomes a <see cref="ConnectionView"/>.</summary>
internal static class ConnectionRow
{
    /// <summary>The zone a connection lives in, of xtnd.connection under the alias <c>connection</c>: its own, else the store's, else UTC.</summary>
    public const string Zone = "coalesce(connection.time_zone, connection.store->>'timeZone', 'UTC')";

    /// <summary>Whether the store of a row, under the same alias, may be read now: verified, neither paused nor being deleted.</summary>
    public const string IsReady = "connection.verified_at IS NOT NULL AND connection.status <> 'paused' AND connection.deleting_since IS NULL";

    /// <summary>How many columns <see cref="Columns"/> names.</summary>
    public const int Width = 17;

    /// <summary>The columns that <see cref="Read"/> expects. The sealed secret is not among them.</summary>
    public const string Columns = $"""
        connection.id, connection.system, connection.name, connection.api_url, connection.access_token, length(connection.sealed_secret) > 0, {Zone},
        connection.status, connection.status_reason, connection.verified_at, connection.store::text, connection.created_at, connection.updated_at,
        connection.version, connection.auth_kind, connection.has_totp, connection.status_code
        """;

    static readonly JsonSerializerOptions Web = JsonSerializerOptions.Web;

    /// <summary>Reads the columns, without the entities.</summary>
    public static ConnectionView Read(NpgsqlDataReader row) => new(
        row.GetGuid(0).ToString("N"), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetBoolean(5), row.GetString(6),
        row.GetString(7), row.Text(8), row.Nullable<DateTimeOffset>(9), row.Text(10) is { } store ? JsonSerializer.Deserialize<StoreProfile>(store, Web) : null,
        row.GetFieldValue<DateTimeOffset>(11), row.GetFieldValue<DateTimeOffset>(12), [])
    {
        Version = row.GetInt64(13),
        StatusCode = row.Text(16),
        Auth = new(row.GetString(14), row.GetString(14) == SignInKinds.Password ? row.GetBoolean(15) : null),
    };
}
