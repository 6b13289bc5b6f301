namespace XtndOrleans.Engine.Connections;

/// <summary>What a list of connections is sorted by.</summary>
public enum ConnectionOrder
{
    /// <summary>The name.</summary>
    Name,

    /// <summary>What needs a person first: failing, unverified, paused, verified.</summary>
    Status,

    /// <summary>The stalest first; never read before all.</summary>
    Freshness,

    /// <summary>The next to run first; never after all.</summary>
    NextRun,

    /// <summary>The newest first.</summary>
    Newest,
}

/// <summary>Which connections to list.</summary>
/// <param name="Query">A part of the name, the address or the access token; null for all.</param>
/// <param name="Status">Only in this status; null for all.</param>
/// <param name="System">Only of this system; null for all.</param>
/// <param name="Order">In which order.</param>
public sealed record ConnectionFilter(string? Query = null, string? Status = null, string? System = null, ConnectionOrder Order = ConnectionOrder.Name);

/// <summary>A page of the connections found.</summary>
/// <param name="Items">The page's.</param>
/// <param name="Total">How many there are on all pages.</param>
public sealed record ConnectionsFound(IReadOnlyList<ConnectionView> Items, long Total);

/// <summary>The page's list: searched, filtered, sorted and cut by the database.</summary>
public sealed partial class ConnectionQueries
{
    /// <summary>A page of a tenant's connections. A page behind the end is empty, with the total.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="filter">Which, and in which order.</param>
    /// <param name="skip">How many to leave out from the beginning, 0 or more.</param>
    /// <param name="take">How many at most, 1 or more.</param>
    /// <param name="cancellationToken">Ends the question early.</param>
    public async Task<ConnectionsFound> Search(Guid tenant, ConnectionFilter filter, int skip, int take, CancellationToken cancellationToken)
    {
        var total = 0L;
        var found = await database.Rows(
            $"""
            WITH matching AS MATERIALIZED (
                SELECT connection.id, connection.name, connection.status, connection.created_at
                FROM xtnd.connection connection
                WHERE connection.tenant_id = $1 AND connection.deleting_since IS NULL
                    AND ($2::text IS NULL OR connection.name ILIKE $2 OR connection.api_url ILIKE $2 OR connection.access_token ILIKE $2)
                    AND ($3::text IS NULL OR connection.status = $3) AND ($4::text IS NULL OR connection.system = $4)),
            page AS MATERIALIZED (
                SELECT id, row_number() OVER () AS place
                FROM (SELECT match.id FROM matching match {Joined(filter.Order)} ORDER BY {Order(filter.Order)}, match.id OFFSET $5 LIMIT $6) found)
            SELECT {ConnectionRow.Columns}, counted.total
            FROM (SELECT count(*) AS total FROM matching) counted
            LEFT JOIN page ON true
            LEFT JOIN xtnd.connection connection ON connection.tenant_id = $1 AND connection.id = page.id
            ORDER BY page.place
            """,
            [
                new() { Value = tenant }, Sql.Optional(Pattern(filter.Query)), Sql.Optional(filter.Status), Sql.Optional(filter.System),
                new() { Value = (long)skip }, new() { Value = (long)take },
            ],
            row =>
            {
                total = row.GetInt64(ConnectionRow.Width);
                return row.IsDBNull(0) ? null : ConnectionRow.Read(row);
            },
            cancellationToken);
        return new(await WithEntities(tenant, [.. found.OfType<ConnectionView>()], cancellationToken), total);
    }

    static string Order(ConnectionOrder order) => order switch
    {
        ConnectionOrder.Status => "array_position(ARRAY['failing', 'unverified', 'paused', 'verified'], match.status), lower(match.name)",
        ConnectionOrder.Freshness => "stalest.at NULLS FIRST, lower(match.name)",
        ConnectionOrder.NextRun => "next.at NULLS LAST, lower(match.name)",
        ConnectionOrder.Newest => "match.created_at DESC",
        _ => "lower(match.name)",
    };

    static string Joined(ConnectionOrder order) => order switch
    {
        ConnectionOrder.Freshness =>
            "LEFT JOIN (SELECT connection_id, min(fresh_at) AS at FROM xtnd.cursor WHERE tenant_id = $1 GROUP BY connection_id) stalest ON stalest.connection_id = match.id",
        ConnectionOrder.NextRun =>
            "LEFT JOIN (SELECT connection_id, min(next_due_at) AS at FROM xtnd.schedule WHERE tenant_id = $1 GROUP BY connection_id) next ON next.connection_id = match.id",
        _ => "",
    };

    // PostgreSQL keeps no NUL in a text, so nothing can contain one.
    static string? Pattern(string? typed) => typed?.Replace("\0", "", StringComparison.Ordinal).Trim() is { Length: > 0 } text
        ? $"%{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%"
        : null;
}
