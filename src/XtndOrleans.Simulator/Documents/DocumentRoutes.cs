namespace XtndOrleans.Simulator;

/// <summary>Two of the three are in the singular when one is asked for.</summary>
internal static class DocumentRoutes
{
    public static readonly IReadOnlyList<Route> All =
    [
        new("GET", "invoices", request => ListEndpoint.Answer(request, InvoiceEntity.Instance)),
        new("GET", "invoices/:id", request => SingleEndpoint.ById(request, InvoiceEntity.Instance)),
        new("GET", "shipments", request => ListEndpoint.Answer(request, ShipmentEntity.Instance)),
        new("GET", "shipment/:id", request => SingleEndpoint.ById(request, ShipmentEntity.Instance)),
        new("GET", "creditmemos", request => ListEndpoint.Answer(request, CreditMemoEntity.Instance)),
        new("GET", "creditmemo/:id", request => SingleEndpoint.ById(request, CreditMemoEntity.Instance)),
    ];
}
