namespace XtndOrleans.Simulator;

/// <summary>Makes the papers that a store's orders have: the same for the same seed.</summary>
internal static class DocumentFactory
{
    static readonly string[] carriers = ["SEUR", "MRW", "Correos"];

    public static InvoiceRow[] Invoices(OrderRow[] orders)
    {
        var invoiced = Array.FindAll(orders, order => order.Invoiced);
        return [.. invoiced.Select((order, index) => Invoice(order, index + 1, order.CreatedAt + 1))];
    }

    /// <summary>About a third of the orders of several units go in two parcels.</summary>
    public static ShipmentRow[] Shipments(ulong seed, int store, OrderRow[] orders)
    {
        var rows = new List<ShipmentRow>();
        foreach (var order in orders.Where(order => order.Shipped > 0))
        {
            var draw = new Draw(seed + 4, store, order.Id);
            var first = order.Shipped > 1 && draw.Chance(33) ? 1 + draw.Below(order.Shipped - 1) : order.Shipped;
            rows.Add(Tracked(ref draw, Shipment(order, rows.Count + 1, 0, first, order.CreatedAt + 2)));
            if (first < order.Shipped)
                rows.Add(Tracked(ref draw, Shipment(order, rows.Count + 1, first, order.Shipped - first, order.CreatedAt + 120)));
        }
        return [.. rows];
    }

    public static CreditMemoRow[] CreditMemos(OrderRow[] orders)
    {
        var refunded = Array.FindAll(orders, order => order.Refunded);
        return [.. refunded.Select((order, index) => CreditMemo(order, index + 1, order.UpdatedAt))];
    }

    public static InvoiceRow Invoice(OrderRow order, int id, long now) => new()
    {
        Id = id,
        IncrementId = Number(order, id),
        OrderId = order.Id,
        StoreId = order.StoreId,
        Items = All(order),
        Shipping = order.Shipping,
        HasShippingAddress = !order.IsVirtual,
        CreatedAt = now,
        UpdatedAt = now,
    };

    public static CreditMemoRow CreditMemo(OrderRow order, int id, long now) => new()
    {
        Id = id,
        IncrementId = Number(order, id),
        OrderId = order.Id,
        StoreId = order.StoreId,
        Items = All(order),
        Shipping = order.Shipping,
        HasShippingAddress = !order.IsVirtual,
        CreatedAt = now,
        UpdatedAt = now,
    };

    public static ShipmentRow Shipment(OrderRow order, int id, int skip, int count, long now) => new()
    {
        Id = id,
        IncrementId = Number(order, id),
        OrderId = order.Id,
        StoreId = order.StoreId,
        CustomerId = order.CustomerId,
        Items = order.Take(skip, count),
        HasShippingAddress = true,
        CreatedAt = now,
        UpdatedAt = now,
    };

    public static ShipmentTrack Track(ShipmentRow shipment, string number, long now) =>
        new((shipment.Id * 16) + shipment.Tracks.Count, number, carriers[number.Length % carriers.Length], now);

    static ShipmentRow Tracked(ref Draw draw, ShipmentRow shipment)
    {
        for (var left = draw.Below(10) switch { 0 => 0, 1 => 2, _ => 1 }; left > 0; left--)
            shipment = shipment with { Tracks = [.. shipment.Tracks, Track(shipment, $"ES{draw.Next() % 10_000_000_000:D10}", shipment.CreatedAt)] };
        return shipment;
    }

    static OrderUnits[] All(OrderRow order) => [.. order.Lines.Select(line => new OrderUnits(line, line.Quantity))];

    static string Number(OrderRow order, int id) => $"{(order.StoreId == 2 ? "2" : "0")}{id:D8}";
}
