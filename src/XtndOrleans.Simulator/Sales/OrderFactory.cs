namespace XtndOrleans.Simulator;

/// <summary>Makes a store's orders out of its products: the same for the same seed.</summary>
internal static class OrderFactory
{
    static readonly (string State, string Status)[] states =
    [
        ("new", "pending"), ("processing", "processing"), ("complete", "complete"), ("complete", "complete"), ("complete", "complete"),
        ("closed", "closed"), ("canceled", "canceled"), ("holded", "holded"), ("pending_payment", "pending_payment"),
        ("processing", "awaiting_fraud_check"),
    ];

    static readonly string[] firstNames = ["Ana", "José", "Björn", "Zoë", "Marta", "李", "Oskar", "Inés"];
    static readonly string[] lastNames = ["García Núñez", "Müller", "Ångström", "O'Neill", "Ibáñez", "Smith"];
    static readonly string[] cities = ["Madrid", "Malmö", "Köln", "Sevilla", "A Coruña"];

    public static OrderRow[] Make(ulong seed, MagentoStore store, int count)
    {
        var rows = new OrderRow[count];
        var (id, start) = (0, ProductFactory.Opening + 86_400);
        for (var i = 0; i < count; i++)
        {
            var draw = new Draw(seed + 1, store.Number, i);
            id += draw.Chance(3) ? 2 : 1;
            var created = start + (i * 61L);
            rows[i] = Make(ref draw, store, id, created, i > 10 && draw.Chance(2) ? rows[i - 5] : null);
        }
        return rows;
    }

    /// <summary>One more order, placed at a moment in the store's life.</summary>
    public static OrderRow New(ulong seed, MagentoStore store, int id, long now)
    {
        var draw = new Draw(seed + 1, store.Number, id + 1_000_000_000);
        return Make(ref draw, store, id, now, null) with
        {
            State = "new",
            Status = "pending",
            BeforeHold = null,
            Invoiced = false,
            Refunded = false,
            Shipped = 0,
            UpdatedAt = now,
        };
    }

    static OrderRow Make(ref Draw draw, MagentoStore store, int id, long created, OrderRow? edited)
    {
        var (state, status) = draw.Pick(states);
        var storeId = draw.Chance(20) ? 2 : 1;
        var guest = draw.Chance(55);
        var customer = 1 + draw.Below(200);
        var lines = Lines(ref draw, store, id, onlyVirtual: draw.Chance(6));
        var units = lines.Where(line => line.ParentItemId is null && line.Type != "virtual").Sum(line => line.Quantity);
        var invoiced = state is "complete" or "closed" || status == "processing";
        return new OrderRow
        {
            Id = id,
            IncrementId = edited is null ? $"{(storeId == 2 ? "2" : "0")}{id:D8}" : $"{edited.IncrementId.Split('-')[0]}-1",
            Original = edited is null ? null : (edited.Id, edited.IncrementId),
            State = state,
            Status = status,
            BeforeHold = state == "holded" ? ("new", "pending") : null,
            StoreId = storeId,
            CustomerId = guest ? null : customer,
            Email = guest ? $"guest{id}@example.com" : $"user_{customer}@example.com",
            FirstName = draw.Pick(firstNames),
            LastName = draw.Pick(lastNames),
            City = draw.Pick(cities),
            Shipping = 5 * units,
            Lines = lines,
            Invoiced = invoiced,
            Refunded = state == "closed",
            Shipped = state is "complete" or "closed" && units > 0 ? lines[0].Quantity : 0,
            CreatedAt = created,
            UpdatedAt = invoiced ? created + draw.Below(300) : created + 2,
        };
    }

    static List<OrderLine> Lines(ref Draw draw, MagentoStore store, int order, bool onlyVirtual)
    {
        var lines = new List<OrderLine>();
        var (item, count) = (order * 8, 1 + draw.Below(3));
        for (var i = 0; i < count; i++)
        {
            var product = draw.Below(1000);
            var quantity = 1 + draw.Below(4);
            var price = 1 + (draw.Below(9000) / 100m);
            var type = onlyVirtual ? "virtual" : draw.Below(10) switch { < 8 => "simple", < 9 => "virtual", _ => "configurable" };
            // A product that has been deleted since stays in the order: its number is all that is left.
            var id = store.Products.Snapshot is { Length: > 0 } rows ? rows[product % rows.Length].Id : 1 + product;
            var name = store.Products.Find(id)?.Name ?? $"Product {id}";
            var sku = store.Products.Find(id)?.Sku ?? $"SIM-{id:D6}";
            lines.Add(new(++item, null, id, sku, name, type, price, quantity));
            if (type == "configurable") lines.Add(new(item + 1, item++, id, sku, name + " - variant", "simple", 0, quantity));
        }
        return lines;
    }
}
