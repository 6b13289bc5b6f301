namespace XtndOrleans.Simulator;

/// <summary>One item of an order; a configurable's child carries its whole parent again.</summary>
internal static class OrderLineJson
{
    public static void Write(PhpJson json, OrderRow order, OrderLine line)
    {
        json.Object();
        Amounts(json, order, line);
        Identity(json, order, line);
        Rows(json, order, line);
        if (line.ParentItemId is { } parentId)
        {
            json.Name("parent_item");
            Write(json, order, order.Lines.First(parent => parent.ItemId == parentId));
        }
        if (line.Type == "configurable") Configurable(json);
        if (line.Type == "bundle") Bundle(json, order, line);
        json.Name("extension_attributes").Object().Name("itemized_taxes").Array();
        if (line.ParentItemId is null) Tax(json, order, line);
        json.EndArray().EndObject();
        // The answer's after-discount totals are put into a row that has none; so they come last.
        if (!IsPriced(line)) json.Field("row_total_incl_tax", 0).Field("base_row_total_incl_tax", 0);
        json.EndObject();
    }

    /// <summary>A variant has no price of its own, so the columns that its parent has are NULL in its row.</summary>
    static bool IsPriced(OrderLine line) => line.Price > 0;

    static void Amounts(PhpJson json, OrderRow order, OrderLine line)
    {
        var (priced, refunded) = (IsPriced(line), order.Refunded ? line.RowTotal : 0);
        json.Field("amount_refunded", refunded).Field("base_amount_refunded", refunded)
            .Field("base_discount_amount", 0).Field("base_discount_invoiced", 0);
        Compensation(json, order, "base_", priced);
        if (priced) json.Field("base_original_price", line.Price);
        json.Field("base_price", line.PriceWithoutTax);
        if (priced) json.Field("base_price_incl_tax", line.Price);
        json.Field("base_row_invoiced", order.Invoiced ? line.RowTotal : 0).Field("base_row_total", line.RowTotal);
        if (priced) json.Field("base_row_total_incl_tax", line.RowTotalWithTax);
        json.Field("base_tax_amount", line.Tax).Field("base_tax_invoiced", order.Invoiced ? line.Tax : 0);
        if (order.Refunded) json.Field("base_tax_refunded", line.Tax);
        json.Time("created_at", order.CreatedAt).Field("discount_amount", 0).Field("discount_invoiced", 0).Field("discount_percent", 0);
        if (order.Refunded) json.Field("discount_refunded", 0);
        json.Field("free_shipping", 0);
        Compensation(json, order, "", priced);
    }

    static void Compensation(PhpJson json, OrderRow order, string prefix, bool priced)
    {
        if (order.Refunded && prefix.Length > 0) json.Field("base_discount_refunded", 0);
        if (priced) json.Field($"{prefix}discount_tax_compensation_amount", 0);
        if (order.Invoiced) json.Field($"{prefix}discount_tax_compensation_invoiced", 0);
        if (order.Refunded) json.Field($"{prefix}discount_tax_compensation_refunded", 0);
    }

    static void Identity(PhpJson json, OrderRow order, OrderLine line)
    {
        json.Field("is_qty_decimal", 0).Field("is_virtual", line.Type == "virtual" ? 1 : 0).Field("item_id", line.ItemId)
            .Field("name", line.Name).Field("no_discount", 0).Field("order_id", order.Id).Field("original_price", line.Price);
        if (line.ParentItemId is { } parent) json.Field("parent_item_id", parent);
        json.Field("price", line.PriceWithoutTax);
        if (IsPriced(line)) json.Field("price_incl_tax", line.Price);
        json.Field("product_id", line.ProductId).Field("product_type", line.Type);
    }

    static void Rows(PhpJson json, OrderRow order, OrderLine line)
    {
        json.Field("qty_canceled", order.State == "canceled" ? line.Quantity : 0)
            .Field("qty_invoiced", order.Invoiced ? line.Quantity : 0).Field("qty_ordered", line.Quantity)
            .Field("qty_refunded", order.Refunded ? line.Quantity : 0)
            .Field("qty_shipped", order.ShippedOf(line))
            .Field("quote_item_id", line.ItemId + 19).Field("row_invoiced", order.Invoiced ? line.RowTotal : 0)
            .Field("row_total", line.RowTotal);
        if (IsPriced(line)) json.Field("row_total_incl_tax", line.RowTotalWithTax);
        json.Field("row_weight", IsPriced(line) ? line.Quantity : 0)
            .Field("sku", line.Sku).Field("store_id", order.StoreId).Field("tax_amount", line.Tax)
            .Field("tax_invoiced", order.Invoiced ? line.Tax : 0).Field("tax_percent", IsPriced(line) ? 21 : 0);
        if (order.Refunded) json.Field("tax_refunded", line.Tax);
        json.Time("updated_at", order.UpdatedAt);
        if (order.Invoiced && IsPriced(line)) json.Field("weee_tax_applied", "[]");
        json.Field("weight", 1);
    }

    static void Configurable(PhpJson json) => json.Name("product_option").Object().Name("extension_attributes").Object()
        .Name("configurable_item_options").Array()
        .Object().Field("option_id", "93").Field("option_value", 49).EndObject()
        .EndArray().EndObject().EndObject();

    static void Bundle(PhpJson json, OrderRow order, OrderLine bundle)
    {
        json.Name("product_option").Object().Name("extension_attributes").Object().Name("bundle_options").Array();
        var option = 0;
        foreach (var part in order.Lines.Where(line => line.ParentItemId == bundle.ItemId))
        {
            json.Object().Field("option_id", ++option).Field("option_qty", 1)
                .Name("option_selections").Array().Value(part.ProductId).EndArray().EndObject();
        }
        json.EndArray().EndObject().EndObject();
    }

    static void Tax(PhpJson json, OrderRow order, OrderLine line) => json.Object()
        .Field("tax_item_id", line.ItemId).Field("tax_id", order.Id).Field("item_id", line.ItemId).Field("tax_code", "ES-IVA-21")
        .Field("tax_percent", 21).Field("amount", line.Tax).Field("base_amount", line.Tax)
        .Field("real_amount", line.Tax).Field("real_base_amount", line.Tax).Field("taxable_item_type", "product").EndObject();
}
