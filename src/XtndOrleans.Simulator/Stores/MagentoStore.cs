using System.Globalization;

namespace XtndOrleans.Simulator;

/// <summary>One simulated Magento store: its data, users, faults and counters, for tests to reach into.</summary>
public sealed class MagentoStore
{
    readonly Lazy<Goods> goods;
    readonly Lazy<Sold> sold;
    readonly Lazy<RecordSet<CustomerRow>> customers;
    int touches;

    internal MagentoStore(int number, SimulatorOptions options)
    {
        Number = number;
        Time = options.Time;
        Clock = new(options.Time);
        Settings.TokenLife = options.TokenLife;
        Settings.Latency = options.Latency;
        Settings.LatencyPerRecord = options.LatencyPerRecord;
        Settings.Gzip = options.Gzip;
        Settings.MultiSource = options.MultiSource;
        Users = new(this);
        foreach (var user in options.Users) Users.Add(user.Name, user.Password, [.. user.Resources]);
        Tokens = new(this);
        Callers = new(this);
        SignIn = new(this);
        var seed = (ulong)options.Seed;
        // A store costs nothing until somebody asks it.
        goods = new(() => Goods.Make(seed, number, options));
        customers = new(() => new(CustomerFactory.Make(seed, number, options.CustomerCount)));
        var orders = new OrderFactory(seed, this);
        sold = new(() => Sold.Make(seed, number, orders.Make(options.Orders)));
        Catalog = new(this, seed);
        Sales = new(this, orders);
        Documents = new(this);
        Customers = new(this, seed);
        Stock = new(this);
    }

    /// <summary>From 1; the path is /store/{Number}.</summary>
    public int Number { get; }

    public StoreClock Clock { get; }
    public StoreSettings Settings { get; } = new();
    public UserDirectory Users { get; }
    public IntegrationDirectory Integrations { get; } = new();
    public RecordSet<ProductRow> Products => goods.Value.Products;
    public RecordSet<SourceItemRow> SourceItems => goods.Value.SourceItems;
    public RecordSet<CustomerRow> CustomerRows => customers.Value;
    public RecordSet<OrderRow> Orders => sold.Value.Orders;
    public RecordSet<InvoiceRow> Invoices => sold.Value.Invoices;
    public RecordSet<ShipmentRow> Shipments => sold.Value.Shipments;
    public RecordSet<CreditMemoRow> CreditMemos => sold.Value.CreditMemos;
    public CatalogDesk Catalog { get; }
    public SalesDesk Sales { get; }
    public DocumentDesk Documents { get; }
    public CustomerDesk Customers { get; }
    public StockDesk Stock { get; }
    public FaultPlan Faults { get; } = new();
    public PoisonedRows Poison { get; } = new();
    public Gates Gates { get; } = new();
    public Traffic Traffic { get; } = new();

    /// <summary>One of <see cref="EntityNames"/>, in the way that is the same for all. Throws for any other name.</summary>
    public StoreEntity Entity(string name) => StoreEntities.Of(this, name);

    /// <summary>Other with every touch, so that no change is like the one before; the store's own, so that what is done to one leaves the others' bytes alone.</summary>
    internal string Mark() => Interlocked.Increment(ref touches).ToString(CultureInfo.InvariantCulture);

    internal TimeProvider Time { get; }
    internal TokenDesk Tokens { get; }
    internal CallerDesk Callers { get; }
    internal SignIn SignIn { get; }
}
