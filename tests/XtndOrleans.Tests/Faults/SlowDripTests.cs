using XtndOrleans.Connectors;
using XtndOrleans.Simulator;

namespace XtndOrleans.Tests.Faults;

/// <summary>An answer that comes drop by drop, or not at all: time limits end it, and the run goes on.</summary>
public sealed class SlowDripTests : IAsyncLifetime
{
    readonly FaultWorld world = new() { Egress = { RequestLimit = TimeSpan.FromSeconds(4) } };

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Theory]
    [InlineData(FaultKind.Drip)]
    [InlineData(FaultKind.Hang)]
    public async Task A_request_that_does_not_end_is_given_up_and_made_again(FaultKind form)
    {
        var shop = await world.Open();
        shop.Store.Faults.Add(new Fault(form) { Path = Entities.Order, After = 2, Times = 1, Seconds = 0.2 });
        var began = TimeProvider.System.GetTimestamp();

        var run = await shop.Succeed(Entities.Order);

        Assert.InRange(run.Retries, 1, 3);
        Assert.True(TimeProvider.System.GetElapsedTime(began) >= world.Egress.RequestLimit);
        await shop.AssertWhole(Entities.Order);
    }
}
