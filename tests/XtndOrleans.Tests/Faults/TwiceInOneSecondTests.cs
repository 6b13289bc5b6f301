namespace XtndOrleans.Tests.Faults;

/// <summary>A record that is saved, read, and saved again within one second: its time of change is the same, its content is not.</summary>
public sealed class TwiceInOneSecondTests(FaultWorld world)
{
    [Theory, ClassData(typeof(EntitiesWithDeltas))]
    public async Task The_second_save_is_in_the_next_delta(string entity)
    {
        var shop = await world.Open();
        var shelf = shop.Shelf(entity);
        shelf.Count(14);
        await shop.Succeed(entity);
        var second = shelf.Now;
        shelf.Save([shelf.Ids[5]], "first save", second);
        await shop.Succeed(entity);
        await shop.AssertWhole(entity);

        shelf.Save([shelf.Ids[5]], "second save", second);
        var run = await shop.Succeed(entity);

        Assert.Equal(("incremental", 1), (run.Mode, run.Updated));
        await shop.AssertWhole(entity);
    }

    [Theory, ClassData(typeof(EntitiesWithDeltas))]
    public async Task A_save_between_two_pages_of_the_same_second_is_not_lost(string entity)
    {
        var shop = await world.Open();
        var shelf = shop.Shelf(entity);
        shelf.Count(14);
        var second = shelf.Now;
        shelf.Save(shelf.Ids, "first save", second);

        await shop.SyncWhile(entity, 3, () => shelf.Save(shelf.Ids, "second save", second));
        await shop.Succeed(entity);

        await shop.AssertWhole(entity);
    }
}
