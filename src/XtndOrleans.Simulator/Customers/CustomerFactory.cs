namespace XtndOrleans.Simulator;

/// <summary>Makes a store's customers: the same for the same seed.</summary>
internal static class CustomerFactory
{
    const int perSecond = 20;

    static readonly string[] firstNames = ["Ana", "José", "Björn", "Zoë", "Marta", "李", "Oskar", "Inés"];
    static readonly string[] lastNames = ["García Núñez", "Müller", "Ångström", "O'Neill", "Ibáñez", "Smith"];
    static readonly string[] cities = ["Madrid", "Malmö", "Köln", "Sevilla", "A Coruña"];

    public static string FirstName(ref Draw draw) => draw.Pick(firstNames);
    public static string LastName(ref Draw draw) => draw.Pick(lastNames);

    public static CustomerRow[] Make(ulong seed, int store, int count)
    {
        var rows = new CustomerRow[count];
        var id = 0;
        for (var i = 0; i < count; i++)
        {
            var draw = new Draw(seed + 3, store, i);
            id += draw.Chance(4) ? 2 : 1;
            rows[i] = Make(ref draw, id, ProductFactory.Opening + 3600 + (i / perSecond));
        }
        return rows;
    }

    /// <summary>One more customer, at a moment in the store's life.</summary>
    public static CustomerRow New(ulong seed, int store, int id, long now)
    {
        var draw = new Draw(seed + 3, store, id + 1_000_000_000);
        return Make(ref draw, id, now) with { UpdatedAt = now };
    }

    public static string City(int index) => cities[index % cities.Length];

    static CustomerRow Make(ref Draw draw, int id, long created) => new()
    {
        Id = id,
        Email = $"user_{id}@example.com",
        FirstName = FirstName(ref draw),
        LastName = LastName(ref draw),
        GroupId = draw.Chance(10) ? 2 : 1,
        StoreId = draw.Chance(20) ? 2 : 1,
        BirthDate = draw.Chance(30) ? $"19{60 + draw.Below(40)}-10-12" : null,
        Subscribed = draw.Chance(40),
        Addresses = Addresses(ref draw, id),
        CreatedAt = created,
        UpdatedAt = created + draw.Below(3),
    };

    static CustomerAddress[] Addresses(ref Draw draw, int customer)
    {
        var addresses = new CustomerAddress[draw.Below(4)];
        for (var i = 0; i < addresses.Length; i++)
        {
            addresses[i] = new((customer * 16) + i, draw.Pick(cities), $"28{draw.Below(1000):D3}", $"Calle Mayor {draw.Below(400)}",
                draw.Chance(30) ? "Företag & Söner/AB" : null)
            {
                IsDefaultBilling = i == 0,
                IsDefaultShipping = i == addresses.Length - 1,
            };
        }
        return addresses;
    }
}
