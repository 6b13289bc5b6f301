namespace XtndOrleans.Tests.Faults;

/// <summary>More records of one second than a page holds.</summary>
public sealed class SameSecondClusterTests(FaultWorld world)
{
    [Theory, ClassData(typeof(EveryEntity))]
    public async Task A_full_read_has_all_records_of_one_second(string entity)
    {
        var shop = await world.Open();
        shop.Shelf(entity).Add(9);

        var run = await shop.Succeed(entity);

        Assert.Equal("full", run.Mode);
        await shop.AssertWhole(entity);
    }

    [Theory, ClassData(typeof(EntitiesWithDeltas))]
    public async Task A_delta_has_all_records_of_one_second(string entity)
    {
        var shop = await world.Open();
        var shelf = shop.Shelf(entity);
        shelf.Count(14);
        await shop.Succeed(entity);
        shelf.Save(shelf.Ids, "an import", shelf.Now);
        shelf.Add(5, shelf.Now);

        var run = await shop.Succeed(entity);

        Assert.Equal(("incremental", 5, 14), (run.Mode, run.Inserted, run.Updated));
        await shop.AssertWhole(entity);
    }
}
