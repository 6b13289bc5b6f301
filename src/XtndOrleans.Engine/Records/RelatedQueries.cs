using Npgsql;
using NpgsqlTypes;
using XtndOrleans.Connectors;
using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Engine.Records;

/// <summary>A record that has to do with another.</summary>
/// <param name="Entity">What it is.</param>
/// <param name="ExternalId">The store's id.</param>
/// <param name="Name">The name people know it by.</param>
/// <param name="At">When it was issued, shipped or placed; null for what has no such time.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Amount">Its sum; of stock the quantity.</param>
/// <param name="State">The store's state or status; of a shipment its parcels, of stock its source, of a customer the name.</param>
/// <param name="DeletedAt">When it was found gone; null while it is there.</param>
public sealed record RelatedRecord(
    string Entity, string ExternalId, string? Name, DateTimeOffset? At, string? Currency, decimal? Amount, string? State, DateTimeOffset? DeletedAt);

/// <summary>What has to do with a record. Each is found by an index, and of each kind no more than <see cref="Most"/> are given.</summary>
public sealed class RelatedQueries(NpgsqlDataSource database)
{
    /// <summary>Of one kind at most.</summary>
    public const int Most = 20;

    /// <summary>A customer's orders are sorted when they are no more than this; of more, some.</summary>
    const int MostSorted = 1000;

    const string Document = "external_id, number, issued_at, currency, grand_total, state, deleted_at";

    const string Parcels = """
        external_id, number, shipped_at, NULL::text, NULL::numeric,
        (SELECT string_agg(concat_ws(' ', track ->> 'carrier', track ->> 'number'), ', ') FROM jsonb_array_elements(tracks) AS t (track)), deleted_at
        """;

    /// <summary>An order's invoices, shipments and credit memos, oldest first.</summary>
    public Task<List<RelatedRecord>> PapersOf(ConnectionId connection, string order, CancellationToken cancellationToken)
    {
        const string By = $"WHERE tenant_id = $1 AND connection_id = $2 AND order_external_id IS NOT NULL AND order_external_id = $3 ORDER BY external_id LIMIT 20";
        return Read(
            connection,
            $"""
            SELECT * FROM (
                (SELECT '{Entities.Invoice}', {Document} FROM xtnd.invoice {By})
                UNION ALL (SELECT '{Entities.Shipment}', {Parcels} FROM xtnd.shipment {By})
                UNION ALL (SELECT '{Entities.Accounting}', {Document} FROM xtnd.accounting {By})) papers (entity, external_id, number, at)
            ORDER BY at NULLS LAST, external_id
            """,
            [Text(order)], cancellationToken);
    }

    /// <summary>An order by the store's id; empty when it is not held.</summary>
    public Task<List<RelatedRecord>> Order(ConnectionId connection, string order, CancellationToken cancellationToken) => Read(
        connection,
        $"SELECT '{Entities.Order}', external_id, number, placed_at, currency, grand_total, status, deleted_at FROM xtnd.order WHERE tenant_id = $1 AND connection_id = $2 AND external_id = $3",
        [Text(order)], cancellationToken);

    /// <summary>The newest orders of a customer, by the e-mail address.</summary>
    public Task<List<RelatedRecord>> OrdersOf(ConnectionId connection, string email, CancellationToken cancellationToken) => Read(
        connection,
        $"""
        SELECT * FROM (
            SELECT '{Entities.Order}', external_id, number, placed_at AS at, currency, grand_total, status, deleted_at FROM xtnd.order
            WHERE tenant_id = $1 AND connection_id = $2 AND xtnd.words(connection_id, number, customer_name, customer_email, status) @@ lower($3 COLLATE "default")::tsquery
              AND lower(customer_email) = lower($4) LIMIT {MostSorted}) orders
        ORDER BY at DESC NULLS LAST, external_id DESC LIMIT {Most}
        """,
        [Text(SearchText.Words(connection, email)), Text(email)], cancellationToken);

    /// <summary>A customer by the store's id, else by the e-mail address; empty when neither is held.</summary>
    public Task<List<RelatedRecord>> Customer(ConnectionId connection, string? customer, string? email, CancellationToken cancellationToken) => Read(
        connection,
        $"""
        SELECT '{Entities.Customer}', external_id, email, NULL::timestamptz, NULL::text, NULL::numeric, name, deleted_at FROM xtnd.customer
        WHERE tenant_id = $1 AND connection_id = $2 AND external_id = coalesce($3, (
            SELECT c.external_id FROM xtnd.customer c WHERE c.tenant_id = $1 AND c.connection_id = $2 AND c.email IS NOT NULL AND c.email = $4 LIMIT 1))
        """,
        [Text(customer), Text(email)], cancellationToken);

    /// <summary>How much each source has of a SKU.</summary>
    public Task<List<RelatedRecord>> StockOf(ConnectionId connection, string sku, CancellationToken cancellationToken) => Read(
        connection,
        $"""
        SELECT '{Entities.Stock}', external_id, sku, NULL::timestamptz, NULL::text, quantity, source, deleted_at FROM xtnd.stock
        WHERE tenant_id = $1 AND connection_id = $2 AND sku IS NOT NULL AND sku = $3 AND deleted_at IS NULL ORDER BY external_id LIMIT {Most}
        """,
        [Text(sku)], cancellationToken);

    /// <summary>A product by the store's id, else by the SKU; empty when neither is held.</summary>
    public Task<List<RelatedRecord>> Product(ConnectionId connection, string? product, string? sku, CancellationToken cancellationToken) => Read(
        connection,
        $"""
        SELECT '{Entities.Product}', external_id, sku, NULL::timestamptz, currency, price, name, deleted_at FROM xtnd.product
        WHERE tenant_id = $1 AND connection_id = $2 AND external_id = coalesce($3, (
            SELECT p.external_id FROM xtnd.product p WHERE p.tenant_id = $1 AND p.connection_id = $2 AND p.sku IS NOT NULL AND p.sku = $4 LIMIT 1))
        """,
        [Text(product), Text(sku)], cancellationToken);

    Task<List<RelatedRecord>> Read(ConnectionId connection, string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken) => database.Rows(
        sql,
        [new() { Value = connection.Tenant }, new() { Value = connection.Connection }, .. parameters],
        row => new RelatedRecord(
            row.GetString(0), row.GetString(1), row.Text(2), row.Nullable<DateTimeOffset>(3), row.Text(4), row.Nullable<decimal>(5), row.Text(6), row.Nullable<DateTimeOffset>(7)),
        cancellationToken);

    static NpgsqlParameter<string?> Text(string? value) => new() { TypedValue = StorableText.Of(value), NpgsqlDbType = NpgsqlDbType.Text };
}
