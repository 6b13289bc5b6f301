namespace XtndOrleans.Simulator;

/// <summary>What touching, adding and deleting is for each entity.</summary>
internal static class StoreEntities
{
    public static StoreEntity Of(MagentoStore store, string name) => EntityNames.Known(name) switch
    {
        EntityNames.Product => Products(store),
        EntityNames.Order => Orders(store),
        EntityNames.Invoice => Invoices(store),
        EntityNames.Shipment => Shipments(store),
        EntityNames.Accounting => CreditMemos(store),
        EntityNames.Customer => Customers(store),
        EntityNames.Stock => store.Settings.MultiSource ? SourceItems(store) : StockItems(store),
        _ => throw new ArgumentException($"\"{name}\" is not one of {string.Join(", ", EntityNames.All)}.", nameof(name)),
    };

    static StoreEntity<ProductRow> Products(MagentoStore store) => new(EntityNames.Product, store.Products, new(
        (id, visibly) => visibly
            ? store.Catalog.Rename(id, $"Renamed {store.Mark()}")
            : store.Catalog.SetSpecialPrice(id, (store.Products.Find(id)?.SpecialPrice ?? 1) + 0.01m),
        () => store.Catalog.Add()[0].Id,
        id => store.Catalog.Delete(id) > 0));

    static StoreEntity<OrderRow> Orders(MagentoStore store) => new(EntityNames.Order, store.Orders, new(
        (id, visibly) => !visibly ? store.Sales.Comment(id, $"Called {store.Mark()} times.")
            : store.Orders.Find(id)?.BeforeHold is null ? store.Sales.Hold(id) : store.Sales.Unhold(id),
        () => store.Sales.Add()[0].Id,
        id => store.Sales.Delete(id) > 0));

    static StoreEntity<InvoiceRow> Invoices(MagentoStore store) => new(EntityNames.Invoice, store.Invoices, new(
        (id, visibly) => visibly ? store.Documents.NotePayment(id, $"T-{store.Mark()}") : store.Documents.CommentInvoice(id, $"Sent {store.Mark()} times."),
        () => store.Sales.MakeInvoice(store.Sales.Add()[0].Id)!.Id,
        id => store.Documents.DeleteInvoices(id) > 0));

    static StoreEntity<ShipmentRow> Shipments(MagentoStore store) => new(EntityNames.Shipment, store.Shipments, new(
        (id, visibly) => visibly
            ? store.Documents.Weigh(id, (store.Shipments.Find(id)?.Weight ?? 0) + 0.5m)
            : store.Documents.AddTrack(id, $"ES{store.Mark()}"),
        () => Shipped(store),
        id => store.Documents.DeleteShipments(id) > 0));

    static StoreEntity<CreditMemoRow> CreditMemos(MagentoStore store) => new(EntityNames.Accounting, store.CreditMemos, new(
        (id, visibly) => visibly ? store.Documents.NoteRepayment(id, $"T-{store.Mark()}") : store.Documents.CommentCreditMemo(id, $"Sent {store.Mark()} times."),
        () => store.Sales.MakeRefund(store.Sales.Add()[0].Id)!.Id,
        id => store.Documents.DeleteCreditMemos(id) > 0));

    static StoreEntity<CustomerRow> Customers(MagentoStore store) => new(EntityNames.Customer, store.CustomerRows, new(
        (id, visibly) => visibly
            ? store.Customers.Rename(id, $"Renamed {store.Mark()}")
            : store.Customers.ChangeCityInAddressBook(id, $"City {store.Mark()}") || store.Customers.AddAddress(id, $"City {store.Mark()}"),
        () => store.Customers.Add()[0].Id,
        id => store.Customers.Delete(id) > 0));

    static StoreEntity<SourceItemRow> SourceItems(MagentoStore store) => new(EntityNames.Stock, store.SourceItems, new(
        (id, _) => store.Stock.SetQuantity(id, (store.SourceItems.Find(id)?.Quantity ?? 0) + 1),
        () => store.Stock.Add($"ADDED-{store.Mark()}").Id,
        id => store.Stock.Delete(id) > 0));

    /// <summary>Legacy stock comes and goes with its product.</summary>
    static StoreEntity<ProductRow> StockItems(MagentoStore store) => new(EntityNames.Stock, store.Products, new(
        (id, _) => store.Stock.SetLegacy(id, (store.Products.Find(id)?.Quantity ?? 0) + 1),
        () => store.Catalog.Add()[0].Id,
        id => store.Catalog.Delete(id) > 0), ProductStockJson.Render);

    /// <summary>An order of virtual goods has nothing to ship, so another is placed.</summary>
    static int Shipped(MagentoStore store)
    {
        while (true)
        {
            if (store.Sales.Ship(store.Sales.Add()[0].Id) is { } shipment) return shipment.Id;
        }
    }
}
