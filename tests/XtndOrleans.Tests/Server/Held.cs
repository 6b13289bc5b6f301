using XtndOrleans.Connectors;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Records;
using XtndOrleans.Tests.Records;
using XtndOrleans.Tests.Support;

namespace XtndOrleans.Tests.Server;

/// <summary>A tenant with a connection whose first product run has ended, and what it read.</summary>
internal sealed record Held(TestTenant Tenant, EntityId Products, Guid Run)
{
    public string Path => $"connections/{Products.Connection}";

    public TestDatabase Database => Tenant.World.Database;

    public RecordStore Store => new(Database.DataSource);

    public static async Task<Held> By(IReadOnlyList<StoreRecord> records)
    {
        var tenant = await (await ApiWorld.Shared).Tenant();
        var connection = await tenant.Connection();
        var started = await tenant.Owner.Post($"connections/{connection}/runs", new { entity = "product" });
        var held = new Held(tenant, new(new(Guid.Parse(tenant.Id), Guid.Parse(connection)), "product"), Guid.Parse(started.Body["id"]!.GetValue<string>()));
        await held.Database.Scalar(
            "INSERT INTO xtnd.cursor (tenant_id, connection_id, entity, epoch, run_id) VALUES ($1, $2, 'product', 1, $3)",
            held.Products.Connection.Tenant, held.Products.Connection.Connection, held.Run);
        using var page = new Page(records, null);
        await held.Store.Commit(
            new(held.Products, held.Run, 1, page, records is [.., var last] ? last.ExternalId : null, true, 2, 1, 100, RecordWorld.Now), TestContext.Current.CancellationToken);
        return held;
    }

    public Task<Reply> Get(string path) => Tenant.Owner.Get($"{Path}/{path}");
}
