using System.Reflection;
using Microsoft.Extensions.Logging.Abstractions;
using XtndOrleans.Engine.Sweeping;
using XtndOrleans.Tests.Server;

namespace XtndOrleans.Tests.Engine;

/// <summary>The second net begins the sweeps that are due. Orders are due in each test; what happens to products is what it is about.</summary>
public sealed class SweeperTests : IAsyncLifetime
{
    RunWorld world = null!;

    public async ValueTask InitializeAsync()
    {
        world = await RunWorld.Start();
        foreach (var entity in new[] { "order", "product" })
        {
            await world.Database.Scalar(
                """
                INSERT INTO xtnd.schedule (tenant_id, connection_id, entity, frequency, active, start_date, time_of_day, armed_zone, next_due_at)
                VALUES ($1, $2, $3, 'daily', true, '2026-01-05', '08:05', 'UTC', '2099-01-01')
                """,
                world.Connection.Tenant, world.Connection.Connection, entity);
            await world.Database.Scalar(
                "INSERT INTO xtnd.cursor (tenant_id, connection_id, entity, watermark, sweep_due_at) VALUES ($1, $2, $3, now(), now() - interval '1 minute')",
                world.Connection.Tenant, world.Connection.Connection, entity);
        }
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_sweep_that_is_due_begins_as_a_full_run()
    {
        await Round(begun: 2);
        Assert.Equal("full schedule", await world.Row("SELECT mode, trigger FROM xtnd.run WHERE entity = 'product'"));
    }

    [Theory]
    [InlineData("UPDATE xtnd.schedule SET active = false WHERE entity = 'product'")]
    [InlineData("UPDATE xtnd.cursor SET sweep_due_at = now() + interval '1 hour' WHERE entity = 'product'")]
    [InlineData("UPDATE xtnd.cursor SET sweep_due_at = NULL WHERE entity = 'product'")]
    [InlineData("DELETE FROM xtnd.schedule WHERE entity = 'product'")]
    public async Task What_is_not_due_or_not_scheduled_does_not_begin(string change)
    {
        await world.Database.Scalar(change);
        await Round();
        Assert.Equal("0", await world.Row("SELECT count(*) FROM xtnd.run WHERE entity = 'product'"));
    }

    [Fact]
    public async Task What_runs_already_is_left_to_run()
    {
        var run = await world.Begin();
        await Round();
        Assert.Equal(run.ToString(), await world.Row("SELECT id FROM xtnd.run WHERE entity = 'product'"));
    }

    /// <summary>At least one round, and to its end.</summary>
    async Task Round(int begun = 1)
    {
        var factory = DispatchProxy.Create<IGrainFactory, FakeGrains>();
        ((FakeGrains)(object)factory).Database = world.Database;
        using var sweeper = new Sweeper(world.Database.DataSource, factory, TimeProvider.System, NullLogger<Sweeper>.Instance);
        await sweeper.StartAsync(CancellationToken.None);
        await Until.True(async () => await world.Row("SELECT count(*) FROM xtnd.run WHERE trigger = 'schedule'") == $"{begun}");
        await sweeper.StopAsync(CancellationToken.None);
    }
}
