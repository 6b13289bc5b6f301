using XtndOrleans.Simulator;

namespace XtndOrleans.Tests.Faults;

/// <summary>updated_at is null or in the future.</summary>
public sealed class ChangeTimeTests(FaultWorld world)
{
    [Theory, ClassData(typeof(EntitiesWithDeltas))]
    public async Task A_record_from_the_future_hides_no_change_of_the_present(string entity)
    {
        var shop = await world.Open();
        var shelf = shop.Shelf(entity);
        shelf.Count(14);
        shelf.Save([shelf.Ids[3]], "from the future", shelf.Now + (20 * 365 * 86400L));
        await shop.Succeed(entity);

        shelf.Save(shelf.Ids.Skip(8).Take(5), "now");
        shelf.Add(3);
        Assert.Equal("incremental", (await shop.Succeed(entity)).Mode);
        await shop.AssertWhole(entity);
    }

    [Theory, ClassData(typeof(EntitiesWithDeltas))]
    public async Task A_record_without_a_time_is_in_full_reads_and_its_changes_come_with_the_sweep(string entity)
    {
        var shop = await world.Open();
        var shelf = shop.Shelf(entity);
        shelf.Count(14);
        shelf.Save([shelf.Ids[3], shelf.Ids[13]], "undated", Row.Undated);
        await shop.Succeed(entity);
        await shop.AssertWhole(entity);

        shelf.Save([shelf.Ids[3]], "changed, undated", Row.Undated);
        await shop.Succeed(entity);
        await shop.Succeed(entity, "full");
        await shop.AssertWhole(entity);
    }

    [Theory, ClassData(typeof(EntitiesWithDeltas))]
    public async Task A_store_where_nothing_has_a_time_is_read_all_the_same(string entity)
    {
        var shop = await world.Open();
        var shelf = shop.Shelf(entity);
        shelf.Count(14);
        shelf.Save(shelf.Ids, "undated", Row.Undated);
        await shop.Succeed(entity);
        await shop.AssertWhole(entity);

        shelf.Save([shelf.Ids[3]], "now");
        await shop.Succeed(entity);
        await shop.AssertWhole(entity);
    }
}
