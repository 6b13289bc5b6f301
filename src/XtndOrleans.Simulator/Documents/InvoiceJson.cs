namespace XtndOrleans.Simulator;

/// <summary>An invoice in the shape and key order of <c>GET /V1/invoices</c>; null columns are absent, not null.</summary>
internal static class InvoiceJson
{
    public static byte[] Render(InvoiceRow invoice)
    {
        var json = new PhpJson().Object();
        json.Field("base_currency_code", "EUR").Field("base_discount_amount", 0).Field("base_grand_total", invoice.GrandTotal)
            .Field("base_discount_tax_compensation_amount", 0).Field("base_shipping_amount", invoice.Shipping)
            .Field("base_shipping_discount_tax_compensation_amnt", 0).Field("base_shipping_incl_tax", invoice.Shipping)
            .Field("base_shipping_tax_amount", 0).Field("base_subtotal", invoice.Subtotal)
            .Field("base_subtotal_incl_tax", invoice.SubtotalWithTax).Field("base_tax_amount", invoice.Tax)
            .Field("base_to_global_rate", 1).Field("base_to_order_rate", 1).Field("billing_address_id", invoice.OrderId * 2L)
            .Field("can_void_flag", 0).Time("created_at", invoice.CreatedAt).Field("discount_amount", 0).Field("entity_id", invoice.Id)
            .Field("global_currency_code", "EUR").Field("grand_total", invoice.GrandTotal).Field("discount_tax_compensation_amount", 0)
            .Field("increment_id", invoice.IncrementId).Field("order_currency_code", "EUR").Field("order_id", invoice.OrderId)
            .Addresses(invoice).Field("shipping_amount", invoice.Shipping).Field("shipping_discount_tax_compensation_amount", 0)
            .Field("shipping_incl_tax", invoice.Shipping).Field("shipping_tax_amount", 0);
        DocumentJson.Totals(json, invoice);
        json.Field("total_qty", invoice.Own.Sum(units => units.Quantity));
        if (invoice.TransactionId is { } transaction) json.Field("transaction_id", transaction);
        json.Time("updated_at", invoice.UpdatedAt).Name("items").Array();
        for (var i = 0; i < invoice.Items.Count; i++) Item(json, invoice, i);
        DocumentJson.Comments(json.EndArray(), invoice);
        return json.EndObject().ToArray();
    }

    static void Item(PhpJson json, InvoiceRow invoice, int index)
    {
        var (line, quantity) = invoice.Items[index];
        var price = line.PriceOf(quantity);
        // A variant has no price of its own, a bundle's parent leaves the totals to its parts.
        var priced = line.Price > 0;
        var totalled = priced && line.Type != "bundle";
        json.Object();
        if (totalled) json.Field("base_discount_tax_compensation_amount", 0);
        json.Field("base_price", line.PriceWithoutTax);
        if (priced) json.Field("base_price_incl_tax", line.Price);
        if (totalled) Row(json, "base_", price);
        json.Field("entity_id", invoice.ItemId(index));
        if (totalled) json.Field("discount_tax_compensation_amount", 0);
        json.Field("name", line.Name).Field("parent_id", invoice.Id).Field("price", line.PriceWithoutTax);
        if (priced) json.Field("price_incl_tax", line.Price);
        json.Field("product_id", line.ProductId);
        if (totalled) json.Field("row_total", price.RowTotal).Field("row_total_incl_tax", price.RowTotalWithTax);
        json.Field("sku", line.Sku);
        if (totalled) json.Field("tax_amount", price.Tax);
        json.Field("order_item_id", line.ItemId).Field("qty", quantity).EndObject();
    }

    static void Row(PhpJson json, string prefix, LinePrice price) => json.Field($"{prefix}row_total", price.RowTotal)
        .Field($"{prefix}row_total_incl_tax", price.RowTotalWithTax).Field($"{prefix}tax_amount", price.Tax);
}
