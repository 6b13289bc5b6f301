using static XtndOrleans.Server.Records.RecordSheet;

namespace XtndOrleans.Server.Records;

/// <summary>An invoice, a credit memo or a shipment for its page. Their lines are in the store's own words.</summary>
internal static class PaperSheet
{
    public static RecordSheet OfDocument(FieldReader fields, BodyPart body)
    {
        var currency = fields.Text("currency");
        return new()
        {
            Currency = currency,
            Facts = [.. State("state", fields.Text("state"))],
            // A configurable product's variant repeats its parent without a price.
            Lines = [.. Lines(body).Where(line => line.Total is not null || line.Price is not (null or 0))],
            Totals =
            [
                .. Sums(body, currency),
                .. Money(RecordPageTexts.Adjustment, body["adjustment"].Number, currency, evenZero: false),
                .. Money(RecordPageTexts.GrandTotal, fields.Number("grandTotal"), currency, isStrong: true),
            ],
        };
    }

    public static RecordSheet OfShipment(FieldReader fields, BodyPart body) => new()
    {
        Facts =
        [
            .. Fact(RecordTexts.Field("totalQuantity"), fields.Number("totalQuantity") is { } pieces ? Amounts.Number(pieces) : null),
            .. fields.List("tracks").Items.Take(Most).SelectMany(track => Fact(track["carrier"].Text ?? RecordPageTexts.Tracks, track["number"].Text)),
            .. Fact(RecordTexts.Field("source"), body["extension_attributes"]["source_code"].Text),
        ],
        Lines = [.. Lines(body).Select(line => line with { Price = null, Total = null })],
    };

    static IEnumerable<SheetLine> Lines(BodyPart body) => body["items"].Items.Take(Most).Select(line => new SheetLine(
        line["sku"].Text, line["name"].Text, line["qty"].Number, line["price"].Number, line["row_total"].Number));
}
