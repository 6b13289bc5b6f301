using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Records;
using XtndOrleans.Engine.Syncs;
using static XtndOrleans.Tests.Engine.RunWorld;

namespace XtndOrleans.Tests.Engine;

/// <summary>What a connection's page asks: one statement for all entities.</summary>
public sealed class RunQueriesTests : IAsyncLifetime
{
    RunWorld world = null!;

    public async ValueTask InitializeAsync() => world = await Start();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task The_last_runs_of_each_entity_are_its_newest_first_and_nobody_elses()
    {
        var products = await Add(world.Connection, "product", 5);
        var orders = await Add(world.Connection, "order", 2);
        await Add(world.Connection, "stock", 1);
        await Add(await Beside(new(world.Connection.Tenant, Guid.NewGuid())), "product", 1);
        await Add(await Beside(new(Guid.NewGuid(), world.Connection.Connection)), "product", 1);

        var found = await new RunQueries(world.Database.DataSource, TimeProvider.System).Latest(world.Connection, ["product", "order", "customer"], 3, TestContext.Current.CancellationToken);

        Assert.Equal(products.AsEnumerable().Reverse().Take(3), found["product"].Select(run => run.Id));
        Assert.Equal(orders.AsEnumerable().Reverse(), found["order"].Select(run => run.Id));
        Assert.Empty(found["customer"]);
        Assert.Empty(found["stock"]);
    }

    [Fact]
    public async Task What_is_set_aside_is_counted_for_each_entity_until_it_is_resolved()
    {
        await Park(world.Connection, "product", "1", resolved: false);
        await Park(world.Connection, "product", "2", resolved: false);
        await Park(world.Connection, "order", "1", resolved: true);
        await Park(await Beside(new(Guid.NewGuid(), world.Connection.Connection)), "order", "2", resolved: false);

        var open = await new LedgerQueries(world.Database.DataSource).OpenQuarantine(world.Connection, TestContext.Current.CancellationToken);

        Assert.Equal(new Dictionary<string, long> { ["product"] = 2 }, open);
    }

    async Task<ConnectionId> Beside(ConnectionId id)
    {
        await world.Database.Scalar("INSERT INTO xtnd.tenant VALUES ($1, 'T', now()) ON CONFLICT DO NOTHING", id.Tenant);
        await world.Database.Scalar(
            """
            INSERT INTO xtnd.connection (tenant_id, id, system, name, api_url, base_address, access_token, sealed_secret, status, created_at, updated_at)
            VALUES ($1, $2, 'magento', 'C', '', '', '', '', 'verified', now(), now())
            """,
            id.Tenant, id.Connection);
        return id;
    }

    // Oldest first.
    async Task<List<string>> Add(ConnectionId connection, string entity, int count)
    {
        var added = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var id = Guid.CreateVersion7(Now.AddMinutes(i));
            await world.Database.Scalar(
                "INSERT INTO xtnd.run (tenant_id, connection_id, id, entity, mode, trigger, state, queued_at) VALUES ($1, $2, $3, $4, 'full', 'manual', 'succeeded', now())",
                connection.Tenant, connection.Connection, id, entity);
            added.Add(id.ToString("N"));
        }

        return added;
    }

    async Task Park(ConnectionId connection, string entity, string id, bool resolved) => await world.Database.Scalar(
        """
        INSERT INTO xtnd.quarantine (tenant_id, connection_id, entity, external_id, code, reason, first_seen_at, tried_at, attempts, resolved_at)
        VALUES ($1, $2, $3, $4, 'malformed', 'r', now(), now(), 1, CASE WHEN $5 THEN now() END)
        """,
        connection.Tenant, connection.Connection, entity, id, resolved);
}
