namespace XtndOrleans.Simulator;

/// <summary>One line of webapi.xml: method, template and what answers. A segment that starts with a colon is a parameter.</summary>
internal sealed record Route(string Method, string Template, Func<RestRequest, Task<RestResult>> Handle)
{
    readonly string[] segments = Template.Split('/');

    public Route(string method, string template, Func<RestRequest, RestResult> handle)
        : this(method, template, request => Task.FromResult(handle(request)))
    {
    }

    public bool Matches(string method, IReadOnlyList<string> path)
    {
        if (method != Method || path.Count != segments.Length) return false;
        for (var i = 0; i < segments.Length; i++)
        {
            if (segments[i][0] != ':' && segments[i] != path[i]) return false;
        }
        return true;
    }
}

/// <summary>All routes. A new entity adds its own here.</summary>
internal static class Routes
{
    public static readonly IReadOnlyList<Route> All =
    [
        .. TokenRoutes.All,
        .. ProductRoutes.All,
        .. OrderRoutes.All,
        .. DocumentRoutes.All,
        .. CustomerRoutes.All,
        .. SourceItemRoutes.All,
        .. StockItemRoutes.All,
        .. StoreRoutes.All,
    ];

    public static Route Find(string method, IReadOnlyList<string> path) =>
        All.FirstOrDefault(route => route.Matches(method, path)) ?? throw MagentoError.NoRoute();
}
