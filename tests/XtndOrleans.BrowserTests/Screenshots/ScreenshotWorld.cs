using XtndOrleans.BrowserTests.Support;
using XtndOrleans.Simulator;

namespace XtndOrleans.BrowserTests.Screenshots;

/// <summary>A tenant with a verified connection whose products and orders are here, so that no page is empty.</summary>
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

    // The pictures are taken only when asked for, and a fixture is made in any case.
    public override ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Makes all of it, once.</summary>
    public Task Fill() => filled.Value;

    async Task FillNow()
    {
        await base.InitializeAsync();
        Connection = await World.Connect(Owner);
        World.Store.Poison.Add("order", World.Store.Entity("order").Ids()[4]);
        World.Store.Faults.Add(FaultKind.Unauthorized, times: null, path: "shipment");
        foreach (var entity in (string[])["product", "order", "shipment", "product", "product"])
        {
            LastRun = await Owner.Run(Connection, entity);
            await Owner.End(Connection, LastRun);
            FailedRun = entity is "shipment" ? LastRun : FailedRun;
        }

        World.Store.Faults.Clear();
        await Owner.Post($"connections/{Connection}/verify", null);
        await DueSlots("product", 24, 7, "CASE n WHEN 2 THEN 'late' ELSE 'ran' END");
        await DueSlots("order", 1, 70, "CASE WHEN n = 9 THEN 'late' WHEN n BETWEEN 20 AND 22 THEN 'caught_up' WHEN n = 40 THEN 'skipped_running' WHEN n BETWEEN 50 AND 55 THEN 'skipped_paused' ELSE 'ran' END");
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
