namespace XtndOrleans.Simulator;

/// <summary>The control API, /control/store/{n}/…: what tests and people in other processes reach the stores by.</summary>
internal static class ControlApi
{
    public static void Map(WebApplication app, SimulatorHost host)
    {
        app.MapFallback("/control/{**path}", (HttpContext http) =>
            Results.NotFound(new { error = $"There is no control call {http.Request.Method} {http.Request.Path}; the simulator's README.md has them all." }));
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
        var isControl = http.Request.Path.StartsWithSegments("/control");
        // What curl -d sends says that it is a form, and others say nothing.
        if (isControl) http.Request.ContentType = "application/json";
        try
        {
            await next(http);
        }
        catch (Exception bad) when (bad is BadHttpRequestException or FormatException or OverflowException && isControl)
        {
            http.Response.StatusCode = 400;
            await http.Response.WriteAsJsonAsync(new { error = ControlJson.Words(bad.InnerException ?? bad) }, http.RequestAborted);
        }
    }

    /// <summary>Refuses a number that means nothing, before anything is changed.</summary>
    public static void Within(string name, double? value, double least, double most)
    {
        if (value is { } given && !(given >= least && given <= most))
            throw new BadHttpRequestException($"{name} is a number from {least} to {most}, not {given}.");
    }

    /// <summary>How many to add: one, where nothing is said.</summary>
    public static int Count(int? count)
    {
        Within("count", count, 1, 1_000_000);
        return count ?? 1;
    }

    public static MagentoStore Store(this HttpContext http) => (MagentoStore)http.Items[typeof(MagentoStore)]!;

    public static IResult Done(bool found) => found ? Results.Json(new { changed = 1 }) : Results.NotFound(new { error = "No such id, or it is in no state for that." });
}
