using System.Globalization;

namespace XtndOrleans.Simulator;

/// <summary>Reads <c>searchCriteria[…]</c> with the tolerance and the refusals of Magento's ServiceInputProcessor.</summary>
internal static class SearchCriteriaReader
{
    public static SearchCriteria Read(PhpValue query)
    {
        var given = query["searchCriteria"] ?? query["search_criteria"] ?? throw MagentoError.Required("searchCriteria");
        var criteria = new SearchCriteria();
        foreach (var (key, value) in given.Members)
        {
            criteria = Camel(key) switch
            {
                "filterGroups" => criteria with { Groups = [.. value.Members.Select(group => Group(group.Value))] },
                "sortOrders" => criteria with { Sorts = [.. value.Members.Select(sort => Sort(sort.Value))] },
                "pageSize" => criteria with { PageSize = Integer("pageSize", value) },
                "currentPage" => criteria with { CurrentPage = Integer("currentPage", value) },
                "requestName" => criteria,
                var unknown => throw Unsupported(unknown),
            };
        }
        return criteria;
    }

    static List<Filter> Group(PhpValue group)
    {
        var filters = new List<Filter>();
        foreach (var (key, value) in group.Members)
        {
            if (Camel(key) != "filters") throw Unsupported(Camel(key));
            filters.AddRange(value.Members.Select(filter => One(filter.Value)));
        }
        return filters;
    }

    static Filter One(PhpValue filter)
    {
        string field = "", value = "", condition = "eq";
        foreach (var (key, given) in filter.Members)
        {
            switch (Camel(key))
            {
                case "field": field = given.Text ?? ""; break;
                case "value": value = given.Text ?? string.Join(',', given.Members.Select(part => part.Value.Text)); break;
                case "conditionType": condition = given.Text is { Length: > 0 } text ? text : "eq"; break;
                default: throw Unsupported(Camel(key));
            }
        }
        return new(field, value, condition);
    }

    static SortOrder Sort(PhpValue sort)
    {
        string field = "", direction = "";
        foreach (var (key, given) in sort.Members)
        {
            switch (Camel(key))
            {
                case "field": field = given.Text ?? ""; break;
                case "direction": direction = given.Text ?? ""; break;
                default: throw Unsupported(Camel(key));
            }
        }
        if (field.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '_'))
            throw new MagentoError(400, "Sort order field %1 contains restricted symbols") { Positional = [field] };
        if (direction.Length > 0 && direction.ToUpperInvariant() is not ("ASC" or "DESC"))
        {
            throw new MagentoError(400, "The sort order has to be specified as %1 for ascending order or %2 for descending order.")
            {
                Positional = ["ASC", "DESC"],
            };
        }
        return new(field, direction.Length == 0 ? null : direction.ToUpperInvariant());
    }

    /// <summary>PHP's numeric strings: 2.5 is 2, too large is the largest, words are refused.</summary>
    static long Integer(string field, PhpValue value)
    {
        var text = value.Text ?? "";
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            throw new MagentoError(400, $"Error occurred during \"{field}\" processing. The \"{text}\" value's type is invalid. " +
                "The \"int\" type was expected. Verify and try again.");
        }
        return number >= long.MaxValue ? long.MaxValue : number <= long.MinValue ? long.MinValue : (long)number;
    }

    static MagentoError Unsupported(string camel) =>
        new(400, "\"%fieldName\" is not supported. Correct the field name and try again.")
        {
            Named = [new("fieldName", camel.Length == 0 ? "" : char.ToUpperInvariant(camel[0]) + camel[1..])],
        };

    static string Camel(string key)
    {
        var parts = key.Split('_');
        return parts[0] + string.Concat(parts.Skip(1).Select(part => part.Length == 0 ? "" : char.ToUpperInvariant(part[0]) + part[1..]));
    }
}
