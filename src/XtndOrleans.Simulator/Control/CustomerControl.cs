namespace XtndOrleans.Simulator;

/// <summary>Customers and stock by the control API; all that every entity has is in <see cref="EntityControl"/>.</summary>
internal static class CustomerControl
{
    sealed record Change(string? FirstName = null, string? LastName = null, bool? Subscribed = null, string? City = null);

    sealed record NewAddress(string City);

    sealed record NewStock(string Sku, string? Source = null, decimal? Quantity = null);

    sealed record Quantity(decimal Value);

    public static void Map(RouteGroupBuilder store)
    {
        store.MapPost("/customers", (HttpContext http, int? count) =>
            Results.Json(new { ids = http.Store().Customers.Add(ControlApi.Count(count)).Select(row => row.Id) }));
        store.MapPatch("/customers/{id:int}", (HttpContext http, int id, Change change) => ControlApi.Done(Apply(http.Store(), id, change)));
        store.MapPost("/customers/{id:int}/addresses", (HttpContext http, int id, NewAddress address) =>
            ControlApi.Done(http.Store().Customers.AddAddress(id, address.City)));
        store.MapDelete("/customers/{id:int}/addresses/{address:int}", (HttpContext http, int id, int address) =>
            ControlApi.Done(http.Store().Customers.DeleteAddress(id, address)));
        store.MapPost("/stock", (HttpContext http, NewStock item) => Results.Json(new
        {
            http.Store().Stock.Add(item.Sku, item.Source ?? SourceItemFactory.SecondSource, item.Quantity ?? 1).Id,
        }));
        store.MapPost("/stock/{id:int}/quantity", (HttpContext http, int id, Quantity to) => ControlApi.Done(http.Store().Stock.SetQuantity(id, to.Value)));
    }

    static bool Apply(MagentoStore store, int id, Change change)
    {
        if (store.CustomerRows.Find(id) is not { } row) return false;
        if (change.FirstName is not null || change.LastName is not null) store.Customers.Rename(id, change.FirstName ?? row.FirstName, change.LastName);
        if (change.Subscribed is { } subscribed) store.Customers.Subscribe(id, subscribed);
        return change.City is not { } city || store.Customers.ChangeCity(id, city);
    }
}
