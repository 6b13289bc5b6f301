using XtndOrleans.Connectors;

namespace XtndOrleans.Tests.Faults;

/// <summary>A store whose clock is two hours off, and a database whose clock differs from its web server's.</summary>
public sealed class ClockSkewTests(FaultWorld world)
{
    [Theory]
    [InlineData(2, 0)]
    [InlineData(-2, 0)]
    [InlineData(0, 2)]
    [InlineData(0, -2)]
    [InlineData(2, -2)]
    [InlineData(-2, 14)]
    [InlineData(0, -12)]
    public async Task Changes_are_in_the_delta_whatever_the_clocks_say(double storeHours, double databaseHours)
    {
        var shop = await world.Open();
        (shop.Store.Clock.Offset, shop.Store.Clock.DatabaseOffset) = (TimeSpan.FromHours(storeHours), TimeSpan.FromHours(databaseHours));
        var shelf = shop.Shelf(Entities.Order);
        shelf.Save(shelf.Ids.Take(3), "before the first run");
        await shop.Succeed(Entities.Order);

        for (var round = 0; round < 3; round++)
        {
            shelf.Save(shelf.Ids.Skip(round * 5).Take(9), $"round {round}");
            shelf.Add(2);
            Assert.Equal("incremental", (await shop.Succeed(Entities.Order)).Mode);
            await shop.AssertWhole(Entities.Order);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-2)]
    public async Task A_clock_that_is_put_right_between_two_runs_hides_no_change(double hours)
    {
        var shop = await world.Open();
        var shelf = shop.Shelf(Entities.Product);
        shop.Store.Clock.Offset = TimeSpan.FromHours(hours);
        await shop.Succeed(Entities.Product);
        shelf.Save(shelf.Ids.Take(5), "with the wrong clock");
        await shop.Succeed(Entities.Product);
        await shop.AssertWhole(Entities.Product);

        shop.Store.Clock.Offset = TimeSpan.Zero;
        shelf.Save(shelf.Ids.Skip(3).Take(9), "with the right clock");
        await shop.Succeed(Entities.Product);
        // A clock that goes back writes times that were read already: that is what the sweep is for.
        await shop.Succeed(Entities.Product, hours > 0 ? "full" : null);
        await shop.AssertWhole(Entities.Product);
    }
}
