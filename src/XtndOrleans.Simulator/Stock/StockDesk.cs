namespace XtndOrleans.Simulator;

/// <summary>What happens to stock. Nothing here moves any <c>updated_at</c>: stock has no times, and a product's does not tell.</summary>
public sealed class StockDesk
{
    readonly MagentoStore store;

    internal StockDesk(MagentoStore store) => this.store = store;

    /// <summary>POST /inventory/source-items; in the default source the legacy stock item follows.</summary>
    public bool SetQuantity(int sourceItem, decimal quantity)
    {
        if (!store.SourceItems.Change(sourceItem, row => row with { Quantity = quantity })) return false;
        if (store.SourceItems.Find(sourceItem) is { SourceCode: SourceItemRow.DefaultSource } row && Product(row.Sku) is { } product)
            store.Products.Change(product.Id, known => known with { Quantity = quantity });
        return true;
    }

    /// <summary>PUT /products/:sku/stockItems/:id, by the product's id; the source item of the default source follows.</summary>
    public bool SetLegacy(int product, decimal quantity)
    {
        if (!store.Products.Change(product, row => row with { Quantity = quantity })) return false;
        var sku = store.Products.Find(product)?.Sku;
        if (Array.Find(store.SourceItems.Snapshot, row => row.SourceCode == SourceItemRow.DefaultSource && row.Sku == sku) is { } item)
            store.SourceItems.Change(item.Id, row => row with { Quantity = quantity });
        return true;
    }

    /// <summary>A SKU in one source more. The SKU need not be a product's: Magento does not check.</summary>
    public SourceItemRow Add(string sku, string source = SourceItemFactory.SecondSource, decimal quantity = 1) =>
        store.SourceItems.Add(1, id => new() { Id = id, Sku = sku, SourceCode = source, Quantity = quantity })[0];

    /// <summary>POST /inventory/source-items-delete. The number that existed.</summary>
    public int Delete(params IReadOnlyCollection<int> sourceItems) => store.SourceItems.Delete(sourceItems);

    ProductRow? Product(string sku) => Array.Find(store.Products.Snapshot, row => row.Sku == sku);
}
