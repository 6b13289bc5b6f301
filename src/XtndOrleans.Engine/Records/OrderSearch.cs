using Npgsql;
using XtndOrleans.Connectors;
using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Engine.Records;

/// <summary>Finds orders by their number in all stores of a tenant: an index lookup for each way to write the number.</summary>
public sealed class OrderSearch(NpgsqlDataSource database)
{
    /// <summary>Orders shown at most.</summary>
    public const int MostHits = 20;

    /// <summary>Stores named at most.</summary>
    public const int MostPlaces = 20;

    /// <summary>Orders of the same number, of different stores, that are compared at most.</summary>
    const int MostSorted = 500;

    const string Columns = $"""
        connection.id, connection.name, {ConnectionRow.Zone}, o.external_id, o.number, o.placed_at, o.currency, o.grand_total, o.status, o.customer_name, o.deleted_at
        """;

    /// <summary>
    /// Orders with this number, with or without zeros before it, and their edits (-1, -2 …); when there are none, those whose number begins with it. Newest first.
    /// Deleted ones too. Empty when nothing can be a number.
    /// </summary>
    public async Task<IReadOnlyList<OrderHit>> Find(Guid tenant, string typed, CancellationToken cancellationToken)
    {
        if (SearchText.Of(typed) is not { } text)
        {
            return [];
        }

        var keys = SearchText.Keys(text);
        var whole = await Hits(tenant, [.. keys.Concat(keys.Select(key => key + "-"))], [.. keys.Concat(keys.Select(key => key + "-" + SearchText.Highest))], MostSorted, cancellationToken);
        return whole.Count > 0 ? whole : await Hits(tenant, keys, [.. keys.Select(key => key + SearchText.Highest)], MostHits, cancellationToken);
    }

    /// <summary>Where <see cref="Find"/> looks: the stores whose orders were ever asked for or could be, the freshest first, and how many there are.</summary>
    public async Task<OrderPlaces> Places(Guid tenant, CancellationToken cancellationToken)
    {
        var total = 0L;
        var places = await database.Rows(
            $"""
            SELECT connection.id, connection.name, {ConnectionRow.Zone}, connection.status, cursor.fresh_at, coalesce(cursor.held, 0), count(*) OVER ()
            FROM xtnd.connection connection
            LEFT JOIN xtnd.cursor cursor ON cursor.tenant_id = $1 AND cursor.connection_id = connection.id AND cursor.entity = '{Entities.Order}'
            WHERE connection.tenant_id = $1 AND connection.deleting_since IS NULL
            ORDER BY cursor.fresh_at DESC NULLS LAST, connection.id LIMIT {MostPlaces}
            """,
            [new() { Value = tenant }],
            row =>
            {
                total = row.GetInt64(6);
                return new OrderPlace(row.GetGuid(0).ToString("N"), row.GetString(1), row.GetString(2), row.GetString(3), row.Nullable<DateTimeOffset>(4), row.GetInt64(5));
            },
            cancellationToken);
        return new(places, total);
    }

    // From each beginning up to its end; of equal texts that is the one number. What is found is sorted only after so many, because every store has an order 1.
    Task<List<OrderHit>> Hits(Guid tenant, string[] lowest, string[] highest, int most, CancellationToken cancellationToken) => database.Rows(
        $"""
        SELECT {Columns}
        FROM (
            SELECT DISTINCT one.connection_id, one.external_id
            FROM unnest($2::text[], $3::text[]) AS typed (lowest, highest)
            CROSS JOIN LATERAL (
                SELECT n.connection_id, n.external_id FROM xtnd.order n
                WHERE n.tenant_id = $1 AND n.number IS NOT NULL AND n.number >= typed.lowest COLLATE "C" AND n.number <= typed.highest COLLATE "C"
                ORDER BY n.number LIMIT $4) one) hit
        JOIN xtnd.connection connection ON connection.tenant_id = $1 AND connection.id = hit.connection_id AND connection.deleting_since IS NULL
        CROSS JOIN LATERAL (
            SELECT t.* FROM xtnd.order t WHERE t.tenant_id = $1 AND t.connection_id = hit.connection_id AND t.external_id = hit.external_id OFFSET 0) o
        ORDER BY o.deleted_at IS NOT NULL, o.placed_at DESC NULLS LAST, o.external_id LIMIT {MostHits}
        """,
        [new() { Value = tenant }, new() { Value = lowest }, new() { Value = highest }, new() { Value = most }],
        Hit,
        cancellationToken);

    static OrderHit Hit(NpgsqlDataReader row) => new(
        row.GetGuid(0).ToString("N"), row.GetString(1), row.GetString(2), row.GetString(3), row.Text(4), row.Nullable<DateTimeOffset>(5),
        row.Text(6), row.Nullable<decimal>(7), row.Text(8), row.Text(9), row.Nullable<DateTimeOffset>(10));
}

/// <summary>An order that was found.</summary>
/// <param name="Connection">The connection's id.</param>
/// <param name="Store">The connection's name.</param>
/// <param name="Zone">The connection's time zone, IANA.</param>
/// <param name="ExternalId">The store's id of the order.</param>
/// <param name="Number">Its number.</param>
/// <param name="PlacedAt">When the customer placed it.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="GrandTotal">What the customer pays.</param>
/// <param name="Status">The store's own status code.</param>
/// <param name="CustomerName">Whose it is.</param>
/// <param name="DeletedAt">When it was found gone; null while it is there.</param>
public sealed record OrderHit(
    string Connection, string Store, string Zone, string ExternalId, string? Number, DateTimeOffset? PlacedAt, string? Currency, decimal? GrandTotal,
    string? Status, string? CustomerName, DateTimeOffset? DeletedAt);

/// <summary>Where orders are looked for.</summary>
/// <param name="Items">The freshest stores.</param>
/// <param name="Total">How many there are.</param>
public sealed record OrderPlaces(IReadOnlyList<OrderPlace> Items, long Total);

/// <summary>A store whose orders are looked through.</summary>
/// <param name="Connection">The connection's id.</param>
/// <param name="Store">The connection's name.</param>
/// <param name="Zone">The connection's time zone, IANA.</param>
/// <param name="Status">The connection's status.</param>
/// <param name="FreshAt">Start of the last run that succeeded: what the store had then is here. Null: never read.</param>
/// <param name="Held">How many orders are held.</param>
public sealed record OrderPlace(string Connection, string Store, string Zone, string Status, DateTimeOffset? FreshAt, long Held);
