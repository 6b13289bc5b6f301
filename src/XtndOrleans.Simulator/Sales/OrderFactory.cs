namespace XtndOrleans.Simulator;

/// <summary>Makes a store's orders out of its products and customers: the same for the same seed.</summary>
internal sealed class OrderFactory(ulong seed, MagentoStore store)
{
    static readonly (string State, string Status)[] states =
    [
        ("new", "pending"), ("processing", "processing"), ("complete", "complete"), ("complete", "complete"), ("complete", "complete"),
        ("closed", "closed"), ("canceled", "canceled"), ("holded", "holded"), ("pending_payment", "pending_payment"),
        ("processing", "awaiting_fraud_check"),
    ];

    static readonly string[] cities = ["Madrid", "Malmö", "Köln", "Sevilla", "A Coruña"];

    OrderLines? lines;

    public OrderRow[] Make(int count)
    {
        var rows = new OrderRow[count];
        var (id, start) = (0, ProductFactory.Opening + 86_400);
        for (var i = 0; i < count; i++)
        {
            var draw = new Draw(seed + 1, store.Number, i);
            id += draw.Chance(3) ? 2 : 1;
            rows[i] = Make(ref draw, id, start + (i * 61L));
            if (i > 10 && draw.Chance(2) && rows[i - 5].Edited is null) (rows[i - 5], rows[i]) = Replace(rows[i - 5], rows[i], rows[i].CreatedAt);
        }
        return rows;
    }

    /// <summary>One more order, placed at a moment in the store's life.</summary>
    public OrderRow New(int id, long now)
    {
        var draw = new Draw(seed + 1, store.Number, id + 1_000_000_000);
        return Open(Make(ref draw, id, now), now) with { Comments = [] };
    }

    /// <summary>An edit in the admin: the old order is canceled, a new one takes its place under its number and -1.</summary>
    public static (OrderRow Old, OrderRow New) Replace(OrderRow old, OrderRow replacement, long now)
    {
        var (first, edits) = (old.Original?.First ?? old.IncrementId, (old.Original?.Edits ?? 0) + 1);
        var made = replacement with
        {
            IncrementId = $"{first}-{edits}",
            StoreId = old.StoreId,
            CustomerId = old.CustomerId,
            Email = old.Email,
            FirstName = old.FirstName,
            LastName = old.LastName,
            Original = new(old.Id, old.IncrementId, first, edits),
        };
        return (Canceled(old, now) with { Edited = (made.Id, made.IncrementId) }, made);
    }

    static OrderRow Canceled(OrderRow order, long now) => Open(order, now) with { State = "canceled", Status = "canceled" };

    /// <summary>Nothing has been done about it yet.</summary>
    static OrderRow Open(OrderRow order, long now) => order with
    {
        State = "new",
        Status = "pending",
        BeforeHold = null,
        Invoiced = false,
        Refunded = false,
        Shipped = 0,
        UpdatedAt = now,
    };

    OrderRow Make(ref Draw draw, int id, long created)
    {
        var (state, status) = draw.Pick(states);
        var storeId = draw.Chance(20) ? 2 : 1;
        var customers = store.CustomerRows.Snapshot;
        var customer = draw.Chance(55) || customers.Length == 0 ? null : customers[draw.Below(customers.Length)];
        var items = Index().Draw(ref draw, id, onlyVirtual: draw.Chance(6));
        var units = OrderRow.UnitsOf(items);
        var invoiced = state is "complete" or "closed" || status == "processing";
        return new OrderRow
        {
            Id = id,
            IncrementId = $"{(storeId == 2 ? "2" : "0")}{id:D8}",
            State = state,
            Status = status,
            BeforeHold = state == "holded" ? ("new", "pending") : null,
            StoreId = storeId,
            CustomerId = customer?.Id,
            Email = customer?.Email ?? $"guest{id}@example.com",
            FirstName = customer?.FirstName ?? CustomerFactory.FirstName(ref draw),
            LastName = customer?.LastName ?? CustomerFactory.LastName(ref draw),
            City = draw.Pick(cities),
            Shipping = 5 * units,
            Lines = items,
            Invoiced = invoiced,
            Refunded = state == "closed",
            Comments = draw.Chance(12) ? [new(id * 16, "Wrap it, please.", status, created + 60)] : [],
            Shipped = state is "complete" or "closed" ? units : status == "processing" && draw.Chance(60) ? draw.Below(units + 1) : 0,
            CreatedAt = created,
            UpdatedAt = invoiced ? created + draw.Below(300) : created + 2,
        };
    }

    /// <summary>Made anew when the catalogue has other products.</summary>
    OrderLines Index()
    {
        var now = store.Products.Snapshot;
        return lines is { } known && ReferenceEquals(known.Products, now) ? known : lines = new(now);
    }
}
