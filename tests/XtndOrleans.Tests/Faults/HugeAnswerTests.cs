using XtndOrleans.Connectors;
using XtndOrleans.Connectors.Http;
using XtndOrleans.Simulator;

namespace XtndOrleans.Tests.Faults;

/// <summary>A body of two gigabytes, or one without an end.</summary>
[Collection<Alone>]
public sealed class HugeAnswerTests(FaultWorld world)
{
    // Buffers are kept for the next answer; a body read to its end would be gigabytes.
    const long Most = 768L << 20;

    [Fact]
    public async Task An_answer_without_an_end_is_cut_at_the_limit_and_asked_for_again()
    {
        var shop = await world.Open();
        shop.Store.Faults.Add(new Fault(FaultKind.Endless) { Path = Entities.Order, After = 2, Times = 2 });

        await shop.Succeed(Entities.Order);
        await shop.AssertWhole(Entities.Order);
    }

    /// <summary>At the limit that servers run with, not at that of this world.</summary>
    [Fact]
    public async Task A_store_that_gives_nothing_else_fails_the_run_and_memory_stays_bounded()
    {
        await using var usual = new FaultWorld { Egress = { AnswerLimit = new ConnectorOptions().AnswerLimit } };
        var shop = await usual.Open();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        shop.Store.Faults.Add(FaultKind.Endless, times: null, path: Entities.Product);
        var run = await shop.Start(Entities.Product);
        var most = 0L;
        var ended = shop.End(run);
        while (!ended.IsCompleted)
        {
            most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false) - before);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        Assert.Equal("failed", (await ended).State);
        Assert.InRange(most, 0, Most);
    }
}
