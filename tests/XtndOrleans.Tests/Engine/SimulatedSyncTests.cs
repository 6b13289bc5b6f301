using System.Globalization;
using XtndOrleans.Connectors;
using XtndOrleans.Tests.Connectors;
using XtndOrleans.Tests.Faults;

namespace XtndOrleans.Tests.Engine;

/// <summary>Whole runs with Magento's connector against the simulated store.</summary>
public sealed class SimulatedSyncTests : IAsyncLifetime
{
    SimulatedStore store = null!;
    LoopWorld world = null!;

    public async ValueTask InitializeAsync()
    {
        store = await SimulatedStore.Start(products: 40, orders: 40);
        world = await LoopWorld.Start(products: 0);
        var session = await store.Session();
        world.Connector = store.Magento;
        world.Options.PageSize = 7;
        world.Door.Answer = () => ScriptedDoor.Grant() with { BaseAddress = session.BaseAddress, Authorization = session.Authorization };
    }

    public async ValueTask DisposeAsync()
    {
        await world.DisposeAsync();
        await store.DisposeAsync();
    }

    [Theory, ClassData(typeof(EveryEntity))]
    public async Task Every_entity_is_read_whole_proved_and_swept_without_a_change(string entity)
    {
        world.Entity = entity;
        var first = await world.Run();
        Assert.Equal(("succeeded", "full", null), (first.State, first.Mode, first.Error));
        Assert.True(first.Inserted > 0);
        Assert.Equal($"complete {first.Inserted} {first.Inserted} -", await world.Row("SELECT state, held, store_total, note FROM xtnd.completeness"));

        var sweep = await world.Run("full");
        Assert.Equal(("succeeded", first.Inserted, 0, 0, 0), (sweep.State, sweep.Unchanged, sweep.Inserted, sweep.Updated, sweep.Deleted));
    }

    [Theory, ClassData(typeof(EntitiesWithDeltas))]
    public async Task A_poisoned_record_of_any_entity_is_set_aside_and_comes_back_when_it_is_well(string entity)
    {
        world.Entity = entity;
        var whole = await world.Run();
        var id = await world.Row($"SELECT external_id FROM xtnd.{(entity == Entities.Order ? "\"order\"" : entity)} ORDER BY length(external_id), external_id OFFSET 2 LIMIT 1");
        store.Store.Poison.Add(entity, int.Parse(id, CultureInfo.InvariantCulture));
        var sick = await world.Run("full");

        Assert.Equal(("succeeded", 1, 0, whole.Inserted - 1), (sick.State, sick.Quarantined, sick.Deleted, sick.Unchanged));
        Assert.Equal(id, await world.Row("SELECT external_id FROM xtnd.quarantine WHERE resolved_at IS NULL"));
        Assert.Equal("complete 1", await world.Row("SELECT state, quarantined FROM xtnd.completeness"));

        store.Store.Poison.Clear();
        Assert.Equal("succeeded", (await world.Run("full")).State);
        Assert.Equal("0", await world.Row("SELECT count(*) FROM xtnd.quarantine WHERE resolved_at IS NULL"));
    }

    [Fact]
    public async Task What_the_store_deleted_is_found_by_the_sweep()
    {
        await world.Run();
        var ids = store.Store.Products.Snapshot.ToArray().Select(row => row.Id).Take(3).ToArray();
        store.Store.Catalog.Delete(ids);
        var sweep = await world.Run("full");

        Assert.Equal(("succeeded", 3, 3), (sweep.State, sweep.Missing, sweep.Deleted));
        Assert.Equal("complete 37 37", await world.Row("SELECT state, held, store_total FROM xtnd.completeness"));
    }
}
