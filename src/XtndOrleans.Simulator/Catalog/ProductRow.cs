using System.Collections.Frozen;

namespace XtndOrleans.Simulator;

/// <summary>A product as the catalogue tables hold it.</summary>
public sealed record ProductRow : Row
{
    public required string Sku { get; init; }
    public required string Name { get; init; }

    /// <summary>Names of store views by their codes. A view without one shows <see cref="Name"/>.</summary>
    public IReadOnlyDictionary<string, string> ViewNames { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>simple, virtual, configurable, bundle or grouped.</summary>
    public required string Type { get; init; }

    /// <summary>Absent for grouped products, 0 for configurable and bundle ones.</summary>
    public decimal? Price { get; init; }

    /// <summary>1 enabled, 2 disabled.</summary>
    public int Status { get; init; } = 1;

    /// <summary>1 not visible (a variant), 4 catalogue and search.</summary>
    public int Visibility { get; init; } = 4;

    public decimal? Weight { get; init; }
    public IReadOnlyList<int> Websites { get; init; } = [1];
    public IReadOnlyList<int> Categories { get; init; } = [];

    /// <summary>Ids of the variants, of a bundle's parts or of a group's members.</summary>
    public IReadOnlyList<int> Children { get; init; } = [];

    public decimal? SpecialPrice { get; init; }
    public IReadOnlyList<(int Quantity, decimal Price)> TierPrices { get; init; } = [];
    public int Images { get; init; } = 1;

    /// <summary>In <c>stock_item</c>, which lists do not have.</summary>
    public decimal Quantity { get; init; } = 100;

    /// <summary>Which of the shared descriptions it has.</summary>
    internal int Text { get; init; }

    private protected override Rendered Render() => new(ProductJson.Render(this, withStock: false), ProductTexts.Tail(Text));

    /// <summary>As a store view shows it.</summary>
    internal ProductRow In(string view) => ViewNames.TryGetValue(view, out var name) ? this with { Name = name } : this;

    /// <summary>The answer to a GET by SKU, which has the stock item that lists omit.</summary>
    internal byte[] Single()
    {
        var whole = new Rendered(ProductJson.Render(this, withStock: true), ProductTexts.Tail(Text)).ToArray();
        return Patch is null ? whole : PhpJsonNodes.Merge(whole, Patch);
    }
}
