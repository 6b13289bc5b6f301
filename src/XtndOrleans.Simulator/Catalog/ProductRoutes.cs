namespace XtndOrleans.Simulator;

internal static class ProductRoutes
{
    public static readonly IReadOnlyList<Route> All =
    [
        new("GET", "products", request => ListEndpoint.Answer(request, ProductEntity.Instance)),
        new("GET", "products/:sku", BySku),
    ];

    /// <summary>The database compares SKUs without regard to case and answers the stored one.</summary>
    static RestResult BySku(RestRequest request)
    {
        request.Require(ProductEntity.Instance.Resource);
        var sku = request.Parameter(1);
        var product = Array.Find(request.Store.Products.Snapshot, row => row.Sku.Equals(sku, StringComparison.OrdinalIgnoreCase))
            ?? throw new MagentoError(404, "The product that was requested doesn't exist. Verify the product and try again.");
        return SingleEndpoint.Answer(request, ProductEntity.Instance.Name, product, product.In(request.StoreCode).Single());
    }
}
