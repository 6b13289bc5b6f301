using System.Text.Json.Nodes;

namespace XtndOrleans.Simulator;

/// <summary>Orders by the control API.</summary>
internal static class SalesControl
{
    sealed record StatusChange(string State, string Status);

    sealed record Text(string Value);

    public static void Map(RouteGroupBuilder store)
    {
        store.MapGet("/orders/{id:int}", (HttpContext http, int id) => http.Store().Orders.Find(id) is { } row
            ? Results.Bytes(row.Json.ToArray(), "application/json")
            : ControlApi.Done(false));
        store.MapGet("/orders/ids", (HttpContext http) => Results.Json(http.Store().Orders.Snapshot.Select(row => row.Id)));
        store.MapPost("/orders", (HttpContext http, int? count) =>
            Results.Json(new { ids = http.Store().Sales.Add(ControlApi.Count(count)).Select(row => row.Id) }));
        store.MapPost("/orders/{id:int}/status", (HttpContext http, int id, StatusChange to) =>
            ControlApi.Done(http.Store().Sales.SetStatus(id, to.State, to.Status)));
        store.MapPost("/orders/{id:int}/comment", (HttpContext http, int id, Text text) => ControlApi.Done(http.Store().Sales.Comment(id, text.Value)));
        store.MapPost("/orders/{id:int}/city", (HttpContext http, int id, Text text) => ControlApi.Done(http.Store().Sales.ChangeCity(id, text.Value)));
        store.MapPost("/orders/{id:int}/{action:regex(^(hold|unhold|invoice|refund)$)}", Act);
        store.MapPost("/orders/{id:int}/ship", (HttpContext http, int id, int? units) =>
        {
            ControlApi.Within("units", units, 1, int.MaxValue);
            return Made(http.Store().Sales.Ship(id, units ?? 1));
        });
        store.MapPost("/orders/{id:int}/edit", (HttpContext http, int id) => Made(http.Store().Sales.Edit(id)));
        store.MapPost("/shipments/{id:int}/track", (HttpContext http, int id, Text text) => ControlApi.Done(http.Store().Documents.AddTrack(id, text.Value)));
        store.MapPatch("/orders/{id:int}", (HttpContext http, int id, JsonObject patch, bool? moves) =>
            ControlApi.Done(http.Store().Sales.Patch(id, patch, moves ?? true)));
        store.MapDelete("/orders/{ids}", (HttpContext http, string ids) =>
            Results.Json(new { deleted = http.Store().Sales.Delete(CatalogControl.Ids(ids)) }));
    }

    static IResult Act(HttpContext http, int id, string action)
    {
        var sales = http.Store().Sales;
        return ControlApi.Done(action switch
        {
            "hold" => sales.Hold(id),
            "unhold" => sales.Unhold(id),
            "invoice" => sales.Invoice(id),
            _ => sales.Refund(id),
        });
    }

    static IResult Made(Row? row) => row is null ? ControlApi.Done(false) : Results.Json(new { row.Id });
}
