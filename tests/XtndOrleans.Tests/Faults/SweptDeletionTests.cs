using XtndOrleans.Simulator;

namespace XtndOrleans.Tests.Faults;

/// <summary>Deletions, which no list of Magento tells: found by the sweep, and believed only after each id was asked for once more.</summary>
public sealed class SweptDeletionTests(FaultWorld world)
{
    [Theory, ClassData(typeof(EntitiesWithDeltas))]
    public async Task A_deletion_is_found_by_the_sweep_and_not_before(string entity)
    {
        var shop = await world.Open();
        var shelf = shop.Shelf(entity);
        shelf.Count(14);
        await shop.Succeed(entity);
        var gone = shelf.ExternalId(shelf.Ids[6]);
        shelf.Delete(shelf.Ids[6]);

        Assert.Equal(0, (await shop.Succeed(entity)).Deleted);
        Assert.Contains(gone, (await shop.Rows(entity)).Keys);

        Assert.Equal(1, (await shop.Succeed(entity, "full")).Deleted);
        await shop.AssertWhole(entity);
        Assert.Equal(0, (await shop.Succeed(entity, "full")).Deleted);
    }

    [Theory, ClassData(typeof(EveryEntity))]
    public async Task What_is_deleted_between_the_pages_of_a_sweep_is_gone_after_the_next_at_the_latest(string entity)
    {
        var shop = await world.Open();
        var shelf = shop.Shelf(entity);
        shelf.Count(14);
        await shop.Succeed(entity);

        await shop.SyncWhile(entity, 3, () => shelf.Delete(shelf.Ids[0], shelf.Ids[12]), "full");
        await shop.AssertFeedReplays(entity);
        await shop.Succeed(entity, "full");

        await shop.AssertWhole(entity);
    }

    /// <summary>A row stands twice in each page and the last gives way: the sweep does not see it, though it is there.</summary>
    [Theory, ClassData(typeof(EveryEntity))]
    public async Task What_a_sweep_did_not_see_and_the_store_still_has_is_not_deleted(string entity)
    {
        var shop = await world.Open();
        var shelf = shop.Shelf(entity);
        shelf.Count(14);
        await shop.Succeed(entity);
        shop.Store.Faults.Add(new Fault(FaultKind.RowTwice) { Path = entity, After = 4, Times = 1 });

        Assert.Equal(0, (await shop.Sync(entity, "full")).Deleted);

        await shop.AssertWhole(entity);
    }

    [Theory, ClassData(typeof(EveryEntity))]
    public async Task A_sweep_that_fails_in_its_middle_deletes_nothing(string entity)
    {
        var shop = await world.Open();
        var shelf = shop.Shelf(entity);
        shelf.Count(14);
        await shop.Succeed(entity);
        shelf.Delete(shelf.Ids[0]);
        shop.Store.Faults.Add(new Fault(FaultKind.HtmlNotFound) { Path = entity, After = 2 });
        await shop.Fail(entity, "full");
        Assert.Equal(14, (await shop.Rows(entity)).Count);

        shop.Store.Faults.Clear();
        Assert.Equal(1, (await shop.Succeed(entity, "full")).Deleted);
        await shop.AssertWhole(entity);
    }

    /// <summary>The question is asked before anything is deleted: a store that cannot answer it keeps its records.</summary>
    [Theory, ClassData(typeof(EveryEntity))]
    public async Task Nothing_is_deleted_before_it_was_asked_for_once_more(string entity)
    {
        var shop = await world.Open();
        var shelf = shop.Shelf(entity);
        shelf.Count(14);
        await shop.Succeed(entity);
        shelf.Delete(shelf.Ids[6]);
        shop.Store.Traffic.Reset();
        await shop.Succeed(entity, "full");
        var requests = (int)shop.Traffic.Requests;
        await shop.AssertWhole(entity);

        shelf.Delete(shelf.Ids[6]);
        var rows = 0;
        await shop.SyncWhile(entity, 6, () => rows = shop.Rows(entity).GetAwaiter().GetResult().Count, "full");
        Assert.Equal(13, rows);
        Assert.InRange(requests, 5, 9);
        await shop.AssertWhole(entity);
    }
}
