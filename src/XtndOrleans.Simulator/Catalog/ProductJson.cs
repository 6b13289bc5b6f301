namespace XtndOrleans.Simulator;

/// <summary>A product in the shape and key order of <c>GET /V1/products</c>; null columns are absent, not null.</summary>
internal static class ProductJson
{
    /// <summary>All bytes up to the shared descriptions, which close the attribute list and the product.</summary>
    public static byte[] Render(ProductRow product, bool withStock)
    {
        var json = new PhpJson().Object()
            .Field("id", product.Id).Field("sku", product.Sku).Field("name", product.Name)
            .Field("attribute_set_id", 4);
        if (product.Price is { } price) json.Field("price", price);
        json.Field("status", product.Status).Field("visibility", product.Visibility).Field("type_id", product.Type)
            .Time("created_at", product.CreatedAt).Time("updated_at", product.UpdatedAt);
        if (product.Weight is { } weight) json.Field("weight", weight);
        Extensions(json, product, withStock);
        Links(json, product);
        json.Name("options").Empty();
        Gallery(json, product);
        TierPrices(json, product);
        Attributes(json, product);
        return json.ToArray();
    }

    static void Extensions(PhpJson json, ProductRow product, bool withStock)
    {
        json.Name("extension_attributes").Object().Name("website_ids").Array();
        foreach (var website in product.Websites) json.Value(website);
        json.EndArray();
        if (product.Categories.Count > 0)
        {
            json.Name("category_links").Array();
            foreach (var category in product.Categories)
                json.Object().Field("position", 0).Field("category_id", $"{category}").EndObject();
            json.EndArray();
        }
        if (withStock) ProductStockJson.Write(json.Name("stock_item"), product);
        if (product.Type == "configurable") Configurable(json, product);
        if (product.Type == "bundle") Bundle(json, product);
        json.EndObject();
    }

    static void Configurable(PhpJson json, ProductRow product)
    {
        json.Name("configurable_product_options").Array().Object()
            .Field("id", product.Id % 1000).Field("attribute_id", "93").Field("label", "Color").Field("position", 0)
            .Name("values").Array();
        for (var i = 0; i < product.Children.Count; i++) json.Object().Field("value_index", 49 + i).EndObject();
        json.EndArray().Field("product_id", product.Id).EndObject().EndArray()
            .Name("configurable_product_links").Array();
        foreach (var child in product.Children) json.Value(child);
        json.EndArray();
    }

    static void Bundle(PhpJson json, ProductRow product)
    {
        json.Name("bundle_product_options").Array();
        for (var i = 0; i < product.Children.Count; i++)
        {
            json.Object().Field("option_id", i + 1).Field("title", $"Part {i + 1}").Field("required", true)
                .Field("type", "select").Field("position", i + 1).Field("sku", product.Sku)
                .Name("product_links").Array().Object()
                .Field("id", $"{i + 1}").Field("sku", $"SIM-{product.Children[i]:D6}").Field("option_id", i + 1)
                .Field("qty", 1).Field("position", 1).Field("is_default", true).Field("price", 9.99m)
                .Name("price_type").Null().Field("can_change_quantity", 0)
                .EndObject().EndArray().EndObject();
        }
        json.EndArray();
    }

    static void Links(PhpJson json, ProductRow product)
    {
        json.Name("product_links").Array();
        if (product.Type == "grouped")
        {
            for (var i = 0; i < product.Children.Count; i++)
            {
                json.Object().Field("sku", product.Sku).Field("link_type", "associated")
                    .Field("linked_product_sku", $"SIM-{product.Children[i]:D6}").Field("linked_product_type", "simple")
                    .Field("position", i + 1)
                    .Name("extension_attributes").Object().Field("qty", i + 1).EndObject().EndObject();
            }
        }
        json.EndArray();
    }

    static void Gallery(PhpJson json, ProductRow product)
    {
        json.Name("media_gallery_entries").Array();
        for (var i = 0; i < product.Images; i++)
        {
            json.Object().Field("id", (product.Id * 10L) + i).Field("media_type", "image").Name("label").Null()
                .Field("position", i + 1).Field("disabled", false).Name("types").Array();
            if (i == 0) json.Value("image").Value("small_image").Value("thumbnail").Value("swatch_image");
            json.EndArray().Field("file", ImageFile(product, i)).EndObject();
        }
        json.EndArray();
    }

    static void TierPrices(PhpJson json, ProductRow product)
    {
        json.Name("tier_prices").Array();
        foreach (var (quantity, price) in product.TierPrices)
        {
            json.Object().Field("customer_group_id", 32000).Field("qty", quantity).Field("value", price)
                .Name("extension_attributes").Object().Field("website_id", 0).EndObject().EndObject();
        }
        json.EndArray();
    }

    static void Attributes(PhpJson json, ProductRow product)
    {
        json.Name("custom_attributes").Array();
        if (product.Images > 0)
        {
            foreach (var code in (string[])["image", "small_image", "thumbnail", "swatch_image"])
                Attribute(json, code, ImageFile(product, 0));
        }
        if (product.SpecialPrice is { } special) Attribute(json, "special_price", special.ToString("0.000000"));
        Attribute(json, "url_key", UrlKey(product));
        var options = product.Type is "configurable" or "bundle" ? "1" : "0";
        Attribute(json, "required_options", options);
        Attribute(json, "has_options", options);
        Attribute(json, "meta_title", product.Name);
        Attribute(json, "meta_keyword", product.Sku);
        Attribute(json, "meta_description", product.Name);
        if (product.Type != "grouped") Attribute(json, "tax_class_id", "2");
        json.Object().Field("attribute_code", "category_ids").Name("value").Array();
        foreach (var category in product.Categories) json.Value($"{category}");
        json.EndArray().EndObject();
    }

    static void Attribute(PhpJson json, string code, string value) =>
        json.Object().Field("attribute_code", code).Field("value", value).EndObject();

    public static string UrlKey(ProductRow product) => $"product-{product.Id}";

    static string ImageFile(ProductRow product, int index)
    {
        var hash = new Draw(7, index, product.Id).Hex(32);
        return $"/{hash[0]}/{hash[1]}/{hash}.jpg";
    }
}
