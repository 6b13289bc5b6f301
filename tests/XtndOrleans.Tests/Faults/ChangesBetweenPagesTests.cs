namespace XtndOrleans.Tests.Faults;

/// <summary>Records that come, change and go while a full read is between its first and its second page.</summary>
public sealed class ChangesBetweenPagesTests(FaultWorld world)
{
    // One asks for the newest, one for the first page.
    const int SecondPage = 3;

    [Theory, ClassData(typeof(EveryEntity))]
    public async Task What_is_added_and_changed_ahead_is_in_the_run_and_nothing_is_skipped(string entity)
    {
        var shop = await world.Open();
        var shelf = shop.Shelf(entity);
        shelf.Count(14);
        var ahead = shelf.Last;

        var run = await shop.SyncWhile(entity, SecondPage, () =>
        {
            shelf.Add(3);
            shelf.Save([ahead], "ahead");
        });

        Assert.Equal(("succeeded", 17), (run.State, run.Inserted));
        await shop.AssertWhole(entity);
    }

    [Theory, ClassData(typeof(EveryEntity))]
    public async Task What_is_changed_behind_is_in_the_next_run(string entity)
    {
        var shop = await world.Open();
        var shelf = shop.Shelf(entity);
        shelf.Count(14);

        await shop.SyncWhile(entity, SecondPage, () => shelf.Save([shelf.Ids[0]], "behind"));
        Assert.DoesNotContain("behind", (await shop.Rows(entity))[shelf.ExternalId(shelf.Ids[0])]);

        Assert.Equal(1, (await shop.Succeed(entity)).Updated);
        await shop.AssertWhole(entity);
    }

    [Theory, ClassData(typeof(EveryEntity))]
    public async Task What_is_deleted_ahead_and_behind_makes_no_other_record_be_skipped(string entity)
    {
        var shop = await world.Open();
        var shelf = shop.Shelf(entity);
        shelf.Count(14);
        var behind = shelf.ExternalId(shelf.Ids[1]);

        // Pages by number would move up by one here and skip the record that was the first of the second page.
        await shop.SyncWhile(entity, SecondPage, () => shelf.Delete(shelf.Ids[1], shelf.Last));
        var rows = await shop.Rows(entity);
        rows.Remove(behind);
        FaultShop.AssertSame(shelf.Bodies, rows);

        await shop.Succeed(entity, "full");
        await shop.AssertWhole(entity);
    }
}
