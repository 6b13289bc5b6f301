namespace XtndOrleans.Simulator;

/// <summary>The columns of an order's own row, in Magento's order: amounts of the base currency before the others.</summary>
internal static class OrderTotals
{
    public static void Write(PhpJson json, OrderRow order)
    {
        BaseAmounts(json, order);
        Customer(json, order);
        Amounts(json, order);
        Identity(json, order);
        Totals(json, order);
    }

    static void BaseAmounts(PhpJson json, OrderRow order)
    {
        if (order.Refunded)
        {
            json.Field("adjustment_negative", 0).Field("adjustment_positive", 0)
                .Field("base_adjustment_negative", 0).Field("base_adjustment_positive", 0);
        }
        json.Field("base_currency_code", "EUR").Field("base_discount_amount", 0);
        if (order.Invoiced) json.Field("base_discount_invoiced", 0);
        if (order.Refunded) json.Field("base_discount_refunded", 0);
        json.Field("base_grand_total", order.GrandTotal).Field("base_discount_tax_compensation_amount", 0);
        if (order.Invoiced) json.Field("base_discount_tax_compensation_invoiced", 0);
        if (order.Refunded) json.Field("base_discount_tax_compensation_refunded", 0);
        json.Field("base_shipping_amount", order.Shipping).Field("base_shipping_discount_amount", 0)
            .Field("base_shipping_discount_tax_compensation_amnt", 0).Field("base_shipping_incl_tax", order.Shipping);
        if (order.Invoiced) json.Field("base_shipping_invoiced", order.Shipping);
        if (order.Refunded) json.Field("base_shipping_refunded", order.Shipping);
        json.Field("base_shipping_tax_amount", 0);
        if (order.Refunded) json.Field("base_shipping_tax_refunded", 0);
        json.Field("base_subtotal", order.Subtotal).Field("base_subtotal_incl_tax", order.SubtotalWithTax);
        Done(json, order, "base_subtotal", order.Subtotal);
        json.Field("base_tax_amount", order.Tax);
        Done(json, order, "base_tax", order.Tax);
        json.Field("base_total_due", order.Invoiced ? 0 : order.GrandTotal);
        if (order.Invoiced) json.Field("base_total_invoiced", order.GrandTotal).Field("base_total_invoiced_cost", 0);
        if (order.Refunded) json.Field("base_total_offline_refunded", order.GrandTotal);
        if (order.Invoiced) json.Field("base_total_paid", order.GrandTotal);
        if (order.Refunded) json.Field("base_total_refunded", order.GrandTotal);
        json.Field("base_to_global_rate", 1).Field("base_to_order_rate", 1).Field("billing_address_id", order.Id * 2L)
            .Time("created_at", order.CreatedAt);
    }

    static void Done(PhpJson json, OrderRow order, string column, decimal amount)
    {
        if (order.Invoiced) json.Field($"{column}_invoiced", amount);
        if (order.Refunded) json.Field($"{column}_refunded", amount);
    }

    static void Customer(PhpJson json, OrderRow order)
    {
        if (order.CustomerId is not null) json.Field("customer_dob", "1991-10-12 00:00:00");
        json.Field("customer_email", order.Email).Field("customer_firstname", order.FirstName)
            .Field("customer_group_id", order.CustomerId is null ? 0 : 1);
        if (order.CustomerId is { } customer) json.Field("customer_id", customer);
        json.Field("customer_is_guest", order.CustomerId is null ? 1 : 0).Field("customer_lastname", order.LastName)
            .Field("customer_note_notify", 1);
    }

    static void Amounts(PhpJson json, OrderRow order)
    {
        json.Field("discount_amount", 0);
        if (order.Invoiced) json.Field("discount_invoiced", 0);
        if (order.Refunded) json.Field("discount_refunded", 0);
        if (order.Original is { } origin) json.Field("edit_increment", origin.Edits);
        json.Field("email_sent", 1).Field("entity_id", order.Id).Field("global_currency_code", "EUR")
            .Field("grand_total", order.GrandTotal).Field("discount_tax_compensation_amount", 0);
        if (order.Invoiced) json.Field("discount_tax_compensation_invoiced", 0);
        if (order.Refunded) json.Field("discount_tax_compensation_refunded", 0);
    }

    static void Identity(PhpJson json, OrderRow order)
    {
        if (order.BeforeHold is { } before) json.Field("hold_before_state", before.State).Field("hold_before_status", before.Status);
        json.Field("increment_id", order.IncrementId).Field("is_virtual", order.IsVirtual ? 1 : 0).Field("order_currency_code", "EUR");
        if (order.Original is { } first) json.Field("original_increment_id", first.First);
        json.Field("protect_code", new Draw(11, order.StoreId, order.Id).Hex(32)).Field("quote_id", order.Id + 3);
        if (order.Edited is { } child) json.Field("relation_child_id", $"{child.Id}").Field("relation_child_real_id", child.IncrementId);
        if (order.Original is { } parent) json.Field("relation_parent_id", $"{parent.Id}").Field("relation_parent_real_id", parent.IncrementId);
        json.Field("remote_ip", "127.0.0.1").Field("shipping_amount", order.Shipping);
        if (!order.IsVirtual) json.Field("shipping_description", "Flat Rate - Fixed");
        json.Field("shipping_discount_amount", 0).Field("shipping_discount_tax_compensation_amount", 0)
            .Field("shipping_incl_tax", order.Shipping);
        if (order.Invoiced) json.Field("shipping_invoiced", order.Shipping);
        if (order.Refunded) json.Field("shipping_refunded", order.Shipping);
        json.Field("shipping_tax_amount", 0);
        if (order.Refunded) json.Field("shipping_tax_refunded", 0);
        json.Field("state", order.State).Field("status", order.Status)
            .Field("store_currency_code", "EUR").Field("store_id", order.StoreId).Field("store_name", StoreName(order.StoreId))
            .Field("store_to_base_rate", 0).Field("store_to_order_rate", 0);
    }

    static void Totals(PhpJson json, OrderRow order)
    {
        json.Field("subtotal", order.Subtotal).Field("subtotal_incl_tax", order.SubtotalWithTax);
        Done(json, order, "subtotal", order.Subtotal);
        json.Field("tax_amount", order.Tax);
        Done(json, order, "tax", order.Tax);
        json.Field("total_due", order.Invoiced ? 0 : order.GrandTotal);
        if (order.Invoiced) json.Field("total_invoiced", order.GrandTotal);
        var rows = order.Lines.Count(line => line.ParentItemId is null);
        var units = order.Lines.Where(line => line.ParentItemId is null).Sum(line => line.Quantity);
        json.Field("total_item_count", rows);
        if (order.Refunded) json.Field("total_offline_refunded", order.GrandTotal);
        if (order.Invoiced) json.Field("total_paid", order.GrandTotal);
        json.Field("total_qty_ordered", units);
        if (order.Refunded) json.Field("total_refunded", order.GrandTotal);
        json.Time("updated_at", order.UpdatedAt).Field("weight", order.IsVirtual ? 0 : units);
    }

    static string StoreName(int store) => store == 2
        ? "Website 2\nStore Group 2\nStore view 2"
        : "Main Website\nMain Website Store\nDefault Store View";
}
