namespace XtndOrleans.Engine.Connections;

/// <summary>A connection by its name, to choose it.</summary>
/// <param name="Id">The connection's id.</param>
/// <param name="Name">Its name.</param>
/// <param name="System">The external system.</param>
/// <param name="Zone">The time zone it lives in, IANA.</param>
public sealed record ConnectionName(string Id, string Name, string System, string Zone);

public sealed partial class ConnectionQueries
{
    /// <summary>A tenant's connections by name.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="query">A part of the name, the address or the access token; null for all.</param>
    /// <param name="take">How many at most, 1 or more.</param>
    /// <param name="cancellationToken">Ends the question early.</param>
    public async Task<IReadOnlyList<ConnectionName>> Names(Guid tenant, string? query, int take, CancellationToken cancellationToken) => await database.Rows(
        $"""
        SELECT connection.id, connection.name, connection.system, {ConnectionRow.Zone} FROM xtnd.connection connection
        WHERE connection.tenant_id = $1 AND connection.deleting_since IS NULL
          AND ($2::text IS NULL OR connection.name ILIKE $2 OR connection.api_url ILIKE $2 OR connection.access_token ILIKE $2)
        ORDER BY lower(connection.name), connection.id LIMIT $3
        """,
        [new() { Value = tenant }, Sql.Optional(Pattern(query)), new() { Value = take }],
        row => new ConnectionName(row.GetGuid(0).ToString("N"), row.GetString(1), row.GetString(2), row.GetString(3)),
        cancellationToken);

    /// <summary>One connection by its name, or null.</summary>
    public async Task<ConnectionName?> FindName(ConnectionId connection, CancellationToken cancellationToken)
    {
        var found = await database.Rows(
            $"SELECT connection.name, connection.system, {ConnectionRow.Zone} FROM xtnd.connection connection WHERE connection.tenant_id = $1 AND connection.id = $2 AND connection.deleting_since IS NULL",
            [new() { Value = connection.Tenant }, new() { Value = connection.Connection }],
            row => new ConnectionName(connection.ToString(), row.GetString(0), row.GetString(1), row.GetString(2)),
            cancellationToken);
        return found.SingleOrDefault();
    }
}
