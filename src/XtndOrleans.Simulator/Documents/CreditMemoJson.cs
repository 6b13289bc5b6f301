namespace XtndOrleans.Simulator;

/// <summary>A credit memo in the shape and key order of <c>GET /V1/creditmemos</c>; null columns are absent but for an item's cost.</summary>
internal static class CreditMemoJson
{
    public static byte[] Render(CreditMemoRow memo)
    {
        var json = new PhpJson().Object();
        foreach (var prefix in (string[])["", "base_"])
        {
            json.Field($"{prefix}adjustment", 0).Field($"{prefix}adjustment_negative", 0).Field($"{prefix}adjustment_positive", 0);
        }
        json.Field("base_currency_code", "EUR").Field("base_discount_amount", 0).Field("base_grand_total", memo.GrandTotal)
            .Field("base_discount_tax_compensation_amount", 0).Field("base_shipping_amount", memo.Shipping)
            .Field("base_shipping_incl_tax", memo.Shipping).Field("base_shipping_tax_amount", 0).Field("base_subtotal", memo.Subtotal)
            .Field("base_subtotal_incl_tax", memo.SubtotalWithTax).Field("base_tax_amount", memo.Tax)
            .Field("base_to_global_rate", 1).Field("base_to_order_rate", 1).Field("billing_address_id", memo.OrderId * 2L)
            .Time("created_at", memo.CreatedAt).Field("discount_amount", 0).Field("entity_id", memo.Id)
            .Field("global_currency_code", "EUR").Field("grand_total", memo.GrandTotal).Field("discount_tax_compensation_amount", 0)
            .Field("increment_id", memo.IncrementId).Field("order_currency_code", "EUR").Field("order_id", memo.OrderId)
            .Addresses(memo).Field("shipping_amount", memo.Shipping).Field("shipping_incl_tax", memo.Shipping).Field("shipping_tax_amount", 0);
        DocumentJson.Totals(json, memo);
        if (memo.TransactionId is { } transaction) json.Field("transaction_id", transaction);
        json.Time("updated_at", memo.UpdatedAt).Name("items").Array();
        for (var i = 0; i < memo.Items.Count; i++) Item(json, memo, i);
        DocumentJson.Comments(json.EndArray(), memo);
        return json.EndObject().ToArray();
    }

    static void Item(PhpJson json, CreditMemoRow memo, int index)
    {
        var (line, quantity) = memo.Items[index];
        var price = line.PriceOf(quantity);
        json.Object().Name("base_cost").Null().Field("base_discount_amount", 0).Field("base_discount_tax_compensation_amount", 0)
            .Field("base_price", line.PriceWithoutTax).Field("base_price_incl_tax", line.Price).Field("base_row_total", price.RowTotal)
            .Field("base_row_total_incl_tax", price.RowTotalWithTax).Field("base_tax_amount", price.Tax)
            .Field("base_weee_tax_row_disposition", 0).Field("discount_amount", 0).Field("entity_id", memo.ItemId(index))
            .Field("discount_tax_compensation_amount", 0).Field("name", line.Name).Field("order_item_id", line.ItemId)
            .Field("parent_id", memo.Id).Field("price", line.PriceWithoutTax).Field("price_incl_tax", line.Price)
            .Field("product_id", line.ProductId).Field("qty", quantity).Field("row_total", price.RowTotal)
            .Field("row_total_incl_tax", price.RowTotalWithTax).Field("sku", line.Sku).Field("tax_amount", price.Tax)
            .Field("weee_tax_applied", "[]").Field("weee_tax_applied_row_amount", 0).Field("weee_tax_row_disposition", 0).EndObject();
    }
}
