using XtndOrleans.Connectors;

namespace XtndOrleans.Tests.Faults;

/// <summary>A page beyond the last repeats the last one, as in Magento until 2.3.7.</summary>
public sealed class LastPageRepeatedTests(FaultWorld world)
{
    public static MatrixTheoryData<string, int> Counts => new(EveryEntity.Names, [11, 12, 13]);

    [Theory, MemberData(nameof(Counts))]
    public async Task A_run_ends_and_doubles_nothing(string entity, int records)
    {
        var shop = await world.Open();
        shop.Store.Settings.RepeatsLastPage = true;
        shop.Shelf(entity).Count(records);

        var run = await shop.Succeed(entity);

        Assert.Equal(records, run.Inserted);
        Assert.InRange(shop.Traffic.Requests, 4, 10);
        await shop.AssertWhole(entity);
    }

    /// <summary>The one list that has page numbers only.</summary>
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task The_legacy_stock_list_ends_too(int records)
    {
        var shop = await world.Open();
        shop.Store.Settings.MultiSource = false;
        await shop.Verified();
        shop.Store.Settings.RepeatsLastPage = true;
        shop.Shelf(Entities.Product).Count(records);
        shop.Store.Traffic.Reset();

        var run = await shop.Succeed(Entities.Stock);

        Assert.Equal(records, run.Inserted);
        Assert.InRange(shop.Traffic.Requests, 4, 10);
        Assert.Equal(records, (await shop.Rows(Entities.Stock)).Count);
    }
}
