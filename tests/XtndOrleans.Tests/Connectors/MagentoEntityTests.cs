using System.Text;
using XtndOrleans.Connectors;

namespace XtndOrleans.Tests.Connectors;

/// <summary>Records of every entity, in the shape that a real store gives them, and the odd ones.</summary>
public sealed class MagentoEntityTests
{
    static readonly DateTimeOffset Made = new(2026, 11, 23, 15, 24, 38, TimeSpan.Zero);

    [Fact]
    public async Task An_invoice_is_read() => Assert.Equal(
        new InvoiceFields { Number = "000000031", OrderExternalId = "44", State = "paid", Currency = "SEK", GrandTotal = 885.64m, IssuedAt = Made },
        await Read(Entities.Invoice, """
            {"base_currency_code":"EUR","base_grand_total":85.64,"created_at":"2026-11-23 15:24:38","discount_amount":-4.5600,"entity_id":7,"grand_total":885.6400,
             "increment_id":"000000031","order_currency_code":"SEK","order_id":44,"state":2,"updated_at":"2026-11-23 15:24:39",
             "items":[{"entity_id":1,"order_item_id":7,"price":0.83,"state":9}],"comments":[]}
            """));

    [Fact]
    public async Task A_credit_memo_is_read() => Assert.Equal(
        new AccountingFields { Number = "000000001-1", OrderExternalId = "17", State = "refunded", Currency = "EUR", GrandTotal = 16.33m, IssuedAt = Made },
        await Read(Entities.Accounting, """
            {"adjustment":0,"created_at":"2026-11-23 15:24:38","entity_id":7,"grand_total":"16.3300","increment_id":"000000001-1","order_currency_code":"EUR",
             "order_id":"17","state":2,"updated_at":"2026-11-23 15:24:38","items":[{"base_cost":null,"weee_tax_applied":"[]"}],"comments":null}
            """));

    [Theory]
    [InlineData("1", "open", "open")]
    [InlineData("\"2\"", "paid", "refunded")]
    [InlineData("3", "canceled", "canceled")]
    [InlineData("7", "7", "7")]
    [InlineData("null", null, null)]
    [InlineData("{}", null, null)]
    public async Task States_are_told_in_words(string state, string? invoice, string? memo)
    {
        Assert.Equal(invoice, ((InvoiceFields)await Read(Entities.Invoice, $$"""{"entity_id":7,"state":{{state}}}""")).State);
        Assert.Equal(memo, ((AccountingFields)await Read(Entities.Accounting, $$"""{"entity_id":7,"state":{{state}}}""")).State);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("\"[]\"")]
    [InlineData("null")]
    public async Task A_shipment_is_read_with_its_tracks(string packages)
    {
        var shipment = Assert.IsType<ShipmentFields>(await Read(Entities.Shipment, $$$"""
            {"created_at":"2026-11-23 15:24:38","entity_id":7,"increment_id":"000000001","order_id":4,"packages":{{{packages}}},"total_qty":2.5000,
             "items":[{"entity_id":1,"tracks":[{"title":"no"}]}],
             "tracks":[{"order_id":4,"entity_id":1,"weight":null,"track_number":"ES7034174359","title":"SEUR","carrier_code":"custom"},
                       {"track_number":700123,"title":null,"carrier_code":"ups"},null,{"title":" ","carrier_code":"dhl","track_number":null}],
             "comments":[],"extension_attributes":{"source_code":"default"}}
            """));
        Assert.Equal(("000000001", "4", 2.5m, Made), (shipment.Number, shipment.OrderExternalId, shipment.TotalQuantity, shipment.ShippedAt));
        Assert.Equal([new("SEUR", "ES7034174359"), new("ups", "700123"), new("dhl", null)], shipment.Tracks);
    }

    [Fact]
    public async Task A_customer_is_read_with_addresses()
    {
        var customer = Assert.IsType<CustomerFields>(await Read(Entities.Customer, """
            {"id":7,"group_id":1,"default_billing":"2","default_shipping":"3","created_at":"2026-11-23 15:24:38","updated_at":"2026-11-23 15:40:13",
             "email":"ann@example.com","firstname":"Ann","lastname":"\u00d6st","website_id":1,
             "addresses":[
               {"id":2,"customer_id":7,"region":{"region_code":"AL","region":"Alabama","region_id":1},"region_id":1,"country_id":"US","street":["Green str, 67","","2nd floor"],
                "company":"Öst AB","telephone":"3468676","postcode":"50839","city":"Sevilla","firstname":"John","lastname":"Smith","default_billing":true},
               {"id":3,"region":{"region_code":null,"region":null,"region_id":0},"street":"Storgatan 1","city":"Malmö"},
               {"id":4,"region":"Skåne","street":[],"default_shipping":0},
               "no address"],
             "disable_auto_group_change":0,"extension_attributes":{"is_subscribed":true}}
            """));
        Assert.Equal(("ann@example.com", "Ann Öst", "1", Made), (customer.Email, customer.Name, customer.Group, customer.CreatedAt));
        Assert.Equal(
            [
                new("John Smith", "Öst AB", "Green str, 67, 2nd floor", "50839", "Sevilla", "Alabama", "US", "3468676", true, false),
                new(null, null, "Storgatan 1", null, "Malmö", null, null, null, false, true),
                new(null, null, null, null, null, "Skåne", null, null, false, false),
            ],
            customer.Addresses);
    }

    [Fact]
    public async Task A_street_may_be_nested_oddly_without_losing_what_follows()
    {
        var customer = Assert.IsType<CustomerFields>(await Read(Entities.Customer, """{"id":7,"addresses":[{"street":["A",["B"],{"c":1},2,null],"city":"X"}],"email":"a@b"}"""));
        Assert.Equal(("A, 2", "X", "a@b"), (customer.Addresses[0].Street, customer.Addresses[0].City, customer.Email));
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("0", false)]
    [InlineData("\"1\"", true)]
    [InlineData("null", null)]
    public async Task A_source_item_is_read(string status, bool? inStock)
    {
        await using var store = await StoreStub.Answering(200, MagentoReadTests.List(1, $$"""{"sku":"A: b\/c","source_code":"north","quantity":45.5000,"status":{{status}}}"""));
        using var page = await store.Read(Entities.Stock);
        var record = Assert.Single(page.Records);
        Assert.Equal("north:A: b/c", record.ExternalId);
        Assert.Equal(new StockFields { Sku = "A: b/c", Source = "north", Quantity = 45.5m, InStock = inStock }, record.Fields);
        Assert.Null(record.SourceUpdatedAt);
    }

    [Theory]
    [InlineData(Entities.Invoice, "entity_id")]
    [InlineData(Entities.Accounting, "entity_id")]
    [InlineData(Entities.Shipment, "entity_id")]
    [InlineData(Entities.Order, "entity_id")]
    [InlineData(Entities.Customer, "id")]
    [InlineData(Entities.Product, "id")]
    public async Task Every_field_may_be_absent_null_or_something_else(string entity, string id)
    {
        Assert.Null((await Read(entity, $$$"""{"{{{id}}}":7}""")).Key);
        Assert.Null((await Read(entity, $$$"""
            {"{{{id}}}":"7","increment_id":null,"sku":[],"email":{"x":1},"state":[],"grand_total":"much","order_id":0,"created_at":false,"items":{},"tracks":"[]","addresses":null,
             "extension_attributes":[],"billing_address":[],"total_qty":[1],"order_currency_code":null,"default_billing":{},"status":null,"type_id":5.5,"price":null}
            """)).Key);
    }

    [Theory]
    [InlineData("configurable", ""","price":0""", 0)]
    [InlineData("bundle", "", null)]
    [InlineData("grouped", "", null)]
    [InlineData("grouped", ""","price":null""", null)]
    public async Task A_product_of_several_is_read_without_a_price(string type, string price, int? expected)
    {
        var product = Assert.IsType<ProductFields>(await Read(Entities.Product, $$$"""
            {"id":7,"sku":"SET","name":"Set"{{{price}}},"status":1,"visibility":4,"type_id":"{{{type}}}","extension_attributes":{"website_ids":[1],
             "configurable_product_options":[{"id":1,"attribute_id":"93","values":[{"value_index":5}]}],"configurable_product_links":[53],
             "bundle_product_options":[{"option_id":1,"product_links":[{"id":"1","sku":"OTHER","qty":1,"price":9}]}]},
             "product_links":[{"sku":"SET","link_type":"associated","linked_product_sku":"OTHER","position":0,"extension_attributes":{"qty":1}}]}
            """));
        Assert.Equal(("SET", type, (decimal?)expected), (product.Sku, product.Type, product.Price));
    }

    [Fact]
    public async Task An_edited_virtual_order_of_a_guest_is_read()
    {
        var order = Assert.IsType<OrderFields>(await Read(Entities.Order, """
            {"entity_id":7,"increment_id":"000000013-1","original_increment_id":"000000013","edit_increment":1,"relation_parent_id":"9","customer_is_guest":1,"is_virtual":1,
             "customer_email":"guest@example.com","grand_total":30,"order_currency_code":"EUR","state":"new","created_at":"2026-11-23 15:24:38",
             "items":[{"sku":"SET-A-B","name":"Set","product_type":"bundle","qty_ordered":1,"price":30,"row_total":30},
                      {"sku":"A","name":"A","parent_item_id":71,"qty_ordered":1,"price":10,"parent_item":{"sku":"SET-A-B","price":30}}],
             "billing_address":{"firstname":"Ann","lastname":"Öst","street":["X"]},"payment":{"method":"free"},
             "extension_attributes":{"shipping_assignments":[{"shipping":{"total":{}},"items":[{"sku":"A"}]}]}}
            """));
        Assert.Equal(("000000013-1", "guest@example.com", "Ann Öst", 30m), (order.Number, order.CustomerEmail, order.CustomerName, order.GrandTotal));
        Assert.Equal([new OrderLine("SET-A-B", "Set", 1, 30, 30)], order.Lines);
    }

    static async Task<RecordFields> Read(string entity, string record)
    {
        await using var store = await StoreStub.Answering(200, MagentoReadTests.List(1, record));
        using var page = await store.Read(entity);
        var read = Assert.Single(page.Records);
        Assert.Equal("7", read.ExternalId);
        Assert.Equal(record, Encoding.UTF8.GetString(read.Body.Span));
        return read.Fields;
    }
}
