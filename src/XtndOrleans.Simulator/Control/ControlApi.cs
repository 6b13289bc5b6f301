namespace XtndOrleans.Simulator;

/// <summary>The control API, /control/store/{n}/…: what tests and people in other processes reach the stores by.</summary>
internal static class ControlApi
{
    public static void Map(WebApplication app, SimulatorHost host)
    {
        app.MapGet("/control/stores", () => Results.Json(new { stores = host.Stores.Count, baseAddress = host.BaseAddress }));
        var store = app.MapGroup("/control/store/{n:int}");
        store.AddEndpointFilter(async (context, next) =>
        {
            var number = int.Parse((string)context.HttpContext.GetRouteValue("n")!);
            if (host.Find(number) is not { } found) return Results.NotFound(new { error = $"There are stores 1 to {host.Stores.Count}." });
            context.HttpContext.Items[typeof(MagentoStore)] = found;
            return await next(context);
        });
        CatalogControl.Map(store);
        SalesControl.Map(store);
        CustomerControl.Map(store);
        EntityControl.Map(store);
        AccountControl.Map(store);
        FaultControl.Map(store);
    }

    /// <summary>A control call that cannot be read is answered with the reason, not with a bare 400.</summary>
    public static async Task ExplainRefusals(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
        }
        catch (Exception bad) when (bad is BadHttpRequestException or FormatException && http.Request.Path.StartsWithSegments("/control"))
        {
            http.Response.StatusCode = 400;
            await http.Response.WriteAsJsonAsync(new { error = (bad.InnerException ?? bad).Message }, http.RequestAborted);
        }
    }

    public static MagentoStore Store(this HttpContext http) => (MagentoStore)http.Items[typeof(MagentoStore)]!;

    public static IResult Done(bool found) => found ? Results.Json(new { changed = 1 }) : Results.NotFound(new { error = "No such id." });
}
