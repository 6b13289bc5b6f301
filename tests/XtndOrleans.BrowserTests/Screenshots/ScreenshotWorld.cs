using XtndOrleans.BrowserTests.Support;

namespace XtndOrleans.BrowserTests.Screenshots;

/// <summary>A tenant with a verified connection whose products and orders are here, so that no page is empty.</summary>
public sealed class ScreenshotWorld : BrowserWorld
{
    /// <summary>The id of the connection.</summary>
    public string Connection { get; private set; } = "";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Connection = await World.Connect(Owner);
        foreach (var entity in (string[])["product", "order"])
        {
            await Owner.End(Connection, await Owner.Run(Connection, entity));
        }
    }
}
