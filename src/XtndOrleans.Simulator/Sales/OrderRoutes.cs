namespace XtndOrleans.Simulator;

internal static class OrderRoutes
{
    public static readonly IReadOnlyList<Route> All =
    [
        new("GET", "orders", request => ListEndpoint.Answer(request, OrderEntity.Instance)),
        new("GET", "orders/:id", ById),
    ];

    static RestResult ById(RestRequest request)
    {
        request.Require(OrderEntity.Instance.Resource);
        var order = request.Store.Orders.Find(request.Number(1))
            ?? throw new MagentoError(404, "The entity that was requested doesn't exist. Verify the entity and try again.");
        return RestResult.Json(order.Json.ToArray());
    }
}
