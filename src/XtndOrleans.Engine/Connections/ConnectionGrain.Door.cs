using XtndOrleans.Connectors;

namespace XtndOrleans.Engine.Connections;

/// <summary>The right to one request at a time. Every method here may interleave with every other; state is only touched between awaits.</summary>
internal sealed partial class ConnectionGrain
{
    readonly RequestBudget budget = new(options.Value, clock);
    readonly ConnectionCircuit circuit = new(options.Value, clock);
    readonly Dictionary<Guid, HeldLease> held = [];

    public async Task<LeaseAnswer> Lease(PageRequest request)
    {
        if (WhyNot() is { } refusal)
        {
            return refusal;
        }

        if (!await budget.Enter(options.Value.TurnWait))
        {
            return Busy;
        }

        if (budget.Pace(options.Value.TurnWait) is not { } pace)
        {
            budget.Leave();
            return Busy;
        }

        if (pace > TimeSpan.Zero)
        {
            await Task.Delay(pace, clock);
        }

        if (WhyNot() is { } meanwhile)
        {
            budget.Leave();
            return meanwhile;
        }

        var asked = new AskedLease(request);
        Live(asked).Ignore();
        await asked.Answer.Task.WaitAsync(options.Value.TurnWait, clock).Settled();
        if (!asked.Answer.Task.IsCompleted)
        {
            // The sign-in takes its time. Its token will serve the next ask.
            asked.GivenUp = true;
            return Later("signing_in", "The store takes its time to sign us in.", TimeSpan.FromSeconds(1));
        }

        return await asked.Answer.Task;
    }

    public async Task Return(LeaseOutcome outcome)
    {
        if (held.Remove(outcome.Id, out var lease))
        {
            Learn(outcome, lease);
            if (outcome.Completed)
            {
                lease.Outcome.TrySetResult(outcome.Failure);
            }
            else
            {
                lease.Outcome.TrySetCanceled();
            }

            await LearnOfIntegration(outcome, lease);
        }
    }

    public Task TookOver(string entity)
    {
        foreach (var lease in held.Values.Where(lease => lease.Entity == entity))
        {
            lease.Outcome.TrySetCanceled();
        }

        return Task.CompletedTask;
    }

    void Learn(LeaseOutcome outcome, HeldLease lease)
    {
        if (outcome.Failure is { } failure)
        {
            budget.Failed(failure);
            if (failure.Kind == FailureKind.Unauthorized)
            {
                tokens.Refused(lease.TokenNumber);
            }
        }
        else if (outcome.Completed)
        {
            budget.Succeeded(outcome.Duration);
        }
    }

    public async Task RunEnded(string entity, string? problem)
    {
        if (row is not { DeletingSince: null } || signIn.State.Failing.GetValueOrDefault(entity) == problem)
        {
            return;
        }

        var failing = new Dictionary<string, string>(signIn.State.Failing);
        failing.Remove(entity);
        if (problem is not null)
        {
            failing[entity] = problem;
        }

        await Remember(signIn.State with { Failing = failing });
        await ShowStatus();
    }

    public async Task BeginDelete()
    {
        await Write(async () => row = await store.MarkDeleting(Id, clock.GetUtcNow()) ?? throw ProblemException.NotFound("connection"));
        tokens.Forget();
    }

    public async Task FinishDelete()
    {
        // The row goes last: while it is there, the sweeper repeats what a crash interrupted.
        await signIn.ClearStateAsync();
        await store.Delete(Id);
        row = null;
        DeactivateOnIdle();
    }

    LeaseAnswer? WhyNot()
    {
        if (row is not { DeletingSince: null })
        {
            return new(LeaseVerdict.Closed) { Code = "connection_deleted", Reason = "The connection was deleted." };
        }

        if (row.IsPaused)
        {
            return new(LeaseVerdict.Closed) { Code = "connection_paused", Reason = "The connection is paused.", Cure = "Resume it, then run again." };
        }

        if (signIn.State.Refusals >= options.Value.RefusedSignIns)
        {
            return Refused(signIn.State);
        }

        var wait = budget.NotBefore - clock.GetUtcNow();
        return wait > TimeSpan.Zero ? Later(FailureCodes.RateLimited, "The store asked us to wait.", wait) : null;
    }

    /// <summary>The life of one lease: the circuit lets it through, there is a token, the request is made elsewhere, its outcome comes back.</summary>
    async Task Live(AskedLease asked)
    {
        try
        {
            if (await circuit.Execute(() => Grant(asked)) is { } wait)
            {
                var trouble = circuit.Trouble;
                asked.Answer.TrySetResult(Later(trouble?.Code ?? "circuit_open", $"{trouble?.Message} The store failed several times in a row; it is left alone for a while.".TrimStart(), wait));
            }
        }
        catch (OperationCanceledException) when (asked.Answer.Task.IsCompleted)
        {
            // The request was given up.
        }
        catch (Exception failure)
        {
            // Nobody awaits this task: whatever went wrong must reach the one who asked.
            asked.Answer.TrySetException(failure);
        }
        finally
        {
            budget.Leave();
        }
    }

    async ValueTask<LeaseFailure?> Grant(AskedLease asked)
    {
        StoreToken token;
        try
        {
            token = await tokens.Get(SignIn);
        }
        catch (ConnectorException failure)
        {
            var lease = LeaseFailure.From(failure);
            budget.Failed(lease);
            asked.Answer.TrySetResult(Answer(failure));
            return lease;
        }

        if (WhyNot() is { } meanwhile)
        {
            asked.Answer.TrySetResult(meanwhile);
        }

        if (asked.GivenUp || asked.Answer.Task.IsCompleted || row is null)
        {
            return null;
        }

        var wanted = asked.Request with { Size = Math.Min(asked.Request.Size, row.Store?.MaximumPageSize ?? int.MaxValue) };
        var mine = new HeldLease(wanted.Entity, tokens.Number, row.Version);
        var id = Guid.NewGuid();
        held.Add(id, mine);
        asked.Answer.TrySetResult(new(LeaseVerdict.Granted)
        {
            Id = id,
            System = row.System,
            BaseAddress = row.BaseAddress,
            Request = wanted,
            Authorization = catalog[row.System].Authorize(Account(row), token, wanted, row.Store?.Stock),
            Stock = row.Store?.Stock,
        });
        try
        {
            return await mine.Outcome.Task.WaitAsync(options.Value.LeaseTime, clock);
        }
        catch (TimeoutException)
        {
            // Its silo died. Whether the store answered nobody knows.
            throw new OperationCanceledException();
        }
        finally
        {
            held.Remove(id);
        }
    }

    static LeaseAnswer Busy => Later("busy", "Other requests to this store are under way.", TimeSpan.FromMilliseconds(200));

    static LeaseAnswer Answer(ConnectorException failure) => failure.IsTransient
        ? Later(failure.Code, failure.Message, failure.RetryAfter ?? TimeSpan.FromSeconds(5))
        : new(LeaseVerdict.NeedsPerson) { Code = failure.Code, Reason = failure.Message, Cure = failure.Cure };

    static LeaseAnswer Refused(SignInState state) => new(LeaseVerdict.NeedsPerson) { Code = state.Code, Reason = state.Message, Cure = state.Cure };

    static LeaseAnswer Later(string code, string reason, TimeSpan wait) => new(LeaseVerdict.Wait) { Code = code, Reason = reason, Wait = wait };

    /// <summary>A lease that was asked for and perhaps not yet granted.</summary>
    sealed class AskedLease(PageRequest request)
    {
        public PageRequest Request => request;

        public TaskCompletionSource<LeaseAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool GivenUp { get; set; }
    }

    /// <summary>A lease that was granted and not yet given back.</summary>
    sealed record HeldLease(string Entity, int TokenNumber, long Version)
    {
        public TaskCompletionSource<LeaseFailure?> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
