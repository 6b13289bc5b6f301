namespace XtndOrleans.Simulator;

/// <summary>The names by which tests, faults and the control API speak of a store's entities.</summary>
public static class EntityNames
{
    public const string Product = "product";
    public const string Order = "order";
    public const string Invoice = "invoice";
    public const string Shipment = "shipment";

    /// <summary>Credit memos.</summary>
    public const string Accounting = "accounting";

    public const string Customer = "customer";

    /// <summary>Source items; legacy stock items where the store has no multi-source inventory.</summary>
    public const string Stock = "stock";

    public static IReadOnlyList<string> All { get; } = [Product, Order, Invoice, Shipment, Accounting, Customer, Stock];

    /// <summary>The name that stands for an entity's path or older name, such as products or creditmemos.</summary>
    internal static string Known(string name) => name switch
    {
        "products" => Product,
        "orders" => Order,
        "invoices" => Invoice,
        "shipments" => Shipment,
        "creditmemos" or "creditmemo" => Accounting,
        "customers" => Customer,
        "source-items" or "stockItems" => Stock,
        _ => name,
    };

    /// <summary>What a path of the entity holds; any other word stands for itself.</summary>
    internal static string[] PathWords(string name) => name switch
    {
        Accounting => ["creditmemo"],
        Stock => ["source-items", "stockItems"],
        _ => [name],
    };
}
