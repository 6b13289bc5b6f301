using XtndOrleans.BrowserTests.Overview;
using XtndOrleans.BrowserTests.Support;

namespace XtndOrleans.BrowserTests.Screenshots;

/// <summary>A tenant with a verified connection whose products and orders are here, so that no page is empty.</summary>
public sealed class ScreenshotWorld : BrowserWorld
{
    readonly Lazy<Task> filled;

    public ScreenshotWorld() => filled = new(FillNow);

    /// <summary>The id of the connection.</summary>
    public string Connection { get; private set; } = "";

    /// <summary>The key of a tenant of whose connections some need a person.</summary>
    public string Troubled { get; private set; } = "";

    // The pictures are taken only when asked for, and a fixture is made in any case.
    public override ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Makes all of it, once.</summary>
    public Task Fill() => filled.Value;

    async Task FillNow()
    {
        await base.InitializeAsync();
        Connection = await World.Connect(Owner);
        foreach (var entity in (string[])["product", "order"])
        {
            await Owner.End(Connection, await Owner.Run(Connection, entity));
            await Owner.Activate(Connection, entity);
        }

        await Troubles.Month(World, Connection);
        await Trouble();
    }

    async Task Trouble()
    {
        var tenant = await NewTenant();
        Troubled = tenant.Key;
        var main = await World.Connect(tenant);
        await tenant.End(main, await tenant.Run(main, "product"));
        await tenant.Activate(main, "product");
        await Troubles.Copy(World, main, "Outlet", "failing", "The store refused the user name or the password. Sign-in was given up after two tries.");
        await Troubles.Copy(World, main, "Flagship Oslo", "unverified", "");
        await Troubles.Copy(World, main, "Old shop", "paused", "The store moves to a new host this week.");
        await Troubles.Fail(World, main, "product", "mass_deletion_suspected", "80 of 120 records held were not in the store: more than a fifth and more than 50.", "Confirm it if the store is right.");
        await Troubles.Fail(World, main, "shipment", "permission_missing", "The user's role may not see shipments.", "Give the role Sales > Operations > Shipments in the store.");
        await Troubles.Differ(World, main);
        await Troubles.Month(World, main);
        await Troubles.Crowd(World, main, 30);
    }
}
