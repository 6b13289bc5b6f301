using System.Globalization;
using System.Text.Json.Nodes;

namespace XtndOrleans.Simulator;

/// <summary>Products by the control API.</summary>
internal static class CatalogControl
{
    sealed record Change(string? Name = null, decimal? Price = null, string? Sku = null, int? Status = null, decimal? Stock = null,
        decimal? SpecialPrice = null, decimal? BasePrice = null, int? Category = null, bool? Image = null, JsonObject? Patch = null, bool Moves = true);

    sealed record NameInView(string? Name);

    sealed record RenameAll(string Suffix);

    public static void Map(RouteGroupBuilder store)
    {
        store.MapGet("/products/{id:int}", (HttpContext http, int id) => http.Store().Products.Find(id) is { } row
            ? Results.Bytes(row.Single(), "application/json")
            : ControlApi.Done(false));
        store.MapGet("/products/ids", (HttpContext http) => Results.Json(http.Store().Products.Snapshot.Select(row => row.Id)));
        store.MapPatch("/products/{id:int}", (HttpContext http, int id, Change change) => ControlApi.Done(Apply(http.Store().Catalog, id, change)));
        store.MapPost("/products", (HttpContext http, int? count) =>
            Results.Json(new { ids = http.Store().Catalog.Add(ControlApi.Count(count)).Select(row => row.Id) }));
        store.MapPatch("/products/{id:int}/views/{view}", (HttpContext http, int id, string view, NameInView change) => StoreRoutes.Views.Contains(view)
            ? ControlApi.Done(http.Store().Catalog.RenameInView(id, view, change.Name))
            : Results.NotFound(new { error = $"The store views are {string.Join(", ", StoreRoutes.Views)}." }));
        store.MapPost("/products/rename-all", (HttpContext http, RenameAll all) =>
            Results.Json(new { changed = http.Store().Catalog.RenameAll(row => row.Name + all.Suffix) }));
        store.MapDelete("/products/{ids}", (HttpContext http, string ids) =>
            Results.Json(new { deleted = http.Store().Catalog.Delete(Ids(ids)) }));
    }

    public static int[] Ids(string ids) => [.. ids.Split(',').Select(id => int.Parse(id, CultureInfo.InvariantCulture))];

    static bool Apply(CatalogDesk desk, int id, Change change)
    {
        var found = true;
        if (change.Stock is { } stock) found = desk.SetStock(id, stock);
        if (change.SpecialPrice is { } special) found = desk.SetSpecialPrice(id, special);
        if (change.BasePrice is { } basePrice) found = desk.SetBasePrice(id, basePrice);
        if (change.Category is { } category) found = desk.AssignCategory(id, category);
        if (change.Name is { } name) found = desk.Rename(id, name);
        if (change.Price is { } price) found = desk.SetPrice(id, price);
        if (change.Sku is { } sku) found = desk.ChangeSku(id, sku);
        if (change.Status is { } status) found = desk.SetStatus(id, status);
        if (change.Image is true) found = desk.AddImage(id);
        if (change.Patch is { } patch) found = desk.Patch(id, patch, change.Moves);
        return change == new Change() ? desk.Touch(id) : found;
    }
}
