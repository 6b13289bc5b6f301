using XtndOrleans.BrowserTests.Overview;
using XtndOrleans.BrowserTests.Support;
using XtndOrleans.Simulator;

namespace XtndOrleans.BrowserTests.Screenshots;

/// <summary>A tenant with a verified connection whose records are here, so that no page is empty.</summary>
public sealed class ScreenshotWorld : BrowserWorld
{
    readonly Lazy<Task> filled;

    public ScreenshotWorld() => filled = new(FillNow);

    /// <summary>The id of the connection.</summary>
    public string Connection { get; private set; } = "";

    /// <summary>The id of its newest run.</summary>
    public string LastRun { get; private set; } = "";

    /// <summary>The id of a run that failed.</summary>
    public string FailedRun { get; private set; } = "";

    /// <summary>The key of a tenant that nothing needs.</summary>
    public string Calm { get; private set; } = "";

    /// <summary>The key of a tenant of whose connections some need a person.</summary>
    public string Troubled { get; private set; } = "";

    /// <summary>The path of a link that signs in.</summary>
    public string Link { get; private set; } = "";

    // The pictures are taken only when asked for, and a fixture is made in any case.
    public override ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Makes all of it, once.</summary>
    public Task Fill() => filled.Value;

    async Task FillNow()
    {
        await base.InitializeAsync();
        Connection = await World.Connect(Owner);
        Link = await NewLink(Owner);
        World.Store.Poison.Add("order", World.Store.Entity("order").Ids()[4]);
        World.Store.Faults.Add(FaultKind.Unauthorized, times: null, path: "shipment");
        foreach (var entity in (string[])["product", "order", "shipment", "product", "product"])
        {
            LastRun = await Owner.Run(Connection, entity);
            await Owner.End(Connection, LastRun);
            FailedRun = entity is "shipment" ? LastRun : FailedRun;
        }

        World.Store.Faults.Clear();
        World.Store.Poison.Clear();
        await Owner.Post($"connections/{Connection}/verify", null);
        foreach (var entity in (string[])["invoice", "accounting", "customer", "stock"])
        {
            await Owner.End(Connection, await Owner.Run(Connection, entity));
        }

        foreach (var entity in (string[])["product", "order"])
        {
            await Owner.Activate(Connection, entity);
        }

        await DueSlots("product", 24, 7, "CASE n WHEN 2 THEN 'late' ELSE 'ran' END");
        // One of each within two days: the strip shows three, and one of them may have just begun.
        await DueSlots("order", 1, 70, "CASE WHEN n = 9 THEN 'late' WHEN n BETWEEN 20 AND 22 THEN 'caught_up' WHEN n = 40 THEN 'skipped_running' WHEN n BETWEEN 30 AND 35 THEN 'skipped_paused' ELSE 'ran' END");
        await Peace();
        await Trouble();
    }

    async Task Peace()
    {
        var tenant = await NewTenant();
        Calm = tenant.Key;
        var main = await World.Connect(tenant);
        foreach (var entity in (string[])["product", "order", "customer"])
        {
            await tenant.End(main, await tenant.Run(main, entity));
            await tenant.Activate(main, entity);
        }

        await Troubles.Month(World, main);
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

    // What days of schedules leave behind.
    Task<object?> DueSlots(string entity, int hours, int count, string outcome) => World.Database.Scalar(
        $"""
        INSERT INTO xtnd.slot (tenant_id, connection_id, entity, due_at, outcome, delay_seconds)
        SELECT c.tenant_id, c.id, $1, date_trunc('hour', now()) - make_interval(hours => n * $2), {outcome}, 240
        FROM xtnd.connection c, generate_series(1, $3) n WHERE c.id = $4
        """,
        entity, hours, count, Guid.Parse(Connection));
}

/// <summary>What looks at every page. It runs alone: beside another world that starts, the store may be too slow for a verify.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class EveryPage : ICollectionFixture<ScreenshotWorld>;
