namespace XtndOrleans.Simulator;

/// <summary>One row of an order's items. A configurable product takes two: the parent has the price, the child the stock.</summary>
public sealed record OrderLine(int ItemId, int? ParentItemId, int ProductId, string Sku, string Name, string Type, decimal Price, int Quantity)
{
    public decimal PriceWithoutTax => Math.Round(Price / 1.21m, 2);
    public decimal RowTotal => Math.Round(Price * Quantity / 1.21m, 2);
    public decimal RowTotalWithTax => Price * Quantity;
    public decimal Tax => RowTotalWithTax - RowTotal;
}

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

    /// <summary>Units shipped, of the first line that is no child.</summary>
    public int Shipped { get; init; }

    /// <summary>Set on an edited order, whose increment id ends in -1.</summary>
    public (int Id, string IncrementId)? Original { get; init; }

    /// <summary>Only virtual goods: no shipping address.</summary>
    public bool IsVirtual => Lines.All(line => line.Type == "virtual");

    public decimal Subtotal => Lines.Sum(line => line.RowTotal);
    public decimal SubtotalWithTax => Lines.Sum(line => line.RowTotalWithTax);
    public decimal Tax => SubtotalWithTax - Subtotal;
    public decimal GrandTotal => SubtotalWithTax + Shipping;

    private protected override Rendered Render() => OrderJson.Render(this);
}
