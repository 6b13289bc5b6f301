using Microsoft.Extensions.Time.Testing;
using Polly.CircuitBreaker;
using XtndOrleans.Connectors;
using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Tests.Engine;

public sealed class ConnectionPartsTests
{
    readonly FakeTimeProvider clock = new(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    readonly ConnectionOptions options = new();

    [Fact]
    public async Task The_budget_lets_two_in_and_the_third_when_one_leaves()
    {
        var budget = new RequestBudget(options, clock);
        Assert.True(await budget.Enter(TimeSpan.FromSeconds(5)));
        Assert.True(await budget.Enter(TimeSpan.FromSeconds(5)));
        var third = budget.Enter(TimeSpan.FromSeconds(5));
        Assert.False(third.IsCompleted);
        budget.Leave();
        Assert.True(await third);
        Assert.Equal(2, budget.Used);
    }

    [Fact]
    public async Task One_that_waits_too_long_is_told_so_and_holds_no_place()
    {
        var budget = new RequestBudget(options, clock);
        await budget.Enter(TimeSpan.Zero);
        await budget.Enter(TimeSpan.Zero);
        var third = budget.Enter(TimeSpan.FromSeconds(5));
        clock.Advance(TimeSpan.FromSeconds(6));
        Assert.False(await third);
        budget.Leave();
        budget.Leave();
        Assert.Equal(0, budget.Used);
    }

    [Fact]
    public void Requests_are_no_more_in_a_second_than_allowed_and_none_waits_longer_than_it_may()
    {
        options.RequestsPerSecond = 2;
        var budget = new RequestBudget(options, clock);
        var longest = TimeSpan.FromSeconds(1);
        Assert.Equal([TimeSpan.Zero, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1), null], Enumerable.Range(0, 4).Select(_ => budget.Pace(longest)));
        clock.Advance(TimeSpan.FromSeconds(1.5));
        Assert.Equal(TimeSpan.Zero, budget.Pace(longest));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([TimeSpan.Zero, TimeSpan.FromSeconds(0.5)], Enumerable.Range(0, 2).Select(_ => budget.Pace(longest)));
    }

    [Fact]
    public void Success_widens_the_budget_slowly_and_a_refusal_halves_it()
    {
        var budget = new RequestBudget(options, clock);
        for (var i = 0; i < 1000; i++)
        {
            budget.Succeeded(TimeSpan.FromMilliseconds(500));
        }

        Assert.Equal(options.MaximumConcurrency, budget.Limit);
        budget.Failed(new(FailureKind.Rate, FailureCodes.RateLimited, TimeSpan.FromSeconds(30), ""));
        Assert.Equal(options.MaximumConcurrency / 2, budget.Limit);
        Assert.Equal(clock.GetUtcNow().AddSeconds(30), budget.NotBefore);
        budget.Failed(new(FailureKind.StoreDown, FailureCodes.Timeout, null, ""));
        budget.Failed(new(FailureKind.StoreDown, FailureCodes.Timeout, null, ""));
        Assert.Equal(1, budget.Limit);
    }

    [Fact]
    public void A_failure_that_is_not_the_stores_trouble_narrows_nothing()
    {
        var budget = new RequestBudget(options, clock);
        budget.Failed(new(FailureKind.Data, FailureCodes.MalformedAnswer, null, ""));
        Assert.Equal(options.InitialConcurrency, budget.Limit);
    }

    [Fact]
    public async Task Many_who_need_a_token_share_one_fetch()
    {
        var keeper = new TokenKeeper(options, clock);
        var fetches = 0;
        var fetched = new TaskCompletionSource<StoreToken>();
        Task<StoreToken> Fetch()
        {
            fetches++;
            return fetched.Task;
        }

        var asked = Enumerable.Range(0, 10).Select(_ => keeper.Get(Fetch)).ToList();
        fetched.SetResult(new("t", TimeSpan.FromHours(1)));
        await Task.WhenAll(asked);
        Assert.Equal(1, fetches);
        Assert.Equal(1, keeper.Number);
    }

    [Fact]
    public async Task A_token_is_renewed_at_four_fifths_of_its_life()
    {
        var keeper = new TokenKeeper(options, clock);
        var fetches = 0;
        Task<StoreToken> Fetch() => Task.FromResult(new StoreToken($"t{++fetches}", TimeSpan.FromMinutes(60)));
        await keeper.Get(Fetch);
        clock.Advance(TimeSpan.FromMinutes(47));
        Assert.Equal("t1", (await keeper.Get(Fetch)).Value);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("t2", (await keeper.Get(Fetch)).Value);
    }

    [Fact]
    public async Task The_refusal_of_an_old_token_keeps_the_new_one()
    {
        var keeper = new TokenKeeper(options, clock);
        var fetches = 0;
        Task<StoreToken> Fetch() => Task.FromResult(new StoreToken($"t{++fetches}", TimeSpan.FromMinutes(60)));
        await keeper.Get(Fetch);
        var old = keeper.Number;
        keeper.Refused(old);
        await keeper.Get(Fetch);
        keeper.Refused(old);
        Assert.Equal("t2", (await keeper.Get(Fetch)).Value);
        Assert.Equal(2, fetches);
    }

    [Fact]
    public async Task A_failed_fetch_is_not_remembered()
    {
        var keeper = new TokenKeeper(options, clock);
        await Assert.ThrowsAsync<InvalidOperationException>(() => keeper.Get(() => Task.FromException<StoreToken>(new InvalidOperationException())));
        Assert.Equal("t", (await keeper.Get(() => Task.FromResult(new StoreToken("t", null)))).Value);
    }

    [Fact]
    public async Task Failures_in_a_row_open_the_circuit_and_one_success_closes_it()
    {
        var circuit = new ConnectionCircuit(options, clock);
        for (var i = 0; i < options.FailuresToBreak; i++)
        {
            Assert.Null(await circuit.Execute(() => ValueTask.FromResult<LeaseFailure?>(new(FailureKind.StoreDown, FailureCodes.StoreError, null, ""))));
        }

        Assert.Equal(CircuitState.Open, circuit.State);
        Assert.NotNull(await circuit.Execute(() => ValueTask.FromResult<LeaseFailure?>(null)));
        clock.Advance(options.FirstBreak + TimeSpan.FromSeconds(1));
        Assert.Null(await circuit.Execute(() => ValueTask.FromResult<LeaseFailure?>(null)));
        Assert.Equal(CircuitState.Closed, circuit.State);
    }

    [Fact]
    public async Task Failures_in_a_row_open_the_circuit_however_many_requests_went_well_before()
    {
        var circuit = new ConnectionCircuit(options, clock);
        for (var i = 0; i < 100; i++)
        {
            await circuit.Execute(() => ValueTask.FromResult<LeaseFailure?>(null));
        }

        for (var i = 0; i < options.FailuresToBreak; i++)
        {
            Assert.Equal(CircuitState.Closed, circuit.State);
            await circuit.Execute(() => ValueTask.FromResult<LeaseFailure?>(new(FailureKind.StoreDown, FailureCodes.StoreError, null, "")));
        }

        Assert.Equal(CircuitState.Open, circuit.State);
    }

    [Fact]
    public async Task Failures_with_a_success_between_are_not_in_a_row()
    {
        var circuit = new ConnectionCircuit(options, clock);
        for (var i = 0; i < options.FailuresToBreak * 5; i++)
        {
            await circuit.Execute(() => ValueTask.FromResult<LeaseFailure?>(
                i % options.FailuresToBreak == 0 ? null : new(FailureKind.StoreDown, FailureCodes.StoreError, null, "")));
        }

        Assert.Equal(CircuitState.Closed, circuit.State);
    }

    [Fact]
    public async Task While_the_circuit_probes_only_one_request_is_let_through()
    {
        var circuit = new ConnectionCircuit(options, clock);
        for (var i = 0; i < options.FailuresToBreak; i++)
        {
            await circuit.Execute(() => ValueTask.FromResult<LeaseFailure?>(new(FailureKind.StoreDown, FailureCodes.StoreError, null, "")));
        }

        clock.Advance(options.FirstBreak + TimeSpan.FromSeconds(1));
        var outcome = new TaskCompletionSource<LeaseFailure?>();
        var probe = circuit.Execute(() => new(outcome.Task));
        Assert.NotNull(await circuit.Execute(() => ValueTask.FromResult<LeaseFailure?>(null)));
        outcome.SetResult(null);
        Assert.Null(await probe);
    }

    [Fact]
    public async Task Missing_rights_and_wrong_data_never_open_the_circuit()
    {
        var circuit = new ConnectionCircuit(options, clock);
        for (var i = 0; i < 50; i++)
        {
            await circuit.Execute(() => ValueTask.FromResult<LeaseFailure?>(new(FailureKind.Data, FailureCodes.MalformedAnswer, null, "")));
            await circuit.Execute(() => ValueTask.FromResult<LeaseFailure?>(new(FailureKind.Unauthorized, FailureCodes.Unauthorized, null, "")));
        }

        Assert.Equal(CircuitState.Closed, circuit.State);
    }

    [Fact]
    public async Task Ten_minutes_of_maintenance_are_waited_out_with_a_probe_a_minute_whatever_asks()
    {
        var circuit = new ConnectionCircuit(options, clock);
        var failures = 0;
        var next = new TimeSpan[7];
        // Seven entities, each of which asks again when it was told to, at the earliest after a second.
        for (var second = TimeSpan.Zero; second < TimeSpan.FromMinutes(10); second += TimeSpan.FromSeconds(1))
        {
            for (var entity = 0; entity < next.Length; entity++)
            {
                if (next[entity] <= second)
                {
                    var wait = await circuit.Execute(() =>
                    {
                        failures++;
                        return ValueTask.FromResult<LeaseFailure?>(new(FailureKind.StoreDown, FailureCodes.Maintenance, null, "In maintenance."));
                    });
                    next[entity] = second + (wait ?? TimeSpan.FromSeconds(1));
                }
            }

            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(failures, 10, 14);
        Assert.Equal(FailureCodes.Maintenance, circuit.Trouble!.Code);
    }

    [Fact]
    public async Task While_a_probe_takes_longer_than_the_break_the_wait_is_still_one()
    {
        var circuit = await Opened();
        clock.Advance(options.FirstBreak + TimeSpan.FromSeconds(1));
        var outcome = new TaskCompletionSource<LeaseFailure?>();
        var probe = circuit.Execute(() => new(outcome.Task));
        clock.Advance(options.MaximumBreak * 2);

        Assert.True(await circuit.Execute(() => ValueTask.FromResult<LeaseFailure?>(null)) > TimeSpan.Zero);
        outcome.SetResult(null);
        Assert.Null(await probe);
    }

    [Fact]
    public async Task A_probe_that_is_given_up_proves_nothing_and_leaves_the_circuit_open()
    {
        var circuit = await Opened();
        clock.Advance(options.FirstBreak + TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<OperationCanceledException>(() => circuit.Execute(() => throw new OperationCanceledException()));

        Assert.Equal(CircuitState.Open, circuit.State);
        Assert.True(await circuit.Execute(() => ValueTask.FromResult<LeaseFailure?>(null)) > TimeSpan.Zero);
    }

    [Fact]
    public async Task A_request_that_is_given_up_while_the_circuit_is_closed_counts_for_nothing()
    {
        var circuit = new ConnectionCircuit(options, clock);
        for (var i = 0; i < options.FailuresToBreak * 2; i++)
        {
            await Assert.ThrowsAsync<OperationCanceledException>(() => circuit.Execute(() => throw new OperationCanceledException()));
        }

        Assert.Equal(CircuitState.Closed, circuit.State);
    }

    async Task<ConnectionCircuit> Opened()
    {
        var circuit = new ConnectionCircuit(options, clock);
        for (var i = 0; i < options.FailuresToBreak; i++)
        {
            await circuit.Execute(() => ValueTask.FromResult<LeaseFailure?>(new(FailureKind.StoreDown, FailureCodes.StoreError, null, "")));
        }

        return circuit;
    }
}
