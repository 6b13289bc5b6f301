using XtndOrleans.Engine.Syncs;

namespace XtndOrleans.Tests.Engine;

public sealed class SiloSlotsTests
{
    static readonly Guid Greedy = Guid.NewGuid();
    static readonly Guid Modest = Guid.NewGuid();

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_tenant_that_hangs_all_its_requests_leaves_the_rest_to_others()
    {
        var slots = new SiloSlots(total: 8, perTenant: 4);
        var asked = Enumerable.Range(0, 1000).Select(_ => slots.Enter(Greedy, Stop)).ToList();
        Assert.Equal(4, asked.Count(task => task.IsCompletedSuccessfully));
        using var other = await slots.Enter(Modest, Stop);
        Assert.Equal(5, slots.Used);
    }

    [Fact]
    public async Task Waiting_tenants_take_turns()
    {
        var slots = new SiloSlots(total: 1, perTenant: 1);
        var first = await slots.Enter(Greedy, Stop);
        var greedy = Enumerable.Range(0, 100).Select(_ => slots.Enter(Greedy, Stop)).ToList();
        var modest = slots.Enter(Modest, Stop);
        first.Dispose();
        (await greedy[0]).Dispose();
        // The modest one came after a hundred of the greedy one and waits for one of them, not for all.
        using var turn = await modest;
        Assert.False(greedy[1].IsCompleted);
    }

    [Fact]
    public async Task One_that_gives_up_waiting_takes_nothing_with_it()
    {
        var slots = new SiloSlots(total: 1, perTenant: 1);
        var held = await slots.Enter(Greedy, Stop);
        using var impatient = new CancellationTokenSource();
        var waiting = slots.Enter(Modest, impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        held.Dispose();
        Assert.Equal(0, slots.Used);
        using var next = await slots.Enter(Modest, Stop);
    }

    [Fact]
    public async Task A_tenant_that_gave_up_waiting_has_no_more_turns_than_another()
    {
        var slots = new SiloSlots(total: 1, perTenant: 1);
        var held = await slots.Enter(Modest, Stop);
        for (var i = 0; i < 5; i++)
        {
            using var impatient = new CancellationTokenSource();
            var given = slots.Enter(Greedy, impatient.Token);
            await impatient.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        }

        var greedy = Enumerable.Range(0, 5).Select(_ => slots.Enter(Greedy, Stop)).ToList();
        var modest = slots.Enter(Modest, Stop);
        held.Dispose();
        (await greedy[0]).Dispose();
        Assert.Same(modest, await Task.WhenAny(modest, greedy[1]));
    }

    [Fact]
    public async Task A_slot_given_back_twice_counts_once()
    {
        var slots = new SiloSlots(total: 2, perTenant: 2);
        var one = await slots.Enter(Greedy, Stop);
        using var two = await slots.Enter(Greedy, Stop);
        one.Dispose();
        one.Dispose();
        Assert.Equal(1, slots.Used);
    }
}
