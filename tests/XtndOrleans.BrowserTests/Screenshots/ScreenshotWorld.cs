using XtndOrleans.BrowserTests.Support;

namespace XtndOrleans.BrowserTests.Screenshots;

/// <summary>A tenant with a verified connection whose records are here, so that no page is empty.</summary>
public sealed class ScreenshotWorld : BrowserWorld
{
    readonly Lazy<Task> filled;

    public ScreenshotWorld() => filled = new(FillNow);

    /// <summary>The id of the connection.</summary>
    public string Connection { get; private set; } = "";

    // The pictures are taken only when asked for, and a fixture is made in any case.
    public override ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Makes all of it, once.</summary>
    public Task Fill() => filled.Value;

    async Task FillNow()
    {
        await base.InitializeAsync();
        Connection = await World.Connect(Owner);
        foreach (var entity in (string[])["product", "order", "invoice", "shipment", "accounting", "customer", "stock"])
        {
            await Owner.End(Connection, await Owner.Run(Connection, entity));
        }
    }
}
