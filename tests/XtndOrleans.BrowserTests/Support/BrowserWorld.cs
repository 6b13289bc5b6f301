using XtndOrleans.Simulator;
using XtndOrleans.SystemTests.Support;

namespace XtndOrleans.BrowserTests.Support;

/// <summary>A server in the role all, its database, a pretend store and a tenant, for the tests of one class. A class that needs others derives from it.</summary>
public class BrowserWorld : IAsyncLifetime
{
    readonly List<Api> tenants = [];

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
    }

    public virtual async ValueTask DisposeAsync()
    {
        tenants.ForEach(tenant => tenant.Dispose());
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
        var tenant = await World.NewTenant(Server);
        tenants.Add(tenant);
        return tenant;
    }
}
