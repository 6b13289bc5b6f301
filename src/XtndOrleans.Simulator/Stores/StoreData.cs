namespace XtndOrleans.Simulator;

/// <summary>The catalogue and its stock, made together: a change to one must not be made to the other before it is there.</summary>
internal sealed record Goods(RecordSet<ProductRow> Products, RecordSet<SourceItemRow> SourceItems)
{
    public static Goods Make(ulong seed, int store, SimulatorOptions options)
    {
        var products = ProductFactory.Make(seed, store, options.Products);
        return new(new(products), new(SourceItemFactory.Make(seed, store, products, options.SecondSourcePercent)));
    }
}

/// <summary>Orders and their papers, made together for the same reason.</summary>
internal sealed record Sold(RecordSet<OrderRow> Orders, RecordSet<InvoiceRow> Invoices, RecordSet<ShipmentRow> Shipments, RecordSet<CreditMemoRow> CreditMemos)
{
    public static Sold Make(ulong seed, int store, OrderRow[] orders) => new(new(orders), new(DocumentFactory.Invoices(orders)),
        new(DocumentFactory.Shipments(seed, store, orders)), new(DocumentFactory.CreditMemos(orders)));
}
