namespace XtndOrleans.Simulator;

internal static class OrderRoutes
{
    public static readonly IReadOnlyList<Route> All =
    [
        new("GET", "orders", request => ListEndpoint.Answer(request, OrderEntity.Instance)),
        new("GET", "orders/:id", request => SingleEndpoint.ById(request, OrderEntity.Instance)),
    ];
}
