using static XtndOrleans.Server.Records.RecordSheet;

namespace XtndOrleans.Server.Records;

/// <summary>An order for its page. The lines are canonical; addresses and totals are in the store's own words.</summary>
internal static class OrderSheet
{
    public static RecordSheet Of(FieldReader fields, BodyPart body)
    {
        var currency = fields.Text("currency");
        var more = body["extension_attributes"];
        return new()
        {
            Currency = currency,
            Facts =
            [
                .. State("status", fields.Text("status")),
                .. State("state", fields.Text("state")),
                .. Fact(RecordTexts.Field("customerName"), fields.Text("customerName")),
                .. Fact(RecordTexts.Field("customerEmail"), fields.Text("customerEmail")),
                .. Fact(RecordPageTexts.Payment, Payment(body)),
                .. Fact(RecordPageTexts.ShippingMethod, body["shipping_description"].Text ?? Shipping(more)["method"].Text),
                .. Fact(RecordPageTexts.Coupon, body["coupon_code"].Text),
            ],
            Addresses = [.. Address(RecordPageTexts.BillingAddress, body["billing_address"]), .. Address(RecordPageTexts.ShippingAddress, Shipping(more)["address"])],
            Lines = [.. fields.List("lines").Items.Take(Most).Select(line => new SheetLine(
                line["sku"].Text, line["name"].Text, line["quantity"].Number, line["price"].Number, line["rowTotal"].Number))],
            Totals =
            [
                .. Sums(body, currency),
                .. Money(RecordPageTexts.GrandTotal, fields.Number("grandTotal"), currency, isStrong: true),
                .. Money(RecordPageTexts.Paid, body["total_paid"].Number, currency, evenZero: false),
                .. Money(RecordPageTexts.Refunded, body["total_refunded"].Number, currency, evenZero: false),
                .. Money(RecordPageTexts.Due, body["total_due"].Number, currency, evenZero: false),
            ],
        };
    }

    /// <summary>An address of an order; none when the store says nothing of it.</summary>
    public static IEnumerable<SheetAddress> Address(string title, BodyPart address)
    {
        string?[] lines =
        [
            Joined(" ", address["firstname"].Text, address["lastname"].Text),
            address["company"].Text,
            .. address["street"].Text is { } street ? [street] : address["street"].Items.Take(6).Select(line => line.Text),
            Joined(" ", address["postcode"].Text, address["city"].Text),
            Joined(", ", address["region"].Text ?? address["region"]["region"].Text, address["country_id"].Text),
            address["telephone"].Text,
        ];
        var known = lines.OfType<string>().ToList();
        return known.Count == 0 ? [] : [new(title, known)];
    }

    public static string? Joined(string between, params IEnumerable<string?> parts) => string.Join(between, parts.OfType<string>()) is { Length: > 0 } text ? text : null;

    static BodyPart Shipping(BodyPart more) => more["shipping_assignments"].Items.FirstOrDefault()["shipping"];

    static string? Payment(BodyPart body) =>
        body["extension_attributes"]["payment_additional_info"].Items.FirstOrDefault(info => info["key"].Text == "method_title")["value"].Text ?? body["payment"]["method"].Text;
}
