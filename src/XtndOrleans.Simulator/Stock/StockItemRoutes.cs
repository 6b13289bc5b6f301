using System.Globalization;

namespace XtndOrleans.Simulator;

/// <summary>The legacy stock, which is there with and without multi-source inventory.</summary>
internal static class StockItemRoutes
{
    public const string Resource = "Magento_Catalog::catalog_inventory";

    public static readonly IReadOnlyList<Route> All =
    [
        new("GET", "stockItems/lowStock", LowStock),
        new("GET", "stockItems/:sku", BySku),
    ];

    static RestResult BySku(RestRequest request)
    {
        request.Require(Resource);
        var sku = request.Parameter(1);
        var product = Array.Find(request.Store.Products.Snapshot, row => row.Sku.Equals(sku, StringComparison.OrdinalIgnoreCase))
            ?? throw new MagentoError(404, "The Product with the \"%1\" SKU doesn't exist.") { Positional = [sku] };
        return SingleEndpoint.Answer(request, EntityNames.Stock, product, ProductStockJson.Render(product));
    }

    /// <summary>Everything at or below a quantity; the one legacy list there is.</summary>
    static RestResult LowStock(RestRequest request)
    {
        request.Require(Resource);
        _ = Number(request, "scopeId") ?? throw MagentoError.Required("scopeId");
        var most = Number(request, "qty") ?? throw MagentoError.Required("qty");
        var (current, size) = (Number(request, "currentPage") ?? 1, Number(request, "pageSize") ?? 0);
        var low = Array.FindAll(request.Store.Products.Snapshot, row => row.Quantity <= most);
        var criteria = new SearchCriteria { PageSize = (long)size, CurrentPage = (long)current };
        var page = ListFaults.Bend(ListQuery.Run(ProductEntity.Instance, low, criteria, ListFaults.Manner(request)), request.Fault);
        byte[] Body() => List(page, current, size);
        return request.Store.Poison.In(EntityNames.Stock, page.Rows.Span) is { } poison ? PoisonAnswers.For(poison, Body) : RestResult.Json(Body());
    }

    /// <summary>The echo is not that of other lists: it names a mapper, and the limit in text.</summary>
    static byte[] List(ListPage<ProductRow> page, decimal current, decimal size)
    {
        var json = new PhpJson().Object().Name("items").Array();
        foreach (var product in page.Rows.Span) json.Token(ProductStockJson.Render(product));
        json.EndArray().Name("search_criteria").Object()
            .Field("mapper_interface_name", @"Magento\CatalogInventory\Model\ResourceModel\Stock\Item\StockItemCriteriaMapper")
            .Name("criteria_list").Empty().Name("filters").Empty().Name("orders").Empty()
            .Name("limit").Array().Value($"{current:0}").Value($"{size:0}").EndArray().EndObject();
        if (page.Total is { } total) json.Field("total_count", total);
        return json.EndObject().ToArray();
    }

    static decimal? Number(RestRequest request, string name)
    {
        if (request.Query[name]?.Text is not { } text) return null;
        return decimal.TryParse(text, NumberStyles.Number | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new MagentoError(400, $"The \"{text}\" value's type is invalid. The \"int\" type was expected. Verify and try again.");
    }
}
