namespace XtndOrleans.Simulator;

/// <summary>A paper that belongs to an order: an invoice, a shipment or a credit memo.</summary>
public abstract record DocumentRow : Row
{
    public required string IncrementId { get; init; }
    public required int OrderId { get; init; }
    public int StoreId { get; init; } = 1;

    /// <summary>What of the order it is for.</summary>
    public required IReadOnlyList<OrderUnits> Items { get; init; }

    public IReadOnlyList<string> Comments { get; init; } = [];

    /// <summary>Absent for an order of virtual goods.</summary>
    public bool HasShippingAddress { get; init; }

    internal int ItemId(int index) => (Id * 16) + index + 1;
}

/// <summary>An invoice or a credit memo. Amounts are in EUR.</summary>
public abstract record MoneyDocumentRow : DocumentRow
{
    public decimal Shipping { get; init; }

    /// <summary>The payment's; absent until somebody notes one.</summary>
    public string? TransactionId { get; init; }

    public decimal Subtotal => Own.Sum(units => units.Line.PriceOf(units.Quantity).RowTotal);
    public decimal SubtotalWithTax => Own.Sum(units => units.Line.PriceOf(units.Quantity).RowTotalWithTax);
    public decimal Tax => SubtotalWithTax - Subtotal;
    public decimal GrandTotal => SubtotalWithTax + Shipping;

    /// <summary>The items that are no part of another.</summary>
    internal IEnumerable<OrderUnits> Own => Items.Where(units => units.Line.ParentItemId is null);
}

/// <summary>An invoice, paid.</summary>
public sealed record InvoiceRow : MoneyDocumentRow
{
    private protected override Rendered Render() => new(InvoiceJson.Render(this), []);
}

/// <summary>A credit memo, refunded.</summary>
public sealed record CreditMemoRow : MoneyDocumentRow
{
    private protected override Rendered Render() => new(CreditMemoJson.Render(this), []);
}

/// <summary>A parcel's number.</summary>
public sealed record ShipmentTrack(int Id, string Number, string Title, long CreatedAt);

/// <summary>A shipment, of all or of part of an order.</summary>
public sealed record ShipmentRow : DocumentRow
{
    /// <summary>Absent for guests.</summary>
    public int? CustomerId { get; init; }

    public IReadOnlyList<ShipmentTrack> Tracks { get; init; } = [];

    /// <summary>Absent until somebody weighs it.</summary>
    public decimal? Weight { get; init; }

    private protected override Rendered Render() => new(ShipmentJson.Render(this), []);
}
