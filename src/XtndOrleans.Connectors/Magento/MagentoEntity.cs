using System.Text.Json;

namespace XtndOrleans.Connectors.Magento;

/// <summary>Reads the object at which the reader stands, to its end.</summary>
internal delegate RawRecord RecordReader(ref Utf8JsonReader reader);

/// <summary>One entity of Magento's API.</summary>
/// <param name="Name">One of <see cref="Entities"/>.</param>
/// <param name="Label">Label on the page.</param>
/// <param name="Path">Its list, relative to the base address.</param>
/// <param name="Permission">The right that reading its list needs.</param>
/// <param name="PageSize">Records asked for per request to begin with.</param>
/// <param name="Read">How a record is read.</param>
internal sealed record MagentoEntity(string Name, string Label, string Path, string Permission, int PageSize, RecordReader Read)
{
    /// <summary><see cref="StoreProfile.Stock"/> of a store with multi-source inventory.</summary>
    public const string Sources = "sources";

    /// <summary><see cref="StoreProfile.Stock"/> of a store without.</summary>
    public const string Legacy = "legacy";

    /// <summary>All entities, in the order in which they are shown and first read.</summary>
    public static IReadOnlyList<MagentoEntity> All { get; } =
    [
        new(Entities.Product, "Products", "products", "Magento_Catalog::products", 200, ProductReader.Read) { Sweep = "nightly" },
        new(Entities.Order, "Orders", "orders", "Magento_Sales::actions_view", 50, OrderReader.Read) { Frequency = "hourly" },
        new(Entities.Invoice, "Invoices", "invoices", "Magento_Sales::sales_invoice", 200, SalesDocumentReader.Invoice),
        new(Entities.Shipment, "Shipments", "shipments", "Magento_Sales::shipment", 200, ShipmentReader.Read),
        new(Entities.Accounting, "Credit memos", "creditmemos", "Magento_Sales::sales_creditmemo", 200, SalesDocumentReader.CreditMemo),
        new(Entities.Customer, "Customers", "customers/search", "Magento_Customer::customer", 100, CustomerReader.Read) { Sweep = "nightly" },
        new(Entities.Stock, "Stock", "inventory/source-items", "Magento_InventoryApi::source", 500, StockReader.ReadSourceItem)
        {
            Sweep = "nightly",
            HasDeltas = false,
            HasNumericIds = false,
            MostIds = SourcePaging.MostIds,
            Paging = new SourcePaging(),
        },
    ];

    /// <summary>Stock of a store without multi-source inventory.</summary>
    public static MagentoEntity LegacyStock { get; } = Named(Entities.Stock) with
    {
        Path = "stockItems/lowStock",
        Permission = "Magento_Catalog::catalog_inventory",
        Read = StockReader.ReadStockItem,
        Paging = new LowStockPaging(),
    };

    /// <summary>How often it is read unless a person says otherwise.</summary>
    public string Frequency { get; private init; } = "daily";

    /// <summary>How often all of it is read unless a person says otherwise.</summary>
    public string Sweep { get; private init; } = "weekly";

    /// <summary>Whether the store can tell what changed since a time.</summary>
    public bool HasDeltas { get; private init; } = true;

    /// <summary>Whether its records have numbers, and its pages are in their order.</summary>
    public bool HasNumericIds { get; private init; } = true;

    /// <summary>Ids in one request at most.</summary>
    public int MostIds { get; private init; } = 100;

    /// <summary>The way through its list.</summary>
    public IPaging Paging { get; private init; } = new IdPaging();

    /// <summary>As the page and the engine know it.</summary>
    public SystemEntity Description => new(Name, Label, Frequency, PageSize)
    {
        DefaultSweep = Sweep,
        HasDeltas = HasDeltas,
        HasNumericIds = HasNumericIds,
        MaximumIds = MostIds,
    };

    /// <summary>The entity of a name; throws when the connector has none.</summary>
    /// <param name="name">One of <see cref="Entities"/>.</param>
    /// <param name="stock">The session's <see cref="StoreSession.Stock"/>.</param>
    public static MagentoEntity Named(string name, string? stock = null) => name == Entities.Stock && stock == Legacy
        ? LegacyStock
        : All.FirstOrDefault(e => e.Name == name) ?? throw new ArgumentOutOfRangeException(nameof(name), name, "Magento's connector has no such entity.");
}
