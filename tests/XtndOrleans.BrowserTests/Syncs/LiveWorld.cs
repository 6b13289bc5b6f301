using XtndOrleans.BrowserTests.Support;
using XtndOrleans.Simulator;
using XtndOrleans.SystemTests.Support;

namespace XtndOrleans.BrowserTests.Syncs;

/// <summary>Pages from a frontend and runs in a silo, which may die; for each test a store of its own.</summary>
public sealed class LiveWorld : BrowserWorld
{
    int stores;

    internal ServerProcess Silo { get; private set; } = null!;

    protected override SimulatorOptions Store => new() { Products = 120, Orders = 20, Stores = 8 };

    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["Xtnd__Sync__PageSize"] = "20",
        ["Xtnd__Connections__FirstBreak"] = "00:00:04",
        ["Xtnd__Connections__MaximumBreak"] = "00:00:04",
    };

    internal override async Task<ServerProcess> StartServer()
    {
        var silo = StartSilo();
        var frontend = await World.StartServer("frontend", Settings);
        Silo = await silo;
        return frontend;
    }

    internal Task<ServerProcess> StartSilo() => World.StartServer("silo", Settings);

    /// <summary>Kills the frontend and starts another at its address, as an update does.</summary>
    internal async Task RenewFrontend()
    {
        await Server.Kill();
        Dictionary<string, string> there = new(Settings) { ["ASPNETCORE_URLS"] = Server.Address.AbsoluteUri.TrimEnd('/') };
        await World.StartServer("frontend", there, waitUntilReady: false);
    }

    /// <summary>A verified connection to a store that no other test uses.</summary>
    internal async Task<(string Connection, MagentoStore Store)> Connect()
    {
        var number = Interlocked.Increment(ref stores);
        var draft = new
        {
            system = "magento",
            name = $"Store {number}",
            apiUrl = $"{World.Simulator.StoreAddress(number)}/rest/V1",
            accessToken = "admin",
            secret = "Admin123demo",
        };
        var id = (string)(await Owner.Post("connections", draft))["id"]!;
        // A process that does it for the first time, on a busy machine, may need longer than a verify has.
        await Until.True(async () => (bool)(await Owner.Post($"connections/{id}/verify", null))["ok"]!, TimeSpan.FromMinutes(1), "the connection to be verified");
        return (id, World.Simulator.Store(number));
    }
}
