using XtndOrleans.Connectors;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Records;
using static XtndOrleans.Tests.Records.RecordWorld;

namespace XtndOrleans.Tests.Records;

public sealed class RelatedTests : IAsyncLifetime
{
    RecordWorld world = null!;

    RelatedQueries Related => new(world.Database.DataSource);

    ConnectionId Connection => world.Products.Connection;

    public async ValueTask InitializeAsync() => world = await Start();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task The_papers_of_an_order_come_in_the_order_in_which_they_were_made_and_no_others()
    {
        await Hold("invoice", Record(1, new InvoiceFields { Number = "I1", OrderExternalId = "7", State = "paid", Currency = "SEK", GrandTotal = 10.50m, IssuedAt = Now }, "{}"),
            Record(2, new InvoiceFields { Number = "I2", OrderExternalId = "8", IssuedAt = Now }, "{}"));
        await Hold("shipment", Record(1, new ShipmentFields { Number = "S1", OrderExternalId = "7", ShippedAt = Now.AddHours(1), Tracks = [new("UPS", "1Z"), new(null, "2Z")] }, "{}"));
        await Hold("accounting", Record(1, new AccountingFields { Number = "A1", OrderExternalId = "7", IssuedAt = null }, "{}"));

        var papers = await Related.PapersOf(Connection, "7", Cancelled);

        Assert.Equal(["I1", "S1", "A1"], papers.Select(paper => paper.Name));
        Assert.Equal(("invoice", 10.50m, "SEK", "paid"), (papers[0].Entity, papers[0].Amount, papers[0].Currency, papers[0].State));
        Assert.Equal("UPS 1Z, 2Z", papers[1].State);
        Assert.Empty(await Related.PapersOf(Connection with { Tenant = Guid.NewGuid() }, "7", Cancelled));
        Assert.Empty(await Related.PapersOf(Connection, "\0", Cancelled));
    }

    [Fact]
    public async Task A_customer_and_the_orders_find_one_another()
    {
        await Hold("customer", Record(5, new CustomerFields { Email = "Ann2@example.com", Name = "Ann Öst" }, "{}"), Record(6, new CustomerFields { Email = "ann2@example.com.au" }, "{}"));
        await Hold("order", Order(1), Order(2), Record(3, (OrderFields)Order(3).Fields with { CustomerEmail = "ann2@example.com.au" }, "{}"));

        Assert.Equal("2", Assert.Single(await Related.OrdersOf(Connection, "Ann2@example.com", Cancelled)).ExternalId);
        Assert.Equal("5", Assert.Single(await Related.Customer(Connection, "5", null, Cancelled)).ExternalId);
        Assert.Equal("6", Assert.Single(await Related.Customer(Connection, null, "ann2@example.com.au", Cancelled)).ExternalId);
        Assert.Empty(await Related.Customer(Connection, null, null, Cancelled));
        Assert.Equal("100000002", Assert.Single(await Related.Order(Connection, "2", Cancelled)).Name);
        Assert.Empty(await Related.OrdersOf(Connection with { Tenant = Guid.NewGuid() }, "ann2@example.com", Cancelled));
    }

    [Fact]
    public async Task The_orders_of_a_busy_customer_are_the_newest_and_bounded()
    {
        await Hold("order", [.. Enumerable.Range(1, 60).Select(id => Record(id, (OrderFields)Order(id).Fields with { CustomerEmail = "a@b.se", PlacedAt = Now.AddHours(id) }, "{}"))]);

        Assert.Equal(
            Enumerable.Range(41, RelatedQueries.Most).Reverse().Select(id => $"{id}"), (await Related.OrdersOf(Connection, "a@b.se", Cancelled)).Select(order => order.ExternalId));
    }

    [Fact]
    public async Task A_product_and_its_stock_find_one_another()
    {
        await world.Commit(Product(1), Product(12));
        await Hold("stock", Stock("SKU-1", 2.5000m), Stock("SKU-12", 1));

        var stock = Assert.Single(await Related.StockOf(Connection, "SKU-1", Cancelled));
        Assert.Equal(("north:SKU-1", "north", 2.5000m), (stock.ExternalId, stock.State, stock.Amount));
        Assert.Equal("12", Assert.Single(await Related.Product(Connection, null, "SKU-12", Cancelled)).ExternalId);
        Assert.Equal("SKU-1", Assert.Single(await Related.Product(Connection, "1", null, Cancelled)).Name);
    }

    async Task Hold(string entity, params StoreRecord[] records)
    {
        var id = new EntityId(Connection, entity);
        await world.Commit(id, await world.BeginRun(id), 1, records);
    }

    static StoreRecord Stock(string sku, decimal quantity) => new()
    {
        ExternalId = $"north:{sku}",
        Fields = new StockFields { Sku = sku, Source = "north", Quantity = quantity, InStock = true },
        Hash = 1,
        Body = "{}"u8.ToArray(),
    };

    static CancellationToken Cancelled => TestContext.Current.CancellationToken;
}
