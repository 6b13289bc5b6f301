using XtndOrleans.BrowserTests.Support;
using XtndOrleans.Simulator;
using XtndOrleans.SystemTests.Support;

namespace XtndOrleans.BrowserTests.Connections;

/// <summary>Connections of one tenant, each to a store that no other test uses.</summary>
public sealed class ConnectionWorld : BrowserWorld
{
    int stores;

    protected override SimulatorOptions Store => new()
    {
        Products = 120,
        Orders = 20,
        Stores = 10,
        Users = [new("admin", "Admin123demo", []), new("reader", "Reader123demo", [])],
    };

    /// <summary>A connection to a store of its own; answers its id.</summary>
    internal async Task<(string Id, MagentoStore Store)> Connect(string name, bool verified = true)
    {
        var number = Interlocked.Increment(ref stores);
        var made = await Owner.Post("connections", new
        {
            system = "magento",
            name,
            apiUrl = $"{World.Simulator.StoreAddress(number)}/rest/V1",
            accessToken = "admin",
            secret = "Admin123demo",
        });
        var id = (string)made["id"]!;
        if (verified)
        {
            await SystemTests.Support.World.Verify(Owner, id);
        }

        return (id, World.Simulator.Store(number));
    }
}
