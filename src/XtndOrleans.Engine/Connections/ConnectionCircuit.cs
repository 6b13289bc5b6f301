using Polly;
using Polly.CircuitBreaker;
using XtndOrleans.Connectors;

namespace XtndOrleans.Engine.Connections;

/// <summary>
/// The circuit of one store: after some failures in a row nothing is asked for a while, then one request tries. Each leased request is one execution of a
/// Polly pipeline that lasts as long as the lease, so Polly's half-open state lets exactly one through.
/// </summary>
internal sealed class ConnectionCircuit
{
    readonly ResiliencePipeline<LeaseFailure?> pipeline;
    readonly CircuitBreakerStateProvider state = new();
    readonly ConnectionOptions options;
    int breaks;
    int inRow;

    public ConnectionCircuit(ConnectionOptions options, TimeProvider clock)
    {
        this.options = options;
        pipeline = new ResiliencePipelineBuilder<LeaseFailure?> { TimeProvider = clock }
            .AddCircuitBreaker(new()
            {
                // Polly knows ratios only, and a store that answered hundreds of requests a moment ago would have to fail hundreds of times. It is told of the last of
                // a row alone, which suffices.
                FailureRatio = double.Epsilon,
                MinimumThroughput = 2,
                SamplingDuration = TimeSpan.FromMinutes(1),
                StateProvider = state,
                ShouldHandle = outcome => ValueTask.FromResult(IsTrouble(outcome.Outcome)),
                BreakDurationGenerator = _ => ValueTask.FromResult(Trouble?.Code == FailureCodes.Maintenance
                    ? options.MaximumBreak // nothing is gained by looking more often; a maintenance is not over in seconds
                    : Shorter(options.FirstBreak * Math.Pow(2, Math.Min(breaks++, 6)), options.MaximumBreak)),
                OnClosed = _ =>
                {
                    breaks = 0;
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
    }

    // A probe that was given up tells nothing; Polly would take it for a success and close the circuit.
    bool IsTrouble(Outcome<LeaseFailure?> outcome)
    {
        if (outcome.Result is { Kind: FailureKind.Rate or FailureKind.StoreDown or FailureKind.Blocked } trouble)
        {
            Trouble = trouble;
            return ++inRow >= options.FailuresToBreak || State == CircuitState.HalfOpen;
        }

        inRow = outcome.Exception is null ? 0 : inRow;
        return outcome.Exception is OperationCanceledException && State == CircuitState.HalfOpen;
    }

    /// <summary>The last failure that was the store's trouble; null before the first.</summary>
    public LeaseFailure? Trouble { get; private set; }

    /// <summary>closed, open, halfopen or isolated.</summary>
    public CircuitState State => state.CircuitState;

    /// <summary>
    /// Runs the life of one lease. <paramref name="life"/> is called when the circuit lets it through and gives what came of the request.
    /// Answers how long the circuit stays open when it does not let it through, else null.
    /// </summary>
    public async Task<TimeSpan?> Execute(Func<ValueTask<LeaseFailure?>> life)
    {
        // Polly leaves the scheduler unless told otherwise; grain state may only be touched on it.
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: true);
        try
        {
            await pipeline.ExecuteAsync(async (_, run) => await run(), context, life);
            return null;
        }
        catch (BrokenCircuitException open)
        {
            // Negative while a probe takes longer than the break.
            return open.RetryAfter is { } wait && wait > TimeSpan.Zero ? wait : Shorter(TimeSpan.FromSeconds(5), options.MaximumBreak);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
