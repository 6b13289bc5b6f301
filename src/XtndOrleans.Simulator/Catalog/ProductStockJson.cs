namespace XtndOrleans.Simulator;

/// <summary>The legacy stock item: a product has it only in a GET by SKU, or it is asked for by itself.</summary>
internal static class ProductStockJson
{
    public static byte[] Render(ProductRow product)
    {
        var json = new PhpJson();
        Write(json, product);
        return json.ToArray();
    }

    public static void Write(PhpJson json, ProductRow product)
    {
        json.Object()
            .Field("item_id", product.Id + 11).Field("product_id", product.Id).Field("stock_id", 1)
            .Field("qty", product.Quantity).Field("is_in_stock", product.Quantity > 0 || product.Children.Count > 0)
            .Field("is_qty_decimal", false).Field("show_default_notification_message", false)
            .Field("use_config_min_qty", true).Field("min_qty", 0)
            .Field("use_config_min_sale_qty", 1).Field("min_sale_qty", 1)
            .Field("use_config_max_sale_qty", true).Field("max_sale_qty", 10000)
            .Field("use_config_backorders", true).Field("backorders", 0)
            .Field("use_config_notify_stock_qty", true).Field("notify_stock_qty", 1)
            .Field("use_config_qty_increments", true).Field("qty_increments", 0)
            .Field("use_config_enable_qty_inc", true).Field("enable_qty_increments", false)
            .Field("use_config_manage_stock", true).Field("manage_stock", true)
            .Name("low_stock_date").Null()
            .Field("is_decimal_divided", false).Field("stock_status_changed_auto", 0)
            .EndObject();
    }
}
