namespace XtndOrleans.Simulator;

internal static class CustomerRoutes
{
    public static readonly IReadOnlyList<Route> All =
    [
        new("GET", "customers/search", request => ListEndpoint.Answer(request, CustomerEntity.Instance)),
        new("GET", "customers/:id", request => SingleEndpoint.ById(request, CustomerEntity.Instance, id => new NoCustomer(id))),
    ];
}

/// <summary>The customer's own way to be missing; the id in it is a number.</summary>
internal sealed class NoCustomer(int id) : MagentoError(404, "No such entity with %fieldName = %fieldValue")
{
    public override byte[] ToJson() => new PhpJson().Object().Field("message", Message)
        .Name("parameters").Object().Field("fieldName", "customerId").Field("fieldValue", id).EndObject().EndObject().ToArray();
}
