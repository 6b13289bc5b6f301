using XtndOrleans.Simulator;
using XtndOrleans.SystemTests.Support;

namespace XtndOrleans.BrowserTests.Support;

/// <summary>A server in the role all, its database, a pretend store and a tenant, for the tests of one class. A class that needs others derives from it.</summary>
public class BrowserWorld : IAsyncLifetime
{
    readonly Dictionary<Api, string> tenants = [];

    /// <summary>The owner of the tenant that every test of the class may use.</summary>
    internal Api Owner { get; private set; } = null!;

    internal ServerProcess Server { get; private set; } = null!;

    internal World World { get; private set; } = null!;

    /// <summary>What the pretend stores hold.</summary>
    protected virtual SimulatorOptions Store => new() { Products = 120, Orders = 30 };

    /// <summary>Settings of the server beside those that every test has, named as in the environment.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>();

    public virtual async ValueTask InitializeAsync()
    {
        World = await World.Create(Store);
        Server = await StartServer();
        Owner = await NewTenant();
        // The first verify of a server that has just started may take it longer than it has; those that are pressed in the browser have one try.
        await World.Verify(Owner, "connections/verify", World.Draft());
    }

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var tenant in tenants.Keys)
        {
            tenant.Dispose();
        }

        if (World is not null)
        {
            await World.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Starts what serves the pages: one process that does everything.</summary>
    internal virtual Task<ServerProcess> StartServer() => World.StartServer(settings: Settings);

    /// <summary>One more tenant, for a test about strangers or one that wants an empty page.</summary>
    internal async Task<Api> NewTenant()
    {
        using var platform = new Api(Server.Address, World.PlatformKey);
        var tenant = (string)(await platform.Post("tenants", new { name = "Test" }))["id"]!;
        var owner = new Api(Server.Address, (string)(await platform.Post($"tenants/{tenant}/keys", new { name = "test", role = "owner" }))["key"]!);
        tenants.Add(owner, tenant);
        return owner;
    }

    /// <summary>One more key of a tenant.</summary>
    internal async Task<(string Key, string Path)> NewKey(Api owner, string role)
    {
        var made = await owner.Post($"tenants/{tenants[owner]}/keys", new { name = role, role });
        return ((string)made["key"]!, $"tenants/{tenants[owner]}/keys/{made["id"]}");
    }

    /// <summary>The address that signs in to a tenant once, without the server.</summary>
    internal async Task<string> NewLink(Api owner) =>
        new Uri((string)(await owner.Post($"tenants/{tenants[owner]}/sign-in-links", new { }))["url"]!).PathAndQuery;
}
