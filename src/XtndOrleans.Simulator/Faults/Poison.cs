using System.Collections.Concurrent;

namespace XtndOrleans.Simulator;

/// <summary>How a corrupt row shows in any page that would contain it.</summary>
public enum PoisonMode
{
    /// <summary>500 with the masked message.</summary>
    InternalError,

    /// <summary>500 in the second shape, <c>messages.error</c>.</summary>
    FatalError,

    /// <summary>200 with an empty body.</summary>
    Blank,

    /// <summary>200 with JSON that stops in the middle.</summary>
    Truncated,

    /// <summary>404 where a list belongs.</summary>
    NotFound,
}

/// <summary>The corrupt rows of a store.</summary>
public sealed class PoisonedRows
{
    readonly ConcurrentDictionary<(string Entity, int Id), PoisonMode> rows = new();
    int hits;

    internal PoisonedRows()
    {
    }

    /// <summary>How many pages held a corrupt row.</summary>
    public int Hits => hits;

    /// <summary>
    /// The entity is one of <see cref="EntityNames"/>, or its path (products, creditmemos). The id of stock is a source item's,
    /// or a product's where the store has legacy stock only.
    /// </summary>
    public void Add(string entity, int id, PoisonMode mode = PoisonMode.InternalError) => rows[(EntityNames.Known(entity), id)] = mode;

    public bool Remove(string entity, int id) => rows.TryRemove((EntityNames.Known(entity), id), out _);

    public void Clear() => rows.Clear();

    internal PoisonMode? Of(string entity, int id) => rows.TryGetValue((entity, id), out var mode) ? mode : null;

    internal PoisonMode? In<TRow>(string entity, ReadOnlySpan<TRow> page) where TRow : Row
    {
        if (rows.IsEmpty) return null;
        foreach (var row in page)
        {
            if (rows.TryGetValue((entity, row.Id), out var mode))
            {
                Interlocked.Increment(ref hits);
                return mode;
            }
        }
        return null;
    }
}
