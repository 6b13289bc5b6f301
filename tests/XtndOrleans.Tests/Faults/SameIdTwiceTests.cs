using XtndOrleans.Simulator;

namespace XtndOrleans.Tests.Faults;

/// <summary>The same id twice in a page, and in two pages: a join that repeats rows, a sort that is ignored.</summary>
public sealed class SameIdTwiceTests(FaultWorld world)
{
    [Theory, ClassData(typeof(EveryEntity))]
    public async Task A_row_that_stands_twice_in_a_page_is_one_record(string entity)
    {
        var shop = await world.Open();
        shop.Shelf(entity).Count(14);
        shop.Store.Faults.Add(new Fault(FaultKind.RowTwice) { Path = entity, After = 2, Times = 1 });

        Assert.Equal(14, (await shop.Succeed(entity)).Inserted);
        await shop.AssertWhole(entity);
    }

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

    /// <summary>
    /// Pages in an order of their own repeat some rows and lack others. Where ids are numbers such a store is not believed; the order of SKUs is the store's
    /// own, so there the count tells.
    /// </summary>
    [Theory, ClassData(typeof(EveryEntity))]
    public async Task Records_that_are_missing_because_a_store_ignores_the_order_are_never_called_complete(string entity)
    {
        var shop = await world.Open();
        shop.Shelf(entity).Count(14);
        shop.Store.Faults.Add(FaultKind.Unordered, times: null, path: entity);

        var run = await shop.Sync(entity);

        if (run.State == "succeeded" && (await shop.Rows(entity)).Count < 14)
        {
            Assert.Equal("differs", await shop.Text($"SELECT state FROM xtnd.completeness WHERE {shop.Mine} AND entity = '{entity}'"));
        }

        shop.Store.Faults.Clear();
        await shop.Succeed(entity, "full");
        await shop.AssertWhole(entity);
    }
}
