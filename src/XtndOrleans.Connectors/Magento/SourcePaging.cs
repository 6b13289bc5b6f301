using XtndOrleans.Connectors.Http;

namespace XtndOrleans.Connectors.Magento;

/// <summary>
/// Goes through source items by SKU and source, since their number is not in the answer. MySQL's order takes 'abc' and 'ABC' for one SKU, by rules that we do
/// not know, so nothing is compared here: the store is asked for the rows from the last SKU on. When that does not move, because one SKU fills a page, it is
/// asked for the sources after the last one of that SKU, and then for the SKUs after it. SKU and source together are unique in the store's own order.
/// </summary>
internal sealed class SourcePaging : IPaging
{
    /// <summary>Ids in one request: each is a SKU of up to 64 letters, and servers refuse long addresses.</summary>
    public const int MostIds = 20;

    // What Magento allows at most where it limits pages.
    const int SafePage = 300;

    /// <inheritdoc/>
    public string Query(MagentoEntity entity, PageRequest request)
    {
        var query = new SearchCriteria(entity.Path);
        if (request.NewestOnly || request.CountOnly)
        {
            return request.CountOnly ? query.Count() : query.Sort("sku").Page(1);
        }
        if (request.Ids.Count > 0)
        {
            // An id without a source is one of the stock items that the store had before it had sources.
            return request.Ids.Any(id => id.Contains(':', StringComparison.Ordinal)) ? Asked(query, request) : Nothing(entity, 1);
        }
        query = SourceCursor.Read(request.AfterId) switch
        {
            { Kind: SourceCursor.Within } at => query.Where("sku", "eq", at.Sku).Where("source_code", "gt", at.Source),
            { Kind: SourceCursor.After } at => query.Where("sku", "gt", at.Sku),
            { } at => query.Where("sku", "gteq", at.Sku),
            null => query,
        };
        return query.Sort("sku").Sort("source_code").Page(request.Size);
    }

    /// <inheritdoc/>
    public string Nothing(MagentoEntity entity, int size) => new SearchCriteria(entity.Path).Where("source_item_id", "eq", "0").Page(size);

    /// <inheritdoc/>
    public Page Page(PageRequest request, StoreList list, StoreAnswer answer)
    {
        if (request.NewestOnly)
        {
            return StoreList.Page([.. list.Records.Take(1)], answer, isLast: true, list.Total);
        }
        if (request.Ids.Count > 0)
        {
            return list.Total > list.Seen ? throw TooMany() : StoreList.Page(list.Asked(request.Ids, others: true), answer, isLast: true, list.Total);
        }
        var total = list.Total ?? throw MagentoFailures.Malformed("has no total_count");
        var at = SourceCursor.Read(request.AfterId);
        var next = Next(at, list, request.Size);
        var records = list.Unique();
        // Up to the row where the last page ended all were seen: the store's order has no ties.
        var again = at is { Kind: SourceCursor.From } ? records.FindIndex(r => r.ExternalId == StockReader.KeyOf(at.Source, at.Sku)) + 1 : 0;
        records.RemoveRange(0, again);
        records.RemoveAll(r => request.Except.Contains(r.ExternalId));
        return StoreList.Page(records, answer, next is null, at is { Kind: SourceCursor.Within } ? null : total - again, next?.ToString());
    }

    // Null after the last row.
    static SourceCursor? Next(SourceCursor? at, StoreList list, int size)
    {
        if (at is { Kind: not SourceCursor.From } && list.Records.Exists(r => r.ExternalId == StockReader.KeyOf(at.Source, at.Sku)))
        {
            throw MagentoFailures.NotAsked();
        }
        if (!list.HasMore(size))
        {
            return at is { Kind: SourceCursor.Within } ? at with { Kind = SourceCursor.After } : null;
        }
        var (first, last) = (Fields(list.Records[0]), Fields(list.Records[^1]));
        var next = new SourceCursor(SourceCursor.From, last.Sku!, last.Source!);
        // Equal to the eye is enough here: going on within a SKU is right after any row, it only costs a request.
        if (at is { Kind: SourceCursor.Within } || IsLike(first.Sku!, next.Sku) || (at is not null && IsLike(at.Sku, next.Sku)))
        {
            next = next with { Kind = SourceCursor.Within };
        }
        return next != at ? next : throw MagentoFailures.Malformed("ends where the page before it ended");
    }

    static bool IsLike(string one, string other) => string.Equals(one.TrimEnd(), other.TrimEnd(), StringComparison.OrdinalIgnoreCase);

    static StockFields Fields(StoreRecord record) => (StockFields)record.Fields;

    // An id is split at every colon that it has: both a source and a SKU may have one.
    static string Asked(SearchCriteria query, PageRequest request)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(request.Ids.Count, 100);
        var sources = new HashSet<string>(StringComparer.Ordinal);
        var skus = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in request.Ids)
        {
            for (var colon = id.IndexOf(':', StringComparison.Ordinal); colon >= 0; colon = id.IndexOf(':', colon + 1))
            {
                sources.Add(id[..colon]);
                skus.Add(id[(colon + 1)..]);
            }
        }
        var most = Math.Min((long)skus.Count * sources.Count, Math.Max(request.Size, SafePage));
        return query.WhereAny("sku", skus).WhereAny("source_code", sources).Sort("sku").Sort("source_code").Page((int)Math.Max(most, 1));
    }

    static ConnectorException TooMany() => new(
        FailureKind.Rejected, FailureCodes.RequestRefused, "The records asked for do not fit into one page of the store.", "Nothing needs to be done: fewer are asked for at once.");
}
