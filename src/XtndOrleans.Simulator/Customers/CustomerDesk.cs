namespace XtndOrleans.Simulator;

/// <summary>What happens to customers. Each says whether <c>updated_at</c> moves, as measured on a real store.</summary>
public sealed class CustomerDesk
{
    readonly MagentoStore store;
    readonly ulong seed;

    internal CustomerDesk(MagentoStore store, ulong seed) => (this.store, this.seed) = (store, seed);

    long Now => store.Clock.DatabaseSecond;

    /// <summary>PUT /customers/:id; moves.</summary>
    public bool Rename(int id, string firstName, string? lastName = null) =>
        Save(id, row => row with { FirstName = firstName, LastName = lastName ?? row.LastName });

    /// <summary>Newsletter by PUT /customers/:id; moves.</summary>
    public bool Subscribe(int id, bool subscribed) => Save(id, row => row with { Subscribed = subscribed });

    /// <summary>The city of the first address by PUT /customers/:id; moves. False without an address.</summary>
    public bool ChangeCity(int id, string city) => Has(id) && Save(id, row => InCity(row, city));

    /// <summary>The city of the first address, by the customer in the address book; does not move. False without an address.</summary>
    public bool ChangeCityInAddressBook(int id, string city) => Has(id) && Quietly(id, row => InCity(row, city));

    /// <summary>An address more, in the address book and nobody's default; does not move.</summary>
    public bool AddAddress(int id, string city) => Quietly(id, row =>
    {
        var next = Math.Max(row.Id * 16, row.Addresses.Select(address => address.Id + 1).DefaultIfEmpty().Max());
        return row with { Addresses = [.. row.Addresses, new(next, city, "28013", "Calle Nueva 1", null)] };
    });

    /// <summary>Takes an address out of the address book; does not move.</summary>
    public bool DeleteAddress(int id, int address) =>
        store.CustomerRows.Find(id)?.Addresses.Any(known => known.Id == address) is true
        && Quietly(id, row => row with { Addresses = [.. row.Addresses.Where(known => known.Id != address)] });

    /// <summary>Adds customers under the next free ids, in the present second.</summary>
    public IReadOnlyList<CustomerRow> Add(int count = 1)
    {
        var now = Now;
        return store.CustomerRows.Add(count, id => CustomerFactory.New(seed, store.Number, id, now));
    }

    /// <summary>Deletes; no list will ever tell, and the orders stay as they are. The number that existed.</summary>
    public int Delete(params IReadOnlyCollection<int> ids) => store.CustomerRows.Delete(ids);

    bool Has(int id) => store.CustomerRows.Find(id)?.Addresses.Count > 0;

    static CustomerRow InCity(CustomerRow row, string city) =>
        row with { Addresses = [.. row.Addresses.Select((address, index) => index == 0 ? address with { City = city } : address)] };

    bool Save(int id, Func<CustomerRow, CustomerRow> change) => store.CustomerRows.Change(id, row => change(row) with { UpdatedAt = Now });

    bool Quietly(int id, Func<CustomerRow, CustomerRow> change) => store.CustomerRows.Change(id, change);
}
