using System.Globalization;
using System.Text;

namespace XtndOrleans.Connectors.Magento;

/// <summary>Writes the address of a list, relative to the base address, in Magento's search criteria. Every condition must hold.</summary>
internal sealed class SearchCriteria(string path)
{
    readonly StringBuilder text = new StringBuilder(path).Append('?');
    int groups;
    int sorts;

    /// <summary>A condition on a field. An unknown one would silently be <c>eq</c>.</summary>
    public SearchCriteria Where(string field, string condition, string value) => Raw(field, condition, Uri.EscapeDataString(value));

    /// <summary>A condition on a field and a list of values without commas. The commas between them are not encoded, so that 100 ids fit into a short address.</summary>
    public SearchCriteria WhereList(string field, string condition, IEnumerable<string> values) => Raw(field, condition, string.Join(',', values.Select(Uri.EscapeDataString)));

    /// <summary>A field that is one of a few values. Those with a comma cannot be told in a list, so each has a filter of its own in the same group.</summary>
    public SearchCriteria WhereAny(string field, IReadOnlyCollection<string> values)
    {
        var listed = values.Where(v => !v.Contains(',', StringComparison.Ordinal)).ToList();
        if (listed.Count == values.Count)
        {
            return WhereList(field, "in", listed);
        }
        var filter = 0;
        foreach (var value in values)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Filter(groups, filter, "field")}={field}&{Filter(groups, filter, "value")}={Uri.EscapeDataString(value)}&");
            filter++;
        }
        groups++;
        return this;
    }

    /// <summary>The direction is always said: without one Magento sorts descending.</summary>
    public SearchCriteria Sort(string field, string direction = "ASC")
    {
        text.Append(CultureInfo.InvariantCulture, $"searchCriteria[sortOrders][{sorts}][field]={field}&searchCriteria[sortOrders][{sorts}][direction]={direction}&");
        sorts++;
        return this;
    }

    /// <summary>The address. The page is always the first: an id is the key, not the page number.</summary>
    public string Page(int size) => text.Append(CultureInfo.InvariantCulture, $"searchCriteria[pageSize]={size}&searchCriteria[currentPage]=1").ToString();

    /// <summary>The address of nothing but the count.</summary>
    public string Count() => text.Append("searchCriteria[pageSize]=1&fields=total_count").ToString();

    SearchCriteria Raw(string field, string condition, string encoded)
    {
        text.Append(CultureInfo.InvariantCulture, $"{Filter(groups, 0, "field")}={field}&{Filter(groups, 0, "value")}={encoded}&{Filter(groups, 0, "condition_type")}={condition}&");
        groups++;
        return this;
    }

    static string Filter(int group, int filter, string part) => string.Create(CultureInfo.InvariantCulture, $"searchCriteria[filter_groups][{group}][filters][{filter}][{part}]");
}
