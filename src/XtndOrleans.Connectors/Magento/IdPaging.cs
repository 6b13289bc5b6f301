using System.Globalization;
using XtndOrleans.Connectors.Http;

namespace XtndOrleans.Connectors.Magento;

/// <summary>Goes by ascending number: those after the last one seen. A number does not move while we read.</summary>
internal sealed class IdPaging : IPaging
{
    const int MostIds = 100;
    const string Id = "entity_id";

    /// <inheritdoc/>
    public string Query(MagentoEntity entity, PageRequest request)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(request.Ids.Count, MostIds);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(request.Except.Count, MostIds);
        var query = new SearchCriteria(entity.Path);
        if (request.NewestOnly)
        {
            return Without(query, request).Sort("updated_at", "DESC").Page(1);
        }
        if (request.Ids is [_, ..] ids)
        {
            return query.WhereList(Id, "in", ids.Select(Plain)).Sort(Id).Page(ids.Count);
        }
        if (request.AfterId is { } after)
        {
            query.Where(Id, "gt", Plain(after));
        }
        if (request.ChangedSince is { } since)
        {
            // A space, never T and Z or an offset: Magento answers an offset with no rows and garbage with every row, both without an error.
            query.Where("updated_at", "gteq", since.UtcDateTime.ToString("yyyy-MM-dd' 'HH':'mm':'ss", CultureInfo.InvariantCulture));
        }
        if (request.UpToId is { } upTo)
        {
            query.Where(Id, "lteq", Plain(upTo));
        }
        Without(query, request);
        return request.CountOnly ? query.Count() : query.Sort(Id).Page(request.Size);
    }

    /// <inheritdoc/>
    public string Nothing(MagentoEntity entity, int size) => new SearchCriteria(entity.Path).Where(Id, "eq", "0").Sort(Id).Page(size);

    /// <inheritdoc/>
    public Page Page(PageRequest request, StoreList list, StoreAnswer answer)
    {
        if (request.NewestOnly)
        {
            return StoreList.Page([.. list.Records.Take(1)], answer, isLast: true, list.Total);
        }
        if (request.Ids.Count > 0)
        {
            // They are few; the store's order is not needed.
            var asked = list.Asked(request.Ids, others: false);
            asked.Sort((a, b) => Number(a).CompareTo(Number(b)));
            return StoreList.Page(asked, answer, isLast: true, list.Total);
        }
        var records = InOrder(request, list);
        if (records is [.., var last] && (request.UpToId is { } upTo && Number(last) > Number(upTo) || records.Exists(r => request.Except.Contains(r.ExternalId))))
        {
            throw MagentoFailures.NotAsked();
        }
        // A full page is never the last, even when total_count says so: stores exist that count only the page. That costs one request, rarely.
        return StoreList.Page(records, answer, isLast: !list.HasMore(request.Size), list.Total);
    }

    // A store that ignores the filter would make us read for ever; one that ignores the order would make us skip what lies between. Only a page that is the
    // whole of what was asked for can be put in order here.
    static List<StoreRecord> InOrder(PageRequest request, StoreList list)
    {
        var after = request.AfterId is { } id ? Number(id) : 0;
        var (last, ordered) = (after, true);
        var records = new List<StoreRecord>(list.Seen);
        foreach (var record in list.Records)
        {
            var number = Number(record);
            if (number == last && records.Count > 0)
            {
                // A join in the store repeats a row; a repeated key would make the upsert fail. The last sighting wins.
                records[^1] = record;
                continue;
            }
            ordered &= number > last;
            last = number;
            records.Add(record);
        }
        return ordered ? records : Sorted(request, list, after);
    }

    static List<StoreRecord> Sorted(PageRequest request, StoreList list, long after)
    {
        var sorted = new SortedDictionary<long, StoreRecord>();
        foreach (var record in list.Records)
        {
            sorted[Number(record)] = record;
        }
        if (sorted.Keys.First() <= after)
        {
            throw MagentoFailures.NotAsked();
        }
        return list.Seen < request.Size && list.Total <= sorted.Count ? [.. sorted.Values] : throw MagentoFailures.Malformed("is not in the order of ids that was asked for");
    }

    static SearchCriteria Without(SearchCriteria query, PageRequest request) =>
        request.Except is [_, ..] unwanted ? query.WhereList(Id, "nin", unwanted.Select(Plain)) : query;

    static string Plain(string id) => Number(id).ToString(CultureInfo.InvariantCulture);

    static long Number(StoreRecord record) => Number(record.ExternalId);

    static long Number(string id) => long.Parse(id, NumberStyles.None, CultureInfo.InvariantCulture);
}
