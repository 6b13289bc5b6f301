using System.Collections.Frozen;

namespace XtndOrleans.Simulator;

/// <summary>Products, as their EAV collection filters and sorts them.</summary>
internal sealed class ProductEntity : Entity<ProductRow>
{
    public static readonly ProductEntity Instance = new();

    public override string Name => EntityNames.Product;
    public override string Resource => "Magento_Catalog::products";
    public override RecordSet<ProductRow> Rows(MagentoStore store) => store.Products;

    public override ProductRow In(ProductRow row, string view) => row.In(view);

    public override IReadOnlyDictionary<string, EntityField<ProductRow>> Fields { get; } = new Dictionary<string, EntityField<ProductRow>>
    {
        ["entity_id"] = EntityField<ProductRow>.OfNumber(row => row.Id),
        ["sku"] = EntityField<ProductRow>.OfText(row => row.Sku),
        ["name"] = EntityField<ProductRow>.OfText(row => row.Name),
        ["type_id"] = EntityField<ProductRow>.OfText(row => row.Type),
        ["attribute_set_id"] = EntityField<ProductRow>.OfNumber(_ => 4),
        ["price"] = EntityField<ProductRow>.OfNumber(row => row.Price),
        ["special_price"] = EntityField<ProductRow>.OfNumber(row => row.SpecialPrice),
        ["weight"] = EntityField<ProductRow>.OfNumber(row => row.Weight),
        ["status"] = EntityField<ProductRow>.OfNumber(row => row.Status),
        ["visibility"] = EntityField<ProductRow>.OfNumber(row => row.Visibility),
        ["url_key"] = EntityField<ProductRow>.OfText(ProductJson.UrlKey),
        ["tax_class_id"] = EntityField<ProductRow>.OfNumber(row => row.Type == "grouped" ? null : 2),
        ["created_at"] = EntityField<ProductRow>.OfDate(row => row.CreatedAt),
        ["updated_at"] = EntityField<ProductRow>.OfDate(row => row.UpdatedAt),
        ["category_id"] = EntityField<ProductRow>.OfMany(row => row.Categories),
        ["website_id"] = EntityField<ProductRow>.OfMany(row => row.Websites),
        ["store_id"] = EntityField<ProductRow>.OfMany(Stores),
        ["store"] = EntityField<ProductRow>.OfMany(Stores),
    }.ToFrozenDictionary();

    public override MagentoError UnknownFilter(string field) =>
        new(400, "The \"%1\" attribute name is invalid. Reset the name and try again.") { Positional = [field] };

    public override MagentoError? UnknownSort(string field) => null;

    /// <summary>A sort by price joins the price index of the website, which has only what can be bought there.</summary>
    public override Func<ProductRow, bool>? JoinedBySort(string field) =>
        field == "price" ? row => row.Price > 0 && row.Status == 1 && row.Websites.Contains(1) : null;

    static IReadOnlyList<int> Stores(ProductRow row) => row.Websites.Contains(2) ? [1, 2, 3] : [1, 3];
}
