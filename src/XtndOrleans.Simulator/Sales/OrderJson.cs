namespace XtndOrleans.Simulator;

/// <summary>An order in the shape and key order of <c>GET /V1/orders</c>; null columns are absent, not null.</summary>
internal static class OrderJson
{
    public static Rendered Render(OrderRow order)
    {
        var json = new PhpJson().Object();
        OrderTotals.Write(json, order);
        json.Name("items");
        var itemsStart = json.Length;
        json.Array();
        foreach (var line in order.Lines) OrderLineJson.Write(json, order, line);
        json.EndArray();
        var itemsEnd = json.Length;
        Address(json.Name("billing_address"), order, "billing");
        Payment(json, order);
        History(json, order);
        json.Name("extension_attributes").Object().Name("shipping_assignments").Array().Object().Name("shipping");
        Shipping(json, order);
        json.Name("items");
        // The items stand here a second time; the bytes are kept once.
        var repeatAt = json.Length;
        json.Token(default).EndObject().EndArray();
        Extensions(json, order);
        json.EndObject().EndObject();
        return new(json.ToArray(), [], itemsStart..itemsEnd, repeatAt);
    }

    static void Address(PhpJson json, OrderRow order, string type)
    {
        json.Object().Field("address_type", type).Field("city", order.City);
        if (order.Id % 3 == 0) json.Field("company", "Företag & Söner/AB");
        json.Field("country_id", "ES").Field("email", order.Email)
            .Field("entity_id", (order.Id * 2L) - (type == "billing" ? 0 : 1))
            .Field("firstname", order.FirstName).Field("lastname", order.LastName).Field("parent_id", order.Id)
            .Field("postcode", "28013").Field("region", "Madrid").Field("region_code", "Madrid").Field("region_id", 161)
            .Name("street").Array().Value($"Calle Mayor {order.Id % 400}");
        if (order.Id % 4 == 0) json.Value("2º B");
        json.EndArray().Field("telephone", "600000000").EndObject();
    }

    static void Payment(PhpJson json, OrderRow order)
    {
        json.Name("payment").Object().Name("account_status").Null()
            .Name("additional_information").Array().Value("Check / Money order");
        if (order.Id % 5 == 0) json.Null();
        json.EndArray().Field("amount_ordered", order.GrandTotal);
        Paid(json, order, "amount_paid", "amount_refunded", order.GrandTotal);
        json.Field("base_amount_ordered", order.GrandTotal);
        Paid(json, order, "base_amount_paid", "base_amount_refunded", order.GrandTotal);
        json.Field("base_shipping_amount", order.Shipping);
        Paid(json, order, "base_shipping_captured", "base_shipping_refunded", order.Shipping);
        if (order.Refunded) json.Field("cc_exp_year", "0");
        json.Name("cc_last4").Null();
        if (order.Refunded) json.Field("cc_ss_start_month", "0").Field("cc_ss_start_year", "0");
        json.Field("entity_id", order.Id).Field("method", "checkmo").Field("parent_id", order.Id).Field("shipping_amount", order.Shipping);
        Paid(json, order, "shipping_captured", "shipping_refunded", order.Shipping);
        json.EndObject();
    }

    static void Paid(PhpJson json, OrderRow order, string paid, string refunded, decimal amount)
    {
        if (order.Invoiced) json.Field(paid, amount);
        if (order.Refunded) json.Field(refunded, amount);
    }

    static void History(PhpJson json, OrderRow order)
    {
        json.Name("status_histories").Array();
        foreach (var comment in order.Comments.Reverse())
        {
            json.Object().Field("comment", comment.Text).Field("created_at", StoreTime.Text(comment.CreatedAt))
                .Field("entity_id", comment.Id).Field("entity_name", "order").Name("is_customer_notified").Null()
                .Field("is_visible_on_front", 0).Field("parent_id", order.Id).Field("status", comment.Status).EndObject();
        }
        json.EndArray();
    }

    static void Shipping(PhpJson json, OrderRow order)
    {
        json.Object();
        if (!order.IsVirtual)
        {
            Address(json.Name("address"), order, "shipping");
            json.Field("method", "flatrate_flatrate");
        }
        json.Name("total").Object();
        foreach (var prefix in (string[])["base_", ""])
        {
            json.Field($"{prefix}shipping_amount", order.Shipping).Field($"{prefix}shipping_discount_amount", 0)
                .Field(prefix.Length > 0 ? "base_shipping_discount_tax_compensation_amnt" : "shipping_discount_tax_compensation_amount", 0)
                .Field($"{prefix}shipping_incl_tax", order.Shipping);
            Paid(json, order, $"{prefix}shipping_invoiced", $"{prefix}shipping_refunded", order.Shipping);
            json.Field($"{prefix}shipping_tax_amount", 0);
            if (order.Refunded) json.Field($"{prefix}shipping_tax_refunded", 0);
        }
        json.EndObject().EndObject();
    }

    static void Extensions(PhpJson json, OrderRow order)
    {
        json.Name("payment_additional_info").Array().Object()
            .Field("key", "method_title").Field("value", "Check / Money order").EndObject().EndArray();
        json.Name("applied_taxes").Array();
        TaxRate(json, order.Tax);
        json.EndArray().Name("item_applied_taxes").Array();
        foreach (var line in order.Lines.Where(line => line.ParentItemId is null))
        {
            json.Object().Field("type", "product").Field("item_id", line.ItemId).Name("applied_taxes").Array();
            TaxRate(json, line.Tax);
            json.EndArray().EndObject();
        }
        json.EndArray().Field("converting_from_quote", false).Name("taxes").Array().Object()
            .Field("tax_id", order.Id).Field("order_id", order.Id).Field("code", "ES-IVA-21").Field("title", "ES-IVA-21")
            .Field("percent", 21).Field("amount", order.Tax).Field("base_amount", order.Tax).Field("base_real_amount", order.Tax)
            .Field("priority", 0).Field("position", 0).Field("process", 0).EndObject().EndArray()
            .Name("additional_itemized_taxes").Empty();
    }

    static void TaxRate(PhpJson json, decimal amount) =>
        json.Object().Field("code", "ES-IVA-21").Field("title", "ES-IVA-21").Field("percent", 21)
            .Field("amount", amount).Field("base_amount", amount).EndObject();
}
