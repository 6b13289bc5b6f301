using XtndOrleans.BrowserTests.Support;

namespace XtndOrleans.BrowserTests.Records;

/// <summary>A tenant with a verified connection from which every entity was read.</summary>
public sealed class RecordWorld : BrowserWorld
{
    public string Connection { get; private set; } = "";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Connection = await World.Connect(Owner);
        foreach (var entity in (string[])["product", "customer", "order", "invoice", "shipment", "accounting", "stock"])
        {
            await Owner.End(Connection, await Owner.Run(Connection, entity));
        }
    }
}
