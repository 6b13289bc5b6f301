using System.Text.Json;
using XtndOrleans.Connectors;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Records;

namespace XtndOrleans.Tests.Records;

/// <summary>The tables of the entities, as SQL and the API see them.</summary>
public sealed class EntityTableTests
{
    static readonly DateTimeOffset Then = RecordWorld.Now.AddHours(-1);

    public static TheoryData<string, RecordFields, string> Records => new()
    {
        {
            Entities.Invoice,
            new InvoiceFields { Number = "1", OrderExternalId = "4", State = "paid", Currency = "SEK", GrandTotal = 99.90m, IssuedAt = Then },
            """{"number":"1","orderExternalId":"4","state":"paid","currency":"SEK","grandTotal":99.90,"issuedAt":"2026-11-23T07:00:00+00:00"}"""
        },
        {
            Entities.Accounting,
            new AccountingFields { Number = "1", OrderExternalId = "4", State = "refunded", Currency = "SEK", GrandTotal = 1m, IssuedAt = Then },
            """{"number":"1","orderExternalId":"4","state":"refunded","currency":"SEK","grandTotal":1,"issuedAt":"2026-11-23T07:00:00+00:00"}"""
        },
        {
            Entities.Shipment,
            new ShipmentFields { Number = "1", OrderExternalId = "4", ShippedAt = Then, TotalQuantity = 2.5m, Tracks = [new("Post\uD800", "A1")] },
            """{"number":"1","orderExternalId":"4","shippedAt":"2026-11-23T07:00:00+00:00","totalQuantity":2.5,"tracks":[{"number": "A1", "carrier": "Post\uFFFD"}]}"""
        },
        {
            Entities.Customer,
            new CustomerFields { Email = "a@b", Name = "Ann", Group = "1", CreatedAt = Then, Addresses = [new("Ann", null, "X 1", "1", "Y", "Z", "SE", "0", true, false)] },
            """{"email":"a@b","name":"Ann","group":"1","createdAt":"2026-11-23T07:00:00+00:00","addresses":[{"city":"Y","name":"Ann","region":"Z","street":"X 1","company":null,"country":"SE","postcode":"1","isBilling":true,"telephone":"0","isShipping":false}]}"""
        },
        {
            Entities.Stock,
            new StockFields { Sku = "A", Source = "north", Quantity = 4.5m, InStock = true },
            """{"sku":"A","productExternalId":null,"source":"north","quantity":4.5,"inStock":true}"""
        },
        { Entities.Invoice, new InvoiceFields(), """{"number":null,"orderExternalId":null,"state":null,"currency":null,"grandTotal":null,"issuedAt":null}""" },
        { Entities.Shipment, new ShipmentFields(), """{"number":null,"orderExternalId":null,"shippedAt":null,"totalQuantity":null,"tracks":[]}""" },
        { Entities.Customer, new CustomerFields(), """{"email":null,"name":null,"group":null,"createdAt":null,"addresses":[]}""" },
        { Entities.Stock, new StockFields(), """{"sku":null,"productExternalId":null,"source":null,"quantity":null,"inStock":null}""" },
    };

    [Theory]
    [MemberData(nameof(Records))]
    public async Task A_record_comes_back_with_its_fields(string entity, RecordFields fields, string json)
    {
        await using var world = await RecordWorld.Start();
        var (id, run) = await world.Begin(Guid.NewGuid(), entity);
        await world.Commit(id, run, 1, RecordWorld.Record(7, fields, "{}"));

        var record = Assert.Single((await world.Queries.List(id, new(null, null, false), 10, null, TestContext.Current.CancellationToken)).Items);

        Assert.Equal(fields.Key, record.Key);
        Assert.Equal(Plain(json), Plain(JsonSerializer.Serialize(record.Fields, RecordJson.Options)));
    }

    [Fact]
    public async Task Legacy_stock_gets_the_sku_of_its_own_product()
    {
        await using var world = await RecordWorld.Start();
        await world.Commit(RecordWorld.Product(7));
        var stock = new EntityId(world.Products.Connection, Entities.Stock);
        var run = await world.BeginRun(stock);
        await world.Commit(stock, run, 1, Legacy(7), Legacy(8));
        Assert.Equal("SKU-7,", await world.Column("SELECT sku FROM xtnd.stock ORDER BY external_id"));

        var (other, others) = await world.Begin(Guid.NewGuid(), Entities.Stock);
        await world.Commit(other, others, 1, Legacy(7));
        Assert.Equal("", await world.Column($"SELECT sku FROM xtnd.stock WHERE tenant_id = '{other.Connection.Tenant}'"));
    }

    [Fact]
    public async Task Tracks_and_addresses_are_rows_for_sql()
    {
        await using var world = await RecordWorld.Start();
        var (shipments, run) = await world.Begin(Guid.NewGuid(), Entities.Shipment);
        await world.Commit(shipments, run, 1, RecordWorld.Record(7, new ShipmentFields { Number = "1", Tracks = [new("Post", "A1"), new("UPS", "B2")] }, "{}"));
        var (customers, next) = await world.Begin(Guid.NewGuid(), Entities.Customer);
        await world.Commit(customers, next, 1, RecordWorld.Record(7, new CustomerFields { Addresses = [new("Ann", null, null, null, "Malmö", null, "SE", null, true, false)] }, "{}"));
        Assert.Equal("Post A1,UPS B2", await world.Column("SELECT carrier || ' ' || number FROM xtnd.shipment_track ORDER BY position"));
        Assert.Equal("Malmö true false", await world.Column("SELECT concat_ws(' ', city, is_billing::text, is_shipping::text) FROM xtnd.customer_address"));
    }

    [Fact]
    public async Task An_order_is_looked_up_by_its_key_while_the_first_read_has_no_statistics_yet()
    {
        await using var world = await RecordWorld.Start();
        var run = await world.BeginRun(world.Orders);
        for (var page = 0; page < 40; page++)
        {
            await world.Commit(world.Orders, run, 1, [.. Enumerable.Range(1 + (page * 100), 100).Select(id => RecordWorld.Order(id))]);
        }

        await using var lookup = world.Database.DataSource.CreateCommand($"""
            EXPLAIN (COSTS OFF) SELECT i.id, h.hash FROM unnest(ARRAY['7', '4001']) AS i(id)
            LEFT JOIN LATERAL (SELECT t.hash FROM xtnd.order t
                WHERE t.tenant_id = '{world.Orders.Connection.Tenant}' AND t.connection_id = '{world.Orders.Connection.Connection}' AND t.external_id = i.id OFFSET 0) h ON true
            """);
        await using var reader = await lookup.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var used = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            used.AddRange(reader.GetString(0).Split(' ').SkipWhile(word => word != "using").Skip(1).Take(1));
        }

        Assert.EndsWith("_pkey", Assert.Single(used), StringComparison.Ordinal);
    }

    /// <summary>Else a first read may look through the whole connection for each record: sql/xtnd/0002_records.sql tells why.</summary>
    [Fact]
    public async Task Every_index_of_a_connections_records_but_the_key_is_for_queries_that_state_its_condition()
    {
        await using var world = await RecordWorld.Start();
        var tables = string.Join(", ", RecordTable.All.Select(table => $"'{table.Name}'::regclass"));

        Assert.Equal("", await world.Column($"""
            SELECT i.indexrelid::regclass::text FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
            WHERE i.indrelid IN ({tables}) AND a.amname = 'btree' AND NOT i.indisprimary AND i.indpred IS NULL
            """));
        Assert.Equal("14", await world.Column($"SELECT count(*) FROM pg_index i WHERE i.indrelid IN ({tables}) AND (i.indisprimary OR i.indisunique AND i.indpred IS NOT NULL)"));
    }

    static StoreRecord Legacy(int product) => RecordWorld.Record(product, new StockFields { ProductExternalId = $"{product}", Source = "default", Quantity = 1, InStock = true }, "{}");

    // jsonb has an order of keys of its own.
    static string Plain(string json) => JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(json));
}
