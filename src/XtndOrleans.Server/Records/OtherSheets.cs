using static XtndOrleans.Server.Records.RecordSheet;

namespace XtndOrleans.Server.Records;

/// <summary>A product, a customer or what a source has of a product, for its page.</summary>
internal static class OtherSheets
{
    public static RecordSheet OfProduct(FieldReader fields, BodyPart body)
    {
        var currency = fields.Text("currency");
        var special = body["custom_attributes"].Items.FirstOrDefault(attribute => attribute["attribute_code"].Text == "special_price")["value"].Number;
        return new()
        {
            Facts =
            [
                .. Fact(RecordTexts.Field("sku"), fields.Text("sku")),
                .. State("status", fields.Text("status")),
                .. Fact(RecordTexts.Field("type"), fields.Text("type")),
                .. Money(RecordTexts.Field("price"), fields.Number("price"), currency, isStrong: true),
                .. Money(RecordPageTexts.SpecialPrice, special, currency),
                .. Fact(RecordTexts.Field("quantity"), fields.Number("quantity") is { } quantity ? Amounts.Number(quantity) : null),
                .. Fact(RecordPageTexts.Weight, body["weight"].Number is { } weight ? Amounts.Number(weight) : null),
            ],
        };
    }

    public static RecordSheet OfCustomer(FieldReader fields) => new()
    {
        Facts =
        [
            .. Fact(RecordTexts.Field("name"), fields.Text("name")),
            .. Fact(RecordTexts.Field("email"), fields.Text("email")),
            .. Fact(RecordTexts.Field("group"), fields.Text("group")),
        ],
        Addresses = [.. fields.List("addresses").Items.Take(Most).SelectMany(Address)],
    };

    public static RecordSheet OfStock(FieldReader fields) => new()
    {
        Facts =
        [
            .. Fact(RecordTexts.Field("sku"), fields.Text("sku")),
            .. Fact(RecordTexts.Field("source"), fields.Text("source")),
            .. fields.Number("quantity") is { } quantity ? [new SheetFact(RecordTexts.Field("quantity"), Amounts.Number(quantity), true)] : Array.Empty<SheetFact>(),
            .. Fact(RecordTexts.Field("inStock"), fields.Flag("inStock") is { } has ? has ? RecordTexts.Yes : RecordTexts.No : null),
        ],
    };

    static IEnumerable<SheetAddress> Address(BodyPart address)
    {
        string?[] lines =
        [
            address["name"].Text, address["company"].Text, address["street"].Text,
            OrderSheet.Joined(" ", address["postcode"].Text, address["city"].Text),
            OrderSheet.Joined(", ", address["region"].Text, address["country"].Text),
            address["telephone"].Text,
        ];
        var title = (address["isBilling"].Text, address["isShipping"].Text) switch
        {
            ("true", "true") => RecordPageTexts.BothAddresses,
            ("true", _) => RecordPageTexts.BillingAddress,
            (_, "true") => RecordPageTexts.ShippingAddress,
            _ => RecordPageTexts.OtherAddress,
        };
        return lines.OfType<string>().Any() ? [new(title, [.. lines.OfType<string>()])] : [];
    }
}
