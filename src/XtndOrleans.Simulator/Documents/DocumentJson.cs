namespace XtndOrleans.Simulator;

/// <summary>What the papers of an order have in common.</summary>
internal static class DocumentJson
{
    public static PhpJson Addresses(this PhpJson json, DocumentRow row)
    {
        if (row.HasShippingAddress) json.Field("shipping_address_id", (row.OrderId * 2L) - 1);
        return json;
    }

    public static void Comments(PhpJson json, DocumentRow row)
    {
        json.Name("comments").Array();
        for (var i = 0; i < row.Comments.Count; i++)
        {
            json.Object().Field("is_customer_notified", 0).Field("parent_id", row.Id).Field("comment", row.Comments[i])
                .Field("is_visible_on_front", 0).Time("created_at", row.CreatedAt).Field("entity_id", row.ItemId(i)).EndObject();
        }
        json.EndArray();
    }

    /// <summary>From store_currency_code to tax_amount, as invoices and credit memos have it.</summary>
    public static void Totals(PhpJson json, MoneyDocumentRow row)
    {
        json.Field("state", 2).Field("store_currency_code", "EUR").Field("store_id", row.StoreId)
            .Field("store_to_base_rate", 0).Field("store_to_order_rate", 0)
            .Field("subtotal", row.Subtotal).Field("subtotal_incl_tax", row.SubtotalWithTax).Field("tax_amount", row.Tax);
    }
}
