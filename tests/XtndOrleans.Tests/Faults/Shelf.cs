using System.Text;
using System.Text.Json.Nodes;
using XtndOrleans.Connectors;
using XtndOrleans.Simulator;

namespace XtndOrleans.Tests.Faults;

/// <summary>The records of one entity in a store, whatever they are: looked at, and changed as a shop's people change them.</summary>
internal abstract class Shelf(MagentoStore store)
{
    public static Shelf Of(MagentoStore store, string entity) => entity switch
    {
        Entities.Product => new Shelf<ProductRow>(store, store.Products, (row, id) => row with { Id = id, Sku = $"ADDED-{id}" }),
        Entities.Order => new Shelf<OrderRow>(store, store.Orders, (row, id) => row with { Id = id }),
        Entities.Invoice => new Shelf<InvoiceRow>(store, store.Invoices, (row, id) => row with { Id = id }),
        Entities.Shipment => new Shelf<ShipmentRow>(store, store.Shipments, (row, id) => row with { Id = id }),
        Entities.Accounting => new Shelf<CreditMemoRow>(store, store.CreditMemos, (row, id) => row with { Id = id }),
        Entities.Customer => new Shelf<CustomerRow>(store, store.CustomerRows, (row, id) => row with { Id = id, Email = $"added-{id}@shop.example" }),
        Entities.Stock => new Shelf<SourceItemRow>(store, store.SourceItems, (row, id) => row with { Id = id, Sku = $"ZZ-{id:D6}" }),
        _ => throw new ArgumentOutOfRangeException(nameof(entity), entity, null),
    };

    /// <summary>The store's ids, ascending.</summary>
    public abstract IReadOnlyList<int> Ids { get; }

    /// <summary>What each record's JSON is, by the id that it has with us.</summary>
    public abstract SortedDictionary<string, string> Bodies { get; }

    /// <summary>The second that the store's database would stamp on a change now.</summary>
    public long Now => store.Clock.DatabaseSecond;

    /// <summary>The one that pages come to last. Stock comes by SKU, whatever its source and however the SKU is spelt; all else by id.</summary>
    public int Last => Ids.OrderBy(id => Sku(id) is null ? id : 0).ThenBy(Sku, StringComparer.OrdinalIgnoreCase).Last();

    /// <summary>The id that a record has with us.</summary>
    public abstract string ExternalId(int id);

    string? Sku(int id) => ExternalId(id).Split(':', 2) is [_, var sku] ? sku : null;

    /// <summary>Adds records in one second, the present one unless told otherwise. Answers their ids.</summary>
    public abstract IReadOnlyList<int> Add(int count, long? second = null);

    /// <summary>Saves records with something new in them; their time of change is the present second unless told otherwise.</summary>
    public abstract void Save(IEnumerable<int> ids, string note, long? second = null);

    /// <summary>Changes records in a way that does not move their time of change.</summary>
    public abstract void ChangeQuietly(IEnumerable<int> ids, string note);

    /// <summary>Deletes; no list will ever tell.</summary>
    public abstract void Delete(params IReadOnlyCollection<int> ids);

    /// <summary>Leaves so many records, with as many added as that takes.</summary>
    public void Count(int wanted)
    {
        Delete([.. Ids.Skip(wanted)]);
        Add(wanted - Ids.Count);
    }
}

internal sealed class Shelf<TRow>(MagentoStore store, RecordSet<TRow> rows, Func<TRow, int, TRow> renumber) : Shelf(store)
    where TRow : Row
{
    public override IReadOnlyList<int> Ids => [.. rows.All.Select(row => row.Id)];

    public override SortedDictionary<string, string> Bodies =>
        new(rows.All.ToDictionary(Key, row => Encoding.UTF8.GetString(row.Json.ToArray())), StringComparer.Ordinal);

    public override string ExternalId(int id) => Key(rows.Find(id)!);

    public override IReadOnlyList<int> Add(int count, long? second = null)
    {
        var (like, at) = (rows.All[0], second ?? Now);
        return [.. rows.Add(count, id => renumber(like, id) with { CreatedAt = at, UpdatedAt = at }).Select(row => row.Id)];
    }

    public override void Save(IEnumerable<int> ids, string note, long? second = null)
    {
        var at = second ?? Now;
        foreach (var id in ids)
        {
            Assert.True(rows.Change(id, row => row with { Patch = Note(note), UpdatedAt = at }));
        }
    }

    public override void ChangeQuietly(IEnumerable<int> ids, string note)
    {
        foreach (var id in ids)
        {
            Assert.True(rows.Change(id, row => row with { Patch = Note(note) }));
        }
    }

    public override void Delete(params IReadOnlyCollection<int> ids) => Assert.Equal(ids.Count, rows.Delete(ids));

    static string Key(TRow row) => row is SourceItemRow item ? $"{item.SourceCode}:{item.Sku}" : row.Id.ToString();

    static JsonObject Note(string note) => new() { ["note_of_the_test"] = note };
}
