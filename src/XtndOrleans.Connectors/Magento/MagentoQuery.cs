using System.Globalization;
using System.Text;

namespace XtndOrleans.Connectors.Magento;

/// <summary>Writes a page request in Magento's search criteria.</summary>
internal static class MagentoQuery
{
    /// <summary>The address of a page, relative to the base address.</summary>
    public static string Page(MagentoEntity entity, PageRequest request)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Size, 1);
        var query = new StringBuilder(entity.Path).Append('?');
        if (request.NewestOnly)
        {
            return Sort(query, "updated_at", "DESC", 1).ToString();
        }
        var group = 0;
        if (request.AfterId is { } after)
        {
            Filter(query, group++, "entity_id", "gt", long.Parse(after, NumberStyles.None, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture));
        }
        if (request.ChangedSince is { } since)
        {
            // A space, never T and Z or an offset: Magento answers an offset with no rows and garbage with every row, both without an error.
            Filter(query, group, "updated_at", "gteq", since.UtcDateTime.ToString("yyyy-MM-dd'%20'HH'%3A'mm'%3A'ss", CultureInfo.InvariantCulture));
        }
        return Sort(query, "entity_id", "ASC", request.Size).ToString();
    }

    /// <summary>The address of a list that matches nothing: it proves the right to read without costing the store anything.</summary>
    public static string Nothing(MagentoEntity entity, int size) => Sort(Filter(new StringBuilder(entity.Path).Append('?'), 0, "entity_id", "eq", "0"), "entity_id", "ASC", size).ToString();

    static StringBuilder Filter(StringBuilder query, int group, string field, string condition, string value) => query.Append(
        CultureInfo.InvariantCulture,
        $"searchCriteria[filter_groups][{group}][filters][0][field]={field}&searchCriteria[filter_groups][{group}][filters][0][value]={value}&searchCriteria[filter_groups][{group}][filters][0][condition_type]={condition}&");

    // The direction is always said: without one Magento sorts descending. The page is always the first: the id is the key, not the page number.
    static StringBuilder Sort(StringBuilder query, string field, string direction, int size) => query.Append(
        CultureInfo.InvariantCulture,
        $"searchCriteria[sortOrders][0][field]={field}&searchCriteria[sortOrders][0][direction]={direction}&searchCriteria[pageSize]={size}&searchCriteria[currentPage]=1");
}
