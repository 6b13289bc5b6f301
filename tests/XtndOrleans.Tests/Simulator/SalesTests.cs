using System.Text.Json;
using XtndOrleans.Simulator;

namespace XtndOrleans.Tests.Simulator;

/// <summary>What one change to an order, a customer or stock does to all that belongs to it, and whose time it moves.</summary>
public sealed class SalesTests(StoreWorld world) : IClassFixture<StoreWorld>
{
    MagentoStore Store => world.Store;
    string Now => $"{world.Time.GetUtcNow():yyyy-MM-dd HH:mm:ss}";

    /// <summary>An order of at least two units to ship, some minutes old.</summary>
    OrderRow Placed()
    {
        var order = Store.Sales.Add(50).First(row => row.Units > 1);
        world.Time.Advance(TimeSpan.FromMinutes(5));
        return order;
    }

    async Task<JsonElement> Order(int id) => JsonDocument.Parse((await world.One("order", id))!).RootElement;

    static decimal Sum(JsonElement order, string column) => order.GetProperty("items").EnumerateArray()
        .Where(item => !item.TryGetProperty("parent_item_id", out _)).Sum(item => item.GetProperty(column).GetDecimal());

    [Fact]
    public async Task An_invoice_is_for_all_of_the_order_and_moves_it()
    {
        var order = Placed();
        var invoice = Store.Sales.MakeInvoice(order.Id)!;
        Assert.Null(Store.Sales.MakeInvoice(order.Id));
        var (seen, paper) = (await Order(order.Id), await world.Get($"invoices/{invoice.Id}"));
        Assert.Equal((Now, "processing"), (seen.GetProperty("updated_at").GetString(), seen.GetProperty("state").GetString()));
        Assert.Equal(order.Id, paper.GetProperty("order_id").GetInt32());
        Assert.Equal(seen.GetProperty("grand_total").GetDecimal(), paper.GetProperty("grand_total").GetDecimal());
        Assert.Equal(seen.GetProperty("total_qty_ordered").GetInt32(), paper.GetProperty("total_qty").GetInt32());
        Assert.Equal(order.Lines.Select(line => line.ItemId), paper.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("order_item_id").GetInt32()));
    }

    [Fact]
    public async Task A_partial_shipment_does_not_move_the_order_and_the_last_does()
    {
        var order = Placed();
        Store.Sales.Invoice(order.Id);
        var invoiced = Now;
        world.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(1, Store.Sales.Ship(order.Id, 1)!.Items.Sum(units => units.Quantity));
        var partly = await Order(order.Id);
        Assert.Equal((invoiced, 1m), (partly.GetProperty("updated_at").GetString(), Sum(partly, "qty_shipped")));
        var rest = Store.Sales.Ship(order.Id)!;
        var wholly = await Order(order.Id);
        Assert.Equal((Now, "complete"), (wholly.GetProperty("updated_at").GetString(), wholly.GetProperty("state").GetString()));
        Assert.Equal(order.Units - 1, (await world.Get($"shipment/{rest.Id}")).GetProperty("total_qty").GetInt32());
        Assert.Null(Store.Sales.Ship(order.Id));
    }

    [Fact]
    public async Task A_track_moves_neither_the_shipment_nor_the_order()
    {
        var order = Placed();
        var (shipment, at) = (Store.Sales.Ship(order.Id)!, Now);
        world.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.True(Store.Documents.AddTrack(shipment.Id, "ES1"));
        Assert.Equal((at, at), (await world.UpdatedAt("shipment", shipment.Id), await world.UpdatedAt("order", order.Id)));
        Assert.Equal("ES1", (await world.Get($"shipment/{shipment.Id}")).GetProperty("tracks")[0].GetProperty("track_number").GetString());
    }

    [Fact]
    public async Task A_refund_closes_the_order_and_has_all_of_it()
    {
        var order = Placed();
        var memo = Store.Sales.MakeRefund(order.Id)!;
        Assert.Null(Store.Sales.MakeRefund(order.Id));
        var (seen, paper) = (await Order(order.Id), await world.Get($"creditmemo/{memo.Id}"));
        Assert.Equal((Now, "closed"), (seen.GetProperty("updated_at").GetString(), seen.GetProperty("state").GetString()));
        Assert.Equal(seen.GetProperty("total_refunded").GetDecimal(), paper.GetProperty("grand_total").GetDecimal());
        Assert.Single(Store.Invoices.All, invoice => invoice.OrderId == order.Id);
    }

    [Fact]
    public async Task Hold_and_unhold_move_the_order_once_each()
    {
        var order = Placed();
        Assert.False(Store.Sales.Unhold(order.Id));
        Assert.True(Store.Sales.Hold(order.Id));
        var (held, at) = ((await Order(order.Id)).GetRawText(), Now);
        world.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.False(Store.Sales.Hold(order.Id));
        Assert.Equal((held, at), ((await Order(order.Id)).GetRawText(), await world.UpdatedAt("order", order.Id)));
        Assert.True(Store.Sales.Unhold(order.Id));
        var (seen, now) = (await Order(order.Id), Now);
        Assert.Equal(("new", "pending", now), (seen.GetProperty("state").GetString(), seen.GetProperty("status").GetString(), seen.GetProperty("updated_at").GetString()));
    }

    [Fact]
    public async Task An_edit_cancels_the_order_and_places_another_under_its_number()
    {
        var order = Placed();
        var first = Store.Sales.Edit(order.Id)!;
        var second = Store.Sales.Edit(first.Id)!;
        var (old, middle, made) = (await Order(order.Id), await Order(first.Id), await Order(second.Id));
        Assert.Equal(("canceled", Now), (old.GetProperty("state").GetString(), old.GetProperty("updated_at").GetString()));
        Assert.Equal($"{first.Id}", old.GetProperty("relation_child_id").GetString());
        Assert.Equal($"{order.IncrementId}-1", middle.GetProperty("increment_id").GetString());
        Assert.Equal(($"{order.IncrementId}-2", order.IncrementId, $"{first.Id}", 2), (made.GetProperty("increment_id").GetString(),
            made.GetProperty("original_increment_id").GetString(), made.GetProperty("relation_parent_id").GetString(), made.GetProperty("edit_increment").GetInt32()));
        Assert.Null(Store.Sales.Edit(order.Id));
    }

    [Fact]
    public void A_deleted_order_takes_its_papers_with_it()
    {
        var order = Placed();
        Store.Sales.Refund(order.Id);
        var kept = Placed();
        Store.Sales.Ship(kept.Id);
        Assert.Equal(1, Store.Sales.Delete(order.Id));
        Assert.DoesNotContain(Store.Invoices.All, row => row.OrderId == order.Id);
        Assert.DoesNotContain(Store.CreditMemos.All, row => row.OrderId == order.Id);
        Assert.Contains(Store.Shipments.All, row => row.OrderId == kept.Id);
    }

    [Fact]
    public async Task An_order_moves_neither_its_products_nor_its_customer()
    {
        var products = Store.Entity("product");
        var customers = Store.Entity("customer");
        var before = products.Ids().Select(products.Body).Concat(customers.Ids().Select(customers.Body)).ToList();
        Store.Sales.Ship(Placed().Id);
        Assert.Equal(before, products.Ids().Select(products.Body).Concat(customers.Ids().Select(customers.Body)));
        Assert.Null(await world.One("order", int.MaxValue));
    }

    [Fact]
    public async Task The_papers_of_a_fresh_store_agree_with_its_orders()
    {
        await using var host = await SimulatorHost.Start(new() { Products = 100, Orders = 400 });
        var store = host.Store();
        Assert.Equal(store.Orders.All.Where(order => order.Invoiced).Select(order => order.Id), store.Invoices.All.Select(invoice => invoice.OrderId));
        Assert.Equal(store.Orders.All.Where(order => order.Refunded).Select(order => order.Id), store.CreditMemos.All.Select(memo => memo.OrderId));
        Assert.All(store.Orders.All, order => Assert.Equal(order.Shipped,
            store.Shipments.All.Where(shipment => shipment.OrderId == order.Id).Sum(shipment => shipment.Items.Sum(units => units.Quantity))));
        Assert.Contains(store.Shipments.All.GroupBy(shipment => shipment.OrderId), parcels => parcels.Count() > 1);
        Assert.Contains(store.Shipments.All, shipment => shipment.Tracks.Count == 0);
        Assert.Contains(store.Orders.All, order => order.Shipped > 0 && order.Shipped < order.Units);
        Assert.Equal(["bundle", "configurable", "grouped", "simple", "virtual"], store.Orders.All.SelectMany(order => order.Lines).Select(line => line.Type).Distinct().Order());
        Assert.All(store.Orders.All.Where(order => order.CustomerId is not null), order => Assert.NotNull(store.CustomerRows.Find(order.CustomerId!.Value)));
        Assert.Equal([0, 1, 2, 3], store.CustomerRows.All.Select(customer => customer.Addresses.Count).Distinct().Order());
        Assert.All(store.Orders.All.Where(order => order.Original is not null), order =>
            Assert.Equal(("canceled", order.Id), (store.Orders.Find(order.Original!.Id)?.State, store.Orders.Find(order.Original!.Id)?.Edited?.Id)));
        Assert.Contains(store.Orders.All, order => order.Original is not null);
    }

    [Theory]
    [InlineData("rename", true)]
    [InlineData("subscribe", true)]
    [InlineData("city by the admin", true)]
    [InlineData("city in the address book", false)]
    [InlineData("add address", false)]
    [InlineData("delete address", false)]
    public async Task A_changed_customer_has_other_JSON_and_a_later_time_only_if_the_change_moves_it(string change, bool moves)
    {
        var customer = Store.Customers.Add(20).First(row => row is { Addresses.Count: > 1, Subscribed: false });
        var (before, at) = (await world.One("customer", customer.Id), Now);
        world.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.True(change switch
        {
            "rename" => Store.Customers.Rename(customer.Id, "Nadia"),
            "subscribe" => Store.Customers.Subscribe(customer.Id, true),
            "city by the admin" => Store.Customers.ChangeCity(customer.Id, "Umeå"),
            "city in the address book" => Store.Customers.ChangeCityInAddressBook(customer.Id, "Umeå"),
            "add address" => Store.Customers.AddAddress(customer.Id, "Umeå"),
            _ => Store.Customers.DeleteAddress(customer.Id, customer.Addresses[0].Id),
        });
        Assert.NotEqual(before, await world.One("customer", customer.Id));
        Assert.Equal(moves ? Now : at, await world.UpdatedAt("customer", customer.Id));
    }
}
