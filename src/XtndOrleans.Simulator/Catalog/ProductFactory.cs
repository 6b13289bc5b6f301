namespace XtndOrleans.Simulator;

/// <summary>Makes a store's catalogue: the same for the same seed.</summary>
internal static class ProductFactory
{
    /// <summary>2026-01-05 08:00:00 UTC: when the first product was imported.</summary>
    public const long Opening = 1767600000;

    const int perSecond = 250;

    static readonly string[] materials = ["Oak", "Linen", "Steel", "Wool", "Glass", "Copper", "Paper", "Ash", "Bambú", "Björk"];
    static readonly string[] things = ["Lamp", "Chair", "Bowl", "Shelf", "Blanket", "Table", "Clock", "Mirror", "Vas", "Señal"];

    public static ProductRow[] Make(ulong seed, int store, int count)
    {
        var rows = new ProductRow[count];
        var (id, simple) = (0, new List<int>());
        for (var i = 0; i < count; i++)
        {
            var draw = new Draw(seed, store, i);
            // Deleted products leave gaps in a real store's ids.
            id += draw.Chance(5) ? 2 + draw.Below(4) : 1;
            rows[i] = Make(ref draw, id, i, Opening + (i / perSecond));
            if (rows[i].Type == "simple") simple.Add(id);
            else if (rows[i].Children.Count > 0) rows[i] = rows[i] with { Children = [.. simple.TakeLast(3)] };
        }
        return rows;
    }

    /// <summary>One more product, made at a moment in the store's life.</summary>
    public static ProductRow New(ulong seed, int store, int id, long now)
    {
        var draw = new Draw(seed, store, id + 1_000_000_000);
        return Make(ref draw, id, id, now);
    }

    static ProductRow Make(ref Draw draw, int id, int index, long created)
    {
        var type = Type(draw.Below(100), index);
        var hasChildren = type is "configurable" or "bundle" or "grouped";
        return new ProductRow
        {
            Id = id,
            Sku = Sku(id, index),
            Name = $"{draw.Pick(materials)} {draw.Pick(things)} {id}",
            Type = type,
            Price = Price(type, draw.Below(20000)),
            Status = draw.Chance(2) ? 2 : 1,
            Visibility = type == "simple" && draw.Chance(12) ? 1 : 4,
            Weight = type switch { "virtual" or "grouped" => null, "bundle" => 0, _ => 1 + (draw.Below(40) / 10m) },
            Websites = draw.Chance(30) ? [1, 2] : [1],
            Categories = draw.Chance(80) ? [3 + draw.Below(30)] : [],
            Children = hasChildren ? [.. Enumerable.Range(Math.Max(1, id - 3), Math.Min(3, id - 1))] : [],
            SpecialPrice = type == "simple" && draw.Chance(4) ? 4.5m : null,
            Images = draw.Below(3),
            Quantity = hasChildren ? 0 : draw.Below(500),
            Text = draw.Below(ProductTexts.Count),
            CreatedAt = created,
            UpdatedAt = created,
        };
    }

    static string Type(int draw, int index) => draw switch
    {
        _ when index < 4 => "simple",
        < 84 => "simple",
        < 89 => "virtual",
        < 95 => "configurable",
        < 98 => "bundle",
        _ => "grouped",
    };

    static decimal? Price(string type, int draw) => type switch
    {
        "grouped" => null,
        "configurable" or "bundle" => 0,
        _ => draw % 3 == 0 ? 1 + (draw / 100) : 1 + (draw / 100m),
    };

    /// <summary>A few SKUs are of the kind that breaks clients.</summary>
    static string Sku(int id, int index) => index switch
    {
        7 => "SIM/ÅÄÖ-100% & co",
        8 => "SIM,COMMA",
        9 => "sim virtual 1",
        _ => $"SIM-{id:D6}",
    };
}
