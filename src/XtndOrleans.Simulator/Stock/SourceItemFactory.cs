namespace XtndOrleans.Simulator;

/// <summary>Makes a store's source items out of its products: the same for the same seed.</summary>
internal static class SourceItemFactory
{
    public const string SecondSource = "warehouse-2";

    /// <summary>Of what can be shipped or sold by itself; configurable, bundle and grouped products have none.</summary>
    public static bool Has(ProductRow product) => product.Type is "simple" or "virtual";

    public static SourceItemRow[] Make(ulong seed, int store, ProductRow[] products, int secondSourcePercent)
    {
        var rows = new List<SourceItemRow>(products.Length);
        foreach (var product in products.Where(Has))
        {
            var draw = new Draw(seed + 5, store, product.Id);
            rows.Add(Of(product, rows.Count + 1));
            if (draw.Chance(secondSourcePercent))
            {
                rows.Add(new() { Id = rows.Count + 1, Sku = product.Sku, SourceCode = SecondSource, Quantity = draw.Below(200) / 2m, Status = draw.Chance(5) ? 0 : 1 });
            }
        }
        return [.. rows];
    }

    public static SourceItemRow Of(ProductRow product, int id) => new() { Id = id, Sku = product.Sku, Quantity = product.Quantity };
}
