using XtndOrleans.SystemTests.Support;

namespace XtndOrleans.SystemTests.Connections;

/// <summary>One server and one tenant for tests that use a connection of their own.</summary>
public sealed class VerifyWorld : IAsyncLifetime
{
    internal World World { get; private set; } = null!;

    internal ServerProcess Server { get; private set; } = null!;

    internal Api Api { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        World = await World.Create(new() { Products = 20, Orders = 5 });
        // A second less than by default: what a busy machine adds to it must not pass for a broken promise.
        Server = await World.StartServer(settings: new Dictionary<string, string> { ["Xtnd__Egress__VerifyLimit"] = "00:00:08" });
        Api = await World.NewTenant(Server);
        // The first verify of a server that has just started may take it longer than it has.
        await World.Connect(Api);
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await World.DisposeAsync();
    }
}
