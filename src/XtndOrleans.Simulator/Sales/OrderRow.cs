namespace XtndOrleans.Simulator;

/// <summary>One row of an order's items. A configurable product takes two: the parent has the price, the child the stock.</summary>
public sealed record OrderLine(int ItemId, int? ParentItemId, int ProductId, string Sku, string Name, string Type, decimal Price, int Quantity)
{
    public decimal PriceWithoutTax => Math.Round(Price / 1.21m, 2);
    public decimal RowTotal => PriceOf(Quantity).RowTotal;
    public decimal RowTotalWithTax => PriceOf(Quantity).RowTotalWithTax;
    public decimal Tax => PriceOf(Quantity).Tax;

    /// <summary>What that many units of it come to.</summary>
    public LinePrice PriceOf(int quantity) => new(Math.Round(Price * quantity / 1.21m, 2), Price * quantity);
}

/// <summary>The price of some units of a line, in EUR.</summary>
public readonly record struct LinePrice(decimal RowTotal, decimal RowTotalWithTax)
{
    public decimal Tax => RowTotalWithTax - RowTotal;
}

/// <summary>Some units of an order's line, on an invoice, a shipment or a credit memo.</summary>
public sealed record OrderUnits(OrderLine Line, int Quantity);

/// <summary>The order that an edited one took the place of, and the first of the chain.</summary>
public sealed record OrderOrigin(int Id, string IncrementId, string First, int Edits);

/// <summary>An entry of an order's status history.</summary>
public sealed record OrderComment(int Id, string Text, string Status, long CreatedAt);

/// <summary>An order as the sales tables hold it. Amounts are in EUR, prices include 21 % tax.</summary>
public sealed record OrderRow : Row
{
    public required string IncrementId { get; init; }

    /// <summary>new, pending_payment, processing, complete, closed, canceled, holded or payment_review.</summary>
    public required string State { get; init; }

    public required string Status { get; init; }
    public (string State, string Status)? BeforeHold { get; init; }
    public int StoreId { get; init; } = 1;

    /// <summary>Absent for guests.</summary>
    public int? CustomerId { get; init; }

    public required string Email { get; init; }
    public required string FirstName { get; init; }
    public required string LastName { get; init; }
    public required string City { get; init; }
    public decimal Shipping { get; init; }
    public required IReadOnlyList<OrderLine> Lines { get; init; }
    public IReadOnlyList<OrderComment> Comments { get; init; } = [];
    public bool Invoiced { get; init; }
    public bool Refunded { get; init; }

    /// <summary>Units shipped, the first lines first; of <see cref="Units"/>.</summary>
    public int Shipped { get; init; }

    /// <summary>Set on an edited order, whose increment id ends in -1.</summary>
    public OrderOrigin? Original { get; init; }

    /// <summary>Set on the canceled order that an edited one took the place of.</summary>
    public (int Id, string IncrementId)? Edited { get; init; }

    /// <summary>Only virtual goods: no shipping address.</summary>
    public bool IsVirtual => Lines.All(line => line.Type == "virtual");

    /// <summary>Units that a carrier takes: a configurable's or a bundle's count once, virtual goods never.</summary>
    public int Units => UnitsOf(Lines);

    public decimal Subtotal => Lines.Where(line => line.ParentItemId is null).Sum(line => line.RowTotal);
    public decimal SubtotalWithTax => Lines.Where(line => line.ParentItemId is null).Sum(line => line.RowTotalWithTax);
    public decimal Tax => SubtotalWithTax - Subtotal;
    public decimal GrandTotal => SubtotalWithTax + Shipping;

    /// <summary>The units from the first <paramref name="skip"/> on, line by line: what a shipment of that many holds.</summary>
    public IReadOnlyList<OrderUnits> Take(int skip, int count)
    {
        var taken = new List<OrderUnits>();
        foreach (var line in Lines.Where(IsShippable))
        {
            var left = Math.Max(0, line.Quantity - skip);
            skip = Math.Max(0, skip - line.Quantity);
            if (Math.Min(left, count) is var units and > 0) taken.Add(new(line, units));
            count = Math.Max(0, count - left);
        }
        return taken;
    }

    internal int ShippedOf(OrderLine line) => Take(0, Shipped).FirstOrDefault(units => units.Line == line)?.Quantity ?? 0;

    internal static int UnitsOf(IEnumerable<OrderLine> lines) => lines.Where(IsShippable).Sum(line => line.Quantity);

    static bool IsShippable(OrderLine line) => line.ParentItemId is null && line.Type != "virtual";

    private protected override Rendered Render() => OrderJson.Render(this);
}
