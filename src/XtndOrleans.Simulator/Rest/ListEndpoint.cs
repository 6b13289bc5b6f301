namespace XtndOrleans.Simulator;

/// <summary>GET of a collection: criteria, page, poison, echo.</summary>
internal static class ListEndpoint
{
    public static RestResult Answer<TRow>(RestRequest request, Entity<TRow> entity) where TRow : Row
    {
        request.Require(entity.Resource);
        var criteria = Limited(SearchCriteriaReader.Read(request.Query), request.Store.Settings);
        var rows = entity.Rows(request.Store).Snapshot;
        var page = ListQuery.Run(entity, rows, criteria, request.Store.Settings.RepeatsLastPage);
        if (request.Store.Poison.In(entity.Name, page.Rows.Span) is { } poison) return Poisoned(poison, page, criteria);
        return request.Fields is { } fields
            ? Projection.List(fields, page, criteria)
            : new PageResult<TRow>(page.Rows, End(criteria, page.Total));
    }

    static SearchCriteria Limited(SearchCriteria criteria, StoreSettings settings)
    {
        if (settings.MaximumPageSize is { } most && criteria.PageSize > most)
            throw new PageSizeError(most);
        return criteria.PageSize is null && settings.DefaultPageSize is { } size ? criteria with { PageSize = size } : criteria;
    }

    /// <summary>What follows the last item.</summary>
    public static byte[] End(SearchCriteria criteria, int total)
    {
        var echo = new PhpJson();
        criteria.Echo(echo);
        return [.. "],\"search_criteria\":"u8, .. echo.Written, .. ",\"total_count\":"u8, .. System.Text.Encoding.ASCII.GetBytes($"{total}"), .. "}"u8];
    }

    static RestResult Poisoned<TRow>(PoisonMode mode, ListPage<TRow> page, SearchCriteria criteria) where TRow : Row
    {
        switch (mode)
        {
            case PoisonMode.FatalError: return FaultPages.Fatal();
            case PoisonMode.Blank: return RestResult.Json([]);
            case PoisonMode.NotFound:
                throw new MagentoError(404, "The product that was requested doesn't exist. Verify the product and try again.");
            case PoisonMode.Truncated:
                var whole = new PageResult<TRow>(page.Rows, End(criteria, page.Total)).ToArray();
                return RestResult.Json(whole[..(whole.Length / 2)]);
            default: throw MagentoError.Internal(page.Total);
        }
    }
}

/// <summary>The one refusal whose parameter is a number.</summary>
internal sealed class PageSizeError(int most) : MagentoError(400, "Maximum SearchCriteria pageSize is %max")
{
    public override byte[] ToJson() => new PhpJson().Object().Field("message", Message)
        .Name("parameters").Object().Field("max", most).EndObject().EndObject().ToArray();
}
