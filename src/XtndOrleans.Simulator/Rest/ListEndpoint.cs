namespace XtndOrleans.Simulator;

/// <summary>GET of a collection: criteria, page, poison, echo.</summary>
internal static class ListEndpoint
{
    public static RestResult Answer<TRow>(RestRequest request, Entity<TRow> entity) where TRow : Row
    {
        request.Require(entity.Resource);
        var criteria = Limited(SearchCriteriaReader.Read(request.Query), request.Store.Settings);
        var rows = entity.Rows(request.Store).Snapshot;
        var page = ListFaults.Bend(InView(entity, request.StoreCode, ListQuery.Run(entity, rows, criteria, ListFaults.Manner(request))), request.Fault);
        // Magento loads first and projects after: one that asks for the total alone still meets the page's rows.
        if (request.Store.Poison.In(entity.Name, page.Rows.Span) is { } poison)
            return PoisonAnswers.For(poison, () => new PageResult<TRow>(page.Rows, End(criteria, page.Total)).ToArray());
        return request.Fields is { } fields
            ? Projection.List(fields, page, criteria)
            : new PageResult<TRow>(page.Rows, End(criteria, page.Total));
    }

    /// <summary>Hardly a row has values of a view: the page goes as it is unless one has.</summary>
    static ListPage<TRow> InView<TRow>(Entity<TRow> entity, string view, ListPage<TRow> page) where TRow : Row
    {
        TRow[]? shown = null;
        for (var i = 0; i < page.Rows.Length; i++)
        {
            var row = page.Rows.Span[i];
            if (entity.In(row, view) is var seen && seen != (object)row) (shown ??= page.Rows.ToArray())[i] = seen;
        }
        return shown is null ? page : page with { Rows = shown };
    }

    static SearchCriteria Limited(SearchCriteria criteria, StoreSettings settings)
    {
        if (settings.MaximumPageSize is { } most && criteria.PageSize > most)
            throw new PageSizeError(most);
        return criteria.PageSize is null && settings.DefaultPageSize is { } size ? criteria with { PageSize = size } : criteria;
    }

    /// <summary>What follows the last item.</summary>
    public static byte[] End(SearchCriteria criteria, int? total)
    {
        var end = new PhpJson();
        criteria.Echo(end.Token("]"u8).Name("search_criteria"));
        if (total is { } count) end.Field("total_count", count);
        return end.EndObject().ToArray();
    }
}

/// <summary>The one refusal whose parameter is a number.</summary>
internal sealed class PageSizeError(int most) : MagentoError(400, "Maximum SearchCriteria pageSize is %max")
{
    public override byte[] ToJson() => new PhpJson().Object().Field("message", Message)
        .Name("parameters").Object().Field("max", most).EndObject().EndObject().ToArray();
}
