using XtndOrleans.Connectors;
using XtndOrleans.Engine.Records;

namespace XtndOrleans.Server.Records;

/// <summary>One thing to know of a record.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Value">For people.</param>
/// <param name="IsStrong">Whether it is what one looks for.</param>
/// <param name="IsState">Whether it is a state, drawn as such.</param>
public sealed record SheetFact(string Label, string Value, bool IsStrong = false, bool IsState = false);

/// <summary>An address, line by line.</summary>
public sealed record SheetAddress(string Title, IReadOnlyList<string> Lines);

/// <summary>A line of an order or a paper.</summary>
public sealed record SheetLine(string? Sku, string? Name, decimal? Quantity, decimal? Price, decimal? Total);

/// <summary>What the page of a record shows of it. What the store does not say is left out.</summary>
public sealed record RecordSheet
{
    /// <summary>Of what is shown from a body at most: a strange one must not fill the page.</summary>
    public const int Most = 500;

    /// <summary>What is known of it.</summary>
    public IReadOnlyList<SheetFact> Facts { get; init; } = [];

    /// <summary>Its addresses.</summary>
    public IReadOnlyList<SheetAddress> Addresses { get; init; } = [];

    /// <summary>Its lines.</summary>
    public IReadOnlyList<SheetLine> Lines { get; init; } = [];

    /// <summary>Its sums.</summary>
    public IReadOnlyList<SheetFact> Totals { get; init; } = [];

    /// <summary>Of the lines' prices.</summary>
    public string? Currency { get; init; }

    /// <summary>The sheet of a record.</summary>
    public static RecordSheet Of(string entity, RecordView record)
    {
        var (fields, body) = (new FieldReader(record), BodyPart.Of(record.Body));
        return entity switch
        {
            Entities.Order => OrderSheet.Of(fields, body),
            Entities.Invoice or Entities.Accounting => PaperSheet.OfDocument(fields, body),
            Entities.Shipment => PaperSheet.OfShipment(fields, body),
            Entities.Customer => OtherSheets.OfCustomer(fields),
            Entities.Product => OtherSheets.OfProduct(fields, body),
            _ => OtherSheets.OfStock(fields),
        };
    }

    internal static IEnumerable<SheetFact> Fact(string label, string? value) => string.IsNullOrWhiteSpace(value) ? [] : [new(label, value)];

    internal static IEnumerable<SheetFact> State(string field, string? value) => Fact(RecordTexts.Field(field), value).Select(fact => fact with { IsState = true });

    /// <summary>What the total of an order, an invoice or a credit memo is made of, in Magento's words.</summary>
    internal static IEnumerable<SheetFact> Sums(BodyPart body, string? currency) =>
    [
        .. Money(RecordPageTexts.Subtotal, body["subtotal"].Number, currency),
        .. Money(RecordPageTexts.Shipping, body["shipping_amount"].Number, currency),
        .. Money(RecordPageTexts.Discount, body["discount_amount"].Number, currency, evenZero: false),
        .. Money(RecordPageTexts.Tax, body["tax_amount"].Number, currency),
    ];

    internal static IEnumerable<SheetFact> Money(string label, decimal? amount, string? currency, bool evenZero = true, bool isStrong = false) =>
        amount is { } known && (evenZero || known != 0) ? [new(label, Amounts.Money(known, currency), isStrong)] : [];
}
