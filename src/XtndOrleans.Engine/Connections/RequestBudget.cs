using XtndOrleans.Connectors;

namespace XtndOrleans.Engine.Connections;

/// <summary>
/// How many requests at once one store bears, learnt from what comes back: a little wider with each quick success, halved by a refusal (additive increase,
/// multiplicative decrease). First come, first served. Belongs to one activation and is only touched on its scheduler.
/// </summary>
internal sealed class RequestBudget(ConnectionOptions options, TimeProvider clock)
{
    readonly LinkedList<TaskCompletionSource> queue = [];
    double limit = options.InitialConcurrency;
    double usualSeconds;
    int used;
    DateTimeOffset notBefore = DateTimeOffset.MinValue;
    readonly long began = clock.GetTimestamp();
    TimeSpan nextRequest;

    /// <summary>Requests at once, at this moment.</summary>
    public int Limit => (int)limit;

    /// <summary>Requests under way.</summary>
    public int Used => used;

    /// <summary>Until when the store asked us to stay away; in the past when it did not.</summary>
    public DateTimeOffset NotBefore => notBefore;

    /// <summary>Takes a place, waiting for one at most the given time. False when none came free.</summary>
    public async Task<bool> Enter(TimeSpan wait)
    {
        if (used < Limit && queue.Count == 0)
        {
            used++;
            return true;
        }

        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var node = queue.AddLast(turn);
        using var limitedWait = new CancellationTokenSource(wait, clock);
        await turn.Task.WaitAsync(limitedWait.Token).Settled();
        if (turn.Task.IsCompleted)
        {
            return true;
        }

        queue.Remove(node);
        return false;
    }

    /// <summary>
    /// How long to wait before the next request is made, so that they are no more in a second than allowed; it counts as made. Null when that is longer than the given time.
    /// </summary>
    public TimeSpan? Pace(TimeSpan longest)
    {
        var now = clock.GetElapsedTime(began);
        var at = nextRequest > now ? nextRequest : now;
        if (at - now > longest)
        {
            return null;
        }

        nextRequest = at + (TimeSpan.FromSeconds(1) / options.RequestsPerSecond);
        return at - now;
    }

    /// <summary>Gives the place back.</summary>
    public void Leave()
    {
        used--;
        LetIn();
    }

    /// <summary>Learns from a success.</summary>
    public void Succeeded(TimeSpan duration)
    {
        var seconds = duration.TotalSeconds;
        if (usualSeconds > 0 && seconds > 5 && seconds > 3 * usualSeconds)
        {
            limit = Math.Max(1, limit - 1);
        }
        else
        {
            limit = Math.Min(options.MaximumConcurrency, limit + (1 / limit / 10));
        }

        usualSeconds = usualSeconds == 0 ? seconds : (0.9 * usualSeconds) + (0.1 * seconds);
        LetIn();
    }

    /// <summary>Learns from a failure.</summary>
    public void Failed(LeaseFailure failure)
    {
        if (failure.Kind is not (FailureKind.Rate or FailureKind.StoreDown or FailureKind.Blocked))
        {
            return;
        }

        limit = Math.Max(1, limit / 2);
        if (failure.RetryAfter is { } wait && clock.GetUtcNow() + wait is var until && until > notBefore)
        {
            notBefore = until;
        }
    }

    void LetIn()
    {
        while (used < Limit && queue.First is { } first)
        {
            queue.RemoveFirst();
            used++;
            first.Value.SetResult();
        }
    }
}
