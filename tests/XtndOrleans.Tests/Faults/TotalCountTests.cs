using XtndOrleans.Connectors;
using XtndOrleans.Simulator;

namespace XtndOrleans.Tests.Faults;

/// <summary>A total_count that changes, lies or is missing: it may cost a request, never a record.</summary>
public sealed class TotalCountTests(FaultWorld world)
{
    public static MatrixTheoryData<string, int> Lies => new(EveryEntity.Names, [-1000, -1, 1, 1000]);

    [Theory, MemberData(nameof(Lies))]
    public async Task A_count_that_lies_loses_no_record(string entity, int amount)
    {
        var shop = await world.Open();
        shop.Shelf(entity).Count(14);
        shop.Store.Faults.Add(new Fault(FaultKind.WrongTotal) { Path = entity, Amount = amount });

        await shop.Sync(entity);

        await shop.AssertWhole(entity);
    }

    [Theory, ClassData(typeof(EntitiesWithDeltas))]
    public async Task A_count_that_is_missing_loses_no_record(string entity)
    {
        var shop = await world.Open();
        shop.Shelf(entity).Count(14);
        shop.Store.Faults.Add(FaultKind.NoTotal, times: null, path: entity);

        await shop.Succeed(entity);

        await shop.AssertWhole(entity);
    }

    /// <summary>Its pages overlap, and without the count nobody knows whether a short one is the last: a run that cannot know says so.</summary>
    [Fact]
    public async Task Stock_that_is_not_counted_is_not_taken_for_whole()
    {
        var shop = await world.Open();
        shop.Store.Faults.Add(FaultKind.NoTotal, times: null, path: Entities.Stock);
        Assert.Equal(FailureCodes.MalformedAnswer, (await shop.Fail(Entities.Stock)).Code);

        shop.Store.Faults.Clear();
        await shop.Succeed(Entities.Stock);
        await shop.AssertWhole(Entities.Stock);
    }

    [Theory, ClassData(typeof(EveryEntity))]
    public async Task A_count_that_changes_with_every_page_loses_no_record(string entity)
    {
        var shop = await world.Open();
        var shelf = shop.Shelf(entity);
        shelf.Count(14);
        foreach (var amount in (int[])[3, -7, 40, -2, 1])
        {
            shop.Store.Faults.Add(new Fault(FaultKind.WrongTotal) { Path = entity, Amount = amount, Times = 1 });
        }

        var run = await shop.SyncWhile(entity, 2, () => shelf.Add(2));

        Assert.Equal("succeeded", run.State);
        await shop.AssertWhole(entity);
    }
}
