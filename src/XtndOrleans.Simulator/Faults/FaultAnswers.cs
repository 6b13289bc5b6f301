namespace XtndOrleans.Simulator;

/// <summary>The faults that replace the answer. Those that let Magento answer and spoil it on the way are in <see cref="Delivery"/>.</summary>
internal static class FaultAnswers
{
    public static RestResult? For(Fault fault, HttpContext http, string path)
    {
        switch (fault.Kind)
        {
            case FaultKind.Unauthorized: return Unauthorized(path);
            case FaultKind.TooManyRequests:
                if (fault.Seconds is { } wait) http.Response.Headers.RetryAfter = $"{wait:0}";
                return RestResult.Json("{\"message\":\"Too Many Requests\"}"u8.ToArray(), 429);
            case FaultKind.InternalError: return RestResult.Json(MagentoError.Internal(path.Length).ToJson(), 500);
            case FaultKind.FatalError: return FaultPages.Fatal();
            case FaultKind.DatabaseDown: return FaultPages.DatabaseDown();
            case FaultKind.Maintenance: return FaultPages.Maintenance();
            case FaultKind.BadGateway: return FaultPages.Nginx(502, "Bad Gateway");
            case FaultKind.GatewayTimeout: return FaultPages.Nginx(504, "Gateway Time-out");
            case FaultKind.HtmlNotFound: return FaultPages.Nginx(404, "Not Found");
            case FaultKind.WafPage: return FaultPages.Challenge(200);
            case FaultKind.WafDenied: return FaultPages.Challenge(403);
            case FaultKind.Empty: return RestResult.Json([]);
            case FaultKind.ErrorObject: return RestResult.Json("{\"message\":\"Something went wrong\"}"u8.ToArray());
            case FaultKind.Redirect:
                http.Response.Headers.Location = fault.Location;
                return FaultPages.Nginx(fault.Status ?? 302, "Found");
            default: return null;
        }
    }

    static RestResult Unauthorized(string path)
    {
        var error = path.EndsWith("/token", StringComparison.Ordinal) || path.EndsWith("/authenticate", StringComparison.Ordinal)
            ? new MagentoError(401, SignIn.Refusal)
            : MagentoError.Denied(Resource(path));
        return RestResult.Json(error);
    }

    static string Resource(string path) => path.Split('/')[0] switch
    {
        "orders" => OrderEntity.Instance.Resource,
        "invoices" => InvoiceEntity.Instance.Resource,
        "shipments" or "shipment" => ShipmentEntity.Instance.Resource,
        "creditmemos" or "creditmemo" => CreditMemoEntity.Instance.Resource,
        "customers" => CustomerEntity.Instance.Resource,
        "inventory" => SourceItemEntity.Instance.Resource,
        "stockItems" => StockItemRoutes.Resource,
        "store" => StoreRoutes.Resource,
        "modules" => StoreRoutes.ModulesResource,
        _ => ProductEntity.Instance.Resource,
    };
}
