namespace XtndOrleans.Simulator;

/// <summary>One simulated Magento store: its data, users, faults and counters, for tests to reach into.</summary>
public sealed class MagentoStore
{
    readonly Lazy<RecordSet<ProductRow>> products;
    readonly Lazy<RecordSet<OrderRow>> orders;

    internal MagentoStore(int number, SimulatorOptions options)
    {
        Number = number;
        Time = options.Time;
        Clock = new(options.Time);
        Settings.TokenLife = options.TokenLife;
        Settings.Latency = options.Latency;
        Settings.LatencyPerRecord = options.LatencyPerRecord;
        Settings.Gzip = options.Gzip;
        Users = new(this);
        foreach (var user in options.Users) Users.Add(user.Name, user.Password, [.. user.Resources]);
        Tokens = new(this);
        Callers = new(this);
        SignIn = new(this);
        var seed = (ulong)options.Seed;
        // A store costs nothing until somebody asks it.
        products = new(() => new(ProductFactory.Make(seed, number, options.Products)));
        orders = new(() => new(OrderFactory.Make(seed, this, options.Orders)));
        Catalog = new(this, seed);
        Sales = new(this, seed);
    }

    /// <summary>From 1; the path is /store/{Number}.</summary>
    public int Number { get; }

    public StoreClock Clock { get; }
    public StoreSettings Settings { get; } = new();
    public UserDirectory Users { get; }
    public IntegrationDirectory Integrations { get; } = new();
    public RecordSet<ProductRow> Products => products.Value;
    public RecordSet<OrderRow> Orders => orders.Value;
    public CatalogDesk Catalog { get; }
    public SalesDesk Sales { get; }
    public FaultPlan Faults { get; } = new();
    public PoisonedRows Poison { get; } = new();
    public Gates Gates { get; } = new();
    public Traffic Traffic { get; } = new();

    internal TimeProvider Time { get; }
    internal TokenDesk Tokens { get; }
    internal CallerDesk Callers { get; }
    internal SignIn SignIn { get; }
}
