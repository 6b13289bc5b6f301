namespace XtndOrleans.Simulator;

internal sealed record Filter(string Field, string Value, string Condition);

internal sealed record SortOrder(string Field, string? Direction)
{
    /// <summary>Without a direction Magento sorts descending.</summary>
    public bool Descending => Direction is null || !Direction.Equals("ASC", StringComparison.OrdinalIgnoreCase);
}

/// <summary>A list request: groups are joined by AND, the filters of a group by OR.</summary>
internal sealed record SearchCriteria
{
    public IReadOnlyList<IReadOnlyList<Filter>> Groups { get; init; } = [];
    public IReadOnlyList<SortOrder>? Sorts { get; init; }

    /// <summary>Null and 0: everything. Negative: one row.</summary>
    public long? PageSize { get; init; }

    public long? CurrentPage { get; init; }

    /// <summary>Writes the echo that every list answer carries; keys not given are absent.</summary>
    public void Echo(PhpJson json)
    {
        json.Object().Name("filter_groups").Array();
        foreach (var group in Groups)
        {
            json.Object().Name("filters").Array();
            foreach (var filter in group)
            {
                json.Object().Field("field", filter.Field).Field("value", filter.Value)
                    .Field("condition_type", filter.Condition).EndObject();
            }
            json.EndArray().EndObject();
        }
        json.EndArray();
        if (Sorts is not null)
        {
            json.Name("sort_orders").Array();
            foreach (var sort in Sorts) json.Object().Field("field", sort.Field).Field("direction", sort.Direction).EndObject();
            json.EndArray();
        }
        if (PageSize is { } size) json.Field("page_size", size);
        if (CurrentPage is { } page) json.Field("current_page", page);
        json.EndObject();
    }
}
