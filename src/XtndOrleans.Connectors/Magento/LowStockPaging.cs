using System.Globalization;
using XtndOrleans.Connectors.Http;

namespace XtndOrleans.Connectors.Magento;

/// <summary>
/// Goes through the stock items of a store without multi-source inventory. Their only list is that of low stock, asked for with a quantity that nothing passes.
/// It has page numbers only, and no order: what is missed because a product was deleted meanwhile comes with the next read. A page begins at a multiple of its
/// size, so after a change of size some rows come again, never fewer. Magento up to 2.3 repeats the last page
/// for ever, which ends it.
/// </summary>
internal sealed class LowStockPaging : IPaging
{
    /// <summary>How its cursors begin.</summary>
    public const string Mark = "rows:";

    const string Everything = "100000000";

    /// <inheritdoc/>
    public string Query(MagentoEntity entity, PageRequest request) => request switch
    {
        // A stock item cannot be asked for by number. It lives and dies with its product, and whether products exist can be asked.
        { Ids: [_, ..] ids } => Products([.. ids.Where(IsNumber)]) + "&fields=total_count",
        { CountOnly: true } => $"{List(entity, Everything, 1, 1)}&fields=total_count",
        { NewestOnly: true } => List(entity, Everything, 1, 1),
        _ => List(entity, Everything, Cursor(request.AfterId).Rows / request.Size + 1, request.Size),
    };

    /// <inheritdoc/>
    public bool CountsAll => true;

    /// <inheritdoc/>
    public bool IsCount(PageRequest request) => request is { CountOnly: true } or { Ids.Count: > 0 };

    /// <inheritdoc/>
    public string Nothing(MagentoEntity entity, int size) => List(entity, $"-{Everything}", 1, size);

    /// <inheritdoc/>
    public Page Page(PageRequest request, StoreList list, StoreAnswer answer)
    {
        if (request.NewestOnly)
        {
            return StoreList.Page([.. list.Records.Take(1)], answer, isLast: true, list.Total);
        }
        var total = list.Total ?? throw MagentoFailures.Malformed("has no total_count");
        if (request.Ids.Count > 0)
        {
            return total == 0 ? StoreList.Page([], answer, isLast: true, 0) : throw StillThere();
        }
        var (rows, previous) = Cursor(request.AfterId);
        var begin = rows / request.Size * request.Size;
        var end = begin + list.Seen;
        var last = list.Records is [.., var final] ? final.ExternalId : null;
        var isShort = list.Seen < request.Size;
        var isRepeated = !isShort && rows > 0 && last == previous;
        if ((isShort && total > end) || (isRepeated && total > rows))
        {
            throw MagentoFailures.Malformed("has fewer records than it counts");
        }
        var records = list.Unique();
        records.RemoveAll(r => request.Except.Contains(r.ExternalId));
        return StoreList.Page(records, answer, isShort || isRepeated, Math.Max(0, total - begin), string.Create(CultureInfo.InvariantCulture, $"{Mark}{end}/{last}"));
    }

    // What was read by source, before the store lost its sources, has other ids; no stock item goes by them.
    static string Products(IReadOnlyList<string> ids)
    {
        var product = MagentoEntity.Named(Entities.Product);
        return ids.Count == 0
            ? product.Paging.Nothing(product, 1)
            : product.Paging.Query(product, new PageRequest(Entities.Product, null, null, ids.Count) { Ids = ids });
    }

    static bool IsNumber(string id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    static string List(MagentoEntity entity, string quantity, long page, int size) =>
        string.Create(CultureInfo.InvariantCulture, $"{entity.Path}?scopeId=0&qty={quantity}&currentPage={page}&pageSize={size}");

    // The rows before the page, and the id of the last of them. What the way through sources wrote begins anew.
    static (long Rows, string Last) Cursor(string? text)
    {
        if (text is null || text.StartsWith('['))
        {
            return (0, "");
        }
        return text.StartsWith(Mark, StringComparison.Ordinal) && text[Mark.Length..].Split('/') is [var rows, var last]
            ? (long.Parse(rows, NumberStyles.None, CultureInfo.InvariantCulture), last)
            : throw new FormatException("The cursor is not one of stock.");
    }

    static ConnectorException StillThere() => new(
        FailureKind.Rejected, FailureCodes.RequestRefused, "This store cannot give single stock items, and some of these products still exist.",
        "Read the whole of stock again.");
}
