using XtndOrleans.Connectors;
using Xunit.Sdk;

namespace XtndOrleans.Tests.Faults;

/// <summary>What the fault tests compare with can say no.</summary>
public sealed class FaultWorldTests(FaultWorld world)
{
    [Theory]
    [InlineData("DELETE FROM xtnd.order WHERE {0} AND seq = 7")]
    [InlineData("UPDATE xtnd.order SET deleted_at = now() WHERE {0} AND seq = 7")]
    [InlineData("UPDATE xtnd.order SET body = '{{}}' WHERE {0} AND seq = 7")]
    [InlineData("UPDATE xtnd.order SET external_id = '777' WHERE {0} AND seq = 7")]
    public async Task A_row_that_is_not_the_stores_is_noticed(string harm)
    {
        var shop = await Read();
        await shop.Text(string.Format(harm, shop.Mine));
        await Assert.ThrowsAnyAsync<XunitException>(() => shop.AssertEqualsStore(Entities.Order));
    }

    [Fact]
    public async Task A_change_that_is_not_in_the_feed_is_noticed()
    {
        var shop = await Read();
        await shop.Text($"UPDATE xtnd.order SET seq = 0 WHERE {shop.Mine} AND seq = 7");
        await Assert.ThrowsAnyAsync<XunitException>(() => shop.AssertFeedReplays(Entities.Order));
    }

    [Theory]
    [InlineData("UPDATE xtnd.order SET seq = seq + 1000 WHERE {0} AND seq = 7")]
    [InlineData("UPDATE xtnd.cursor SET last_seq = last_seq + 1 WHERE {0}")]
    [InlineData("UPDATE xtnd.run SET inserted = inserted + 1 WHERE {0}")]
    public async Task A_gap_in_the_change_numbers_is_noticed(string harm)
    {
        var shop = await Read();
        await shop.Text(string.Format(harm, shop.Mine));
        await Assert.ThrowsAnyAsync<XunitException>(() => shop.AssertSeqHasNoGaps(Entities.Order));
    }

    async Task<FaultShop> Read()
    {
        var shop = await world.Open();
        await shop.Succeed(Entities.Order);
        await shop.AssertWhole(Entities.Order);
        return shop;
    }
}
