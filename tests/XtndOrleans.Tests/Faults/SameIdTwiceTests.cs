using XtndOrleans.Simulator;

namespace XtndOrleans.Tests.Faults;

/// <summary>The same id twice in a page, and in two pages: a join that repeats rows, a sort that is ignored.</summary>
public sealed class SameIdTwiceTests(FaultWorld world)
{
    [Theory, ClassData(typeof(EveryEntity))]
    public async Task A_row_that_stands_twice_in_every_page_is_one_record_and_none_is_lost(string entity)
    {
        var shop = await world.Open();
        shop.Shelf(entity).Count(14);
        shop.Store.Faults.Add(FaultKind.RowTwice, times: null, path: entity);
        await shop.Sync(entity);

        shop.Store.Faults.Clear();
        await shop.Succeed(entity, "full");
        await shop.AssertWhole(entity);
    }

    /// <summary>Pages in an order of their own repeat some rows and lack others: such a store is not believed.</summary>
    [Theory, ClassData(typeof(EveryEntity))]
    public async Task A_store_that_ignores_the_order_never_makes_a_run_succeed_with_records_missing(string entity)
    {
        var shop = await world.Open();
        shop.Shelf(entity).Count(14);
        shop.Store.Faults.Add(FaultKind.Unordered, times: null, path: entity);

        var run = await shop.Sync(entity);

        if (run.State == "succeeded")
        {
            await shop.AssertWhole(entity);
        }

        shop.Store.Faults.Clear();
        await shop.Succeed(entity, "full");
        await shop.AssertWhole(entity);
    }
}
