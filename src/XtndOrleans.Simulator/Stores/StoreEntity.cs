using System.Text;

namespace XtndOrleans.Simulator;

/// <summary>One entity of a store in the way that is the same for all: what a test needs that changes anything and compares everything.</summary>
public abstract class StoreEntity
{
    /// <summary>One of <see cref="EntityNames"/>.</summary>
    public abstract string Name { get; }

    public abstract int Count { get; }

    /// <summary>The ids as the database has them: a product's <c>id</c>, an <c>entity_id</c>, a <c>source_item_id</c>.</summary>
    public abstract IReadOnlyList<int> Ids();

    /// <summary>The record's JSON as the list would serve it; null when there is no such id.</summary>
    public abstract string? Body(int id);

    /// <summary>
    /// Changes something that the JSON shows. Visibly: <c>updated_at</c> moves, as with a new name; else it does not, as with a special
    /// price, a comment, a track or an address. Stock has no such time and changes its quantity. False when there is no such id.
    /// </summary>
    public abstract bool Touch(int id, bool visibly);

    /// <summary>Adds one and gives its id. An invoice, shipment or credit memo comes with a new order of its own.</summary>
    public abstract int Add();

    /// <summary>Deletes without a trace; an order takes its papers with it. False when there is no such id.</summary>
    public abstract bool Delete(int id);

    /// <summary>Sets <c>updated_at</c> and nothing else; null makes it NULL, which is absent from the JSON. Stock has none.</summary>
    public abstract bool SetUpdatedAt(int id, DateTimeOffset? at);

    /// <summary>One statement over the whole table: every row gets the same second. Returns how many there are.</summary>
    public abstract int SetUpdatedAtOfAll(DateTimeOffset? at);
}

/// <summary>What an entity's desk does for <see cref="StoreEntity"/>.</summary>
internal sealed record EntityDeeds(Func<int, bool, bool> Touch, Func<int> Add, Func<int, bool> Delete);

internal sealed class StoreEntity<TRow>(string name, RecordSet<TRow> rows, EntityDeeds deeds, Func<TRow, byte[]>? body = null) : StoreEntity where TRow : Row
{
    public override string Name => name;
    public override int Count => rows.Count;
    public override IReadOnlyList<int> Ids() => Array.ConvertAll(rows.Snapshot, row => row.Id);
    public override bool Touch(int id, bool visibly) => deeds.Touch(id, visibly);
    public override int Add() => deeds.Add();
    public override bool Delete(int id) => deeds.Delete(id);

    public override string? Body(int id) =>
        rows.Find(id) is { } row ? Encoding.UTF8.GetString(body?.Invoke(row) ?? row.Json.ToArray()) : null;

    public override bool SetUpdatedAt(int id, DateTimeOffset? at) => rows.Change(id, row => At(row, at));

    public override int SetUpdatedAtOfAll(DateTimeOffset? at) => rows.ChangeAll(row => At(row, at));

    static TRow At(Row row, DateTimeOffset? at) => (TRow)(row with { UpdatedAt = at?.ToUnixTimeSeconds() ?? Row.Undated });
}
