using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Records;
using XtndOrleans.Engine.Syncs;
using static XtndOrleans.Tests.Records.RecordWorld;

namespace XtndOrleans.Tests.Records;

/// <summary>What the pages of runs ask of the database.</summary>
public sealed class RunQueriesTests : IAsyncLifetime
{
    RecordWorld world = null!;
    RunQueries runs = null!;

    public async ValueTask InitializeAsync()
    {
        world = await Start();
        runs = new(world.Database.DataSource, TimeProvider.System);
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task The_newest_run_of_an_entity_is_found_and_those_beside_each()
    {
        await End();
        var second = await world.BeginRun(world.Products);
        await world.BeginRun(world.Orders);
        await End();
        var third = await world.BeginRun(world.Products);

        Assert.Equal(third.ToString("N"), (await runs.Newest(world.Products, TestContext.Current.CancellationToken))!.Id);
        Assert.Null(await runs.Newest(new(world.Products.Connection, "customer"), TestContext.Current.CancellationToken));
        Assert.Null(await runs.Newest(Strange(), TestContext.Current.CancellationToken));
        Assert.Equal((null, second.ToString("N")), await runs.Beside(world.Products, world.Run, TestContext.Current.CancellationToken));
        Assert.Equal((world.Run.ToString("N"), third.ToString("N")), await runs.Beside(world.Products, second, TestContext.Current.CancellationToken));
        Assert.Equal((second.ToString("N"), null), await runs.Beside(world.Products, third, TestContext.Current.CancellationToken));
        Assert.Equal((null, null), await runs.Beside(Strange(), second, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Of_some_ids_those_that_are_held_are_told()
    {
        await world.Commit(Product(1), Product(3));
        var ledger = new LedgerQueries(world.Database.DataSource);
        Assert.Equal(["1", "3"], (await ledger.Held(world.Products, ["1", "2", "3"], TestContext.Current.CancellationToken)).Order());
        Assert.Empty(await ledger.Held(Strange(), ["1", "2", "3"], TestContext.Current.CancellationToken));
    }

    // The same connection, asked for by another tenant.
    EntityId Strange() => new(new(Guid.NewGuid(), world.Products.Connection.Connection), "product");

    Task<object?> End() => world.Database.Scalar("UPDATE xtnd.run SET state = 'succeeded', finished_at = now() WHERE state = 'running'");
}
