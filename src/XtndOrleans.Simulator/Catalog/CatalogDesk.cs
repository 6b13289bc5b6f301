using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace XtndOrleans.Simulator;

/// <summary>What a merchant does to the catalogue. Each says whether <c>updated_at</c> moves, as measured on a real store.</summary>
public sealed class CatalogDesk
{
    readonly MagentoStore store;
    readonly ulong seed;

    internal CatalogDesk(MagentoStore store, ulong seed) => (this.store, this.seed) = (store, seed);

    /// <summary>PUT /products/:sku; moves.</summary>
    public bool Rename(int id, string name) => Save(id, row => row with { Name = name });

    /// <summary>PUT /products/:sku below a store view's code; moves. Null: the view has no name of its own any more.</summary>
    public bool RenameInView(int id, string view, string? name) => Save(id, row =>
    {
        var names = row.ViewNames.Where(known => known.Key != view);
        return row with { ViewNames = (name is null ? names : names.Append(new(view, name))).ToFrozenDictionary() };
    });

    /// <summary>PUT /products/:sku; moves.</summary>
    public bool SetPrice(int id, decimal price) => Save(id, row => row with { Price = price });

    /// <summary>PUT /products/:sku; moves. The id stays.</summary>
    public bool ChangeSku(int id, string sku) => Save(id, row => row with { Sku = sku });

    /// <summary>PUT /products/:sku; moves. 1 enabled, 2 disabled.</summary>
    public bool SetStatus(int id, int status) => Save(id, row => row with { Status = status });

    /// <summary>A save that changes nothing; moves all the same.</summary>
    public bool Touch(int id) => Save(id, row => row with { });

    /// <summary>POST /products/:sku/media; moves.</summary>
    public bool AddImage(int id) => Save(id, row => row with { Images = row.Images + 1 });

    /// <summary>The stock item, and with it the source item of the default source; does not move.</summary>
    public bool SetStock(int id, decimal quantity) => store.Stock.SetLegacy(id, quantity);

    /// <summary>POST /products/special-price; does not move, but the record's JSON changes.</summary>
    public bool SetSpecialPrice(int id, decimal? price) => Quietly(id, row => row with { SpecialPrice = price });

    /// <summary>POST /products/base-prices on 2.4.7; does not move.</summary>
    public bool SetBasePrice(int id, decimal price) => Quietly(id, row => row with { Price = price });

    /// <summary>POST /products/tier-prices; does not move.</summary>
    public bool SetTierPrices(int id, IReadOnlyList<(int Quantity, decimal Price)> tiers) => Quietly(id, row => row with { TierPrices = tiers });

    /// <summary>POST /categories/:id/products; does not move.</summary>
    public bool AssignCategory(int id, int category) =>
        Quietly(id, row => row.Categories.Contains(category) ? row : row with { Categories = [.. row.Categories, category] });

    /// <summary>Bends the record's JSON by a merge patch (RFC 7396); the filters do not see it.</summary>
    public bool Patch(int id, JsonObject? patch, bool moves = true) =>
        moves ? Save(id, row => row with { Patch = patch }) : Quietly(id, row => row with { Patch = patch });

    /// <summary>One statement over the whole table: every row gets the same second.</summary>
    public int RenameAll(Func<ProductRow, string> name)
    {
        var now = store.Clock.DatabaseSecond;
        return store.Products.ChangeAll(row => row with { Name = name(row), UpdatedAt = now });
    }

    /// <summary>Adds products under the next free ids, all in the present second, and the source items of those that have stock.</summary>
    public IReadOnlyList<ProductRow> Add(int count = 1)
    {
        var now = store.Clock.DatabaseSecond;
        var added = store.Products.Add(count, id => ProductFactory.New(seed, store.Number, id, now));
        var stocked = added.Where(SourceItemFactory.Has).ToList();
        var next = 0;
        store.SourceItems.Add(stocked.Count, id => SourceItemFactory.Of(stocked[next++], id));
        return added;
    }

    /// <summary>Deletes; no list will ever tell. Source items stay, as by Magento's default. The number that existed.</summary>
    public int Delete(params IReadOnlyCollection<int> ids) => store.Products.Delete(ids);

    bool Save(int id, Func<ProductRow, ProductRow> change) =>
        store.Products.Change(id, row => change(row) with { UpdatedAt = store.Clock.DatabaseSecond });

    bool Quietly(int id, Func<ProductRow, ProductRow> change) => store.Products.Change(id, change);
}
