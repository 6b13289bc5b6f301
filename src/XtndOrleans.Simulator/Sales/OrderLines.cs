namespace XtndOrleans.Simulator;

/// <summary>Draws what an order is of: products of every type, each in the rows that Magento makes of it.</summary>
internal sealed class OrderLines(ProductRow[] products)
{
    readonly Dictionary<string, ProductRow[]> byType = products.GroupBy(product => product.Type).ToDictionary(type => type.Key, type => type.ToArray());

    /// <summary>What the index was made of.</summary>
    public ProductRow[] Products => products;

    public List<OrderLine> Draw(ref Draw draw, int order, bool onlyVirtual)
    {
        var lines = new List<OrderLine>();
        var (first, count) = (order * 16, 1 + draw.Below(3));
        for (var i = 0; i < count; i++)
        {
            var type = onlyVirtual ? "virtual" : draw.Below(20) switch
            {
                < 14 => "simple",
                < 15 => "virtual",
                < 18 => "configurable",
                < 19 => "bundle",
                _ => "grouped",
            };
            Add(lines, ref draw, first, type);
        }
        return lines;
    }

    void Add(List<OrderLine> lines, ref Draw draw, int first, string type)
    {
        var (quantity, price, at) = (1 + draw.Below(4), 1 + (draw.Below(9000) / 100m), draw.Below(1_000_000));
        var product = byType.TryGetValue(type, out var some) ? some[at % some.Length] : null;
        var parts = product is null ? [] : product.Children.Select(Part).OfType<ProductRow>().ToList();
        var id = first + lines.Count + 1;
        switch (type)
        {
            case "configurable" when parts.Count > 0:
                // The parent's row has its own id and name, but the variant's SKU.
                lines.Add(new(id, null, product!.Id, parts[0].Sku, product.Name, type, price, quantity));
                lines.Add(new(id + 1, id, parts[0].Id, parts[0].Sku, parts[0].Name, "simple", 0, quantity));
                break;
            case "bundle" when parts.Count > 0:
                Bundle(lines, id, product!, parts, price, quantity);
                break;
            case "grouped" when parts.Count > 0:
                foreach (var part in parts) lines.Add(new(first + lines.Count + 1, null, part.Id, part.Sku, part.Name, type, price, quantity));
                break;
            case "virtual":
                lines.Add(Single(id, product, type, at, price, quantity));
                break;
            default:
                lines.Add(Single(id, byType.TryGetValue("simple", out var simple) ? simple[at % simple.Length] : null, "simple", at, price, quantity));
                break;
        }
    }

    /// <summary>A bundle of dynamic price: the parent has the sum and a SKU put together, the parts have their prices.</summary>
    static void Bundle(List<OrderLine> lines, int id, ProductRow bundle, List<ProductRow> parts, decimal price, int quantity)
    {
        var sku = string.Join('-', parts.Select(part => part.Sku).Prepend(bundle.Sku));
        lines.Add(new(id, null, bundle.Id, sku, bundle.Name, "bundle", price * parts.Count, quantity));
        for (var i = 0; i < parts.Count; i++) lines.Add(new(id + 1 + i, id, parts[i].Id, parts[i].Sku, parts[i].Name, "simple", price, quantity));
    }

    /// <summary>Without such a product it is one that has been deleted since: its number is all that is left.</summary>
    static OrderLine Single(int id, ProductRow? product, string type, int at, decimal price, int quantity) =>
        product is null
            ? new(id, null, 1 + (at % 1000), $"SIM-{1 + (at % 1000):D6}", $"Product {1 + (at % 1000)}", type, price, quantity)
            : new(id, null, product.Id, product.Sku, product.Name, type, price, quantity);

    ProductRow? Part(int id)
    {
        var at = RecordSet<ProductRow>.FirstAfter(products, (long)id - 1);
        return at < products.Length && products[at].Id == id ? products[at] : null;
    }
}
