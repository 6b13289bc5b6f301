namespace XtndOrleans.Simulator;

/// <summary>Any entity by the control API, in the way that is the same for all.</summary>
internal static class EntityControl
{
    public static readonly string Names = $"The entities are {string.Join(", ", EntityNames.All)}.";

    sealed record UpdatedAt(DateTimeOffset? At);

    public static void Map(RouteGroupBuilder store)
    {
        store.MapGet("/entities", (HttpContext http) => Results.Json(EntityNames.All.ToDictionary(name => name, name => http.Store().Entity(name).Count)));
        var entity = store.MapGroup("/entities/{name}");
        entity.AddEndpointFilter(async (context, next) =>
        {
            var name = EntityNames.Known((string)context.HttpContext.GetRouteValue("name")!);
            if (!EntityNames.All.Contains(name)) return Results.NotFound(new { error = Names });
            context.HttpContext.Items[typeof(StoreEntity)] = context.HttpContext.Store().Entity(name);
            return await next(context);
        });
        entity.MapGet("/ids", (HttpContext http) => Results.Json(Of(http).Ids()));
        entity.MapGet("/{id:int}", (HttpContext http, int id) => Of(http).Body(id) is { } body
            ? Results.Text(body, "application/json")
            : ControlApi.Done(false));
        entity.MapPost("/", (HttpContext http) => Results.Json(new { id = Of(http).Add() }));
        entity.MapPost("/{id:int}/touch", (HttpContext http, int id, bool? visibly) => ControlApi.Done(Of(http).Touch(id, visibly ?? true)));
        entity.MapPost("/{id:int}/updated-at", (HttpContext http, int id, UpdatedAt to) => ControlApi.Done(Of(http).SetUpdatedAt(id, to.At)));
        entity.MapPost("/updated-at", (HttpContext http, UpdatedAt to) => Results.Json(new { changed = Of(http).SetUpdatedAtOfAll(to.At) }));
        entity.MapDelete("/{ids}", (HttpContext http, string ids) => Results.Json(new { deleted = CatalogControl.Ids(ids).Count(Of(http).Delete) }));
    }

    static StoreEntity Of(HttpContext http) => (StoreEntity)http.Items[typeof(StoreEntity)]!;
}
