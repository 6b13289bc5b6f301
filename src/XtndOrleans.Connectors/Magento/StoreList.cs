using XtndOrleans.Connectors.Http;

namespace XtndOrleans.Connectors.Magento;

/// <summary>A list as the store gave it, before it is known whether it is what was asked for.</summary>
/// <param name="Records">The records in the answer's order, repeated ones included.</param>
/// <param name="Total">total_count.</param>
internal readonly record struct StoreList(List<StoreRecord> Records, long? Total)
{
    /// <summary>How many records the answer has.</summary>
    public int Seen => Records.Count;

    /// <summary>
    /// Whether a page of this size may be followed by more: it is full, or the store has counted more. A row that came twice counts once: another may have given
    /// way to it.
    /// </summary>
    public bool HasMore(int size) => Seen >= size || Total > Distinct;

    int Distinct => Records.Select(record => record.ExternalId).Distinct(StringComparer.Ordinal).Count();

    /// <summary>The records, each id once: a join in the store may repeat a row, and a repeated key would make the upsert fail. The last sighting wins.</summary>
    public List<StoreRecord> Unique()
    {
        var places = new Dictionary<string, int>(Seen, StringComparer.Ordinal);
        var unique = new List<StoreRecord>(Seen);
        foreach (var record in Records)
        {
            if (places.TryAdd(record.ExternalId, unique.Count))
            {
                unique.Add(record);
            }
            else
            {
                unique[places[record.ExternalId]] = record;
            }
        }
        return unique;
    }

    /// <summary>
    /// Those of these ids that the store has; what is not among them is taken to be gone, so the answer must be the whole of what matches, and say so.
    /// </summary>
    /// <param name="ids">The ids that were asked for.</param>
    /// <param name="others">Whether the filter may let others through.</param>
    public List<StoreRecord> Asked(IReadOnlyList<string> ids, bool others)
    {
        var asked = ids.ToHashSet(StringComparer.Ordinal);
        var found = Unique();
        var matching = found.Count;
        if (found.RemoveAll(r => !asked.Contains(r.ExternalId)) > 0 && !others)
        {
            throw MagentoFailures.NotAsked();
        }
        return found.Count == asked.Count || Total <= matching
            ? found
            : throw MagentoFailures.Malformed("does not have all that it counts of the records asked for");
    }

    /// <summary>A page over the answer's buffer, which it takes over.</summary>
    public static Page Page(IReadOnlyList<StoreRecord> records, StoreAnswer answer, bool isLast, long? total, string? next = null) => new(records, answer.TakeBody())
    {
        Next = next,
        IsLast = isLast,
        Total = total,
        StoreTime = answer.Date,
        Bytes = answer.Body.Length,
    };
}
