namespace XtndOrleans.Connectors.Http;

/// <summary>The time of one request: a limit for all of it and, while a body is read, one for the silence between two reads.</summary>
internal sealed class TimeLimit : IDisposable
{
    readonly TimeProvider clock;
    readonly TimeSpan total;
    readonly long began;
    readonly CancellationTokenSource own;
    readonly CancellationTokenSource linked;

    public TimeLimit(TimeProvider clock, TimeSpan total, CancellationToken caller)
    {
        this.clock = clock;
        this.total = total;
        began = clock.GetTimestamp();
        own = new CancellationTokenSource(total, clock);
        linked = CancellationTokenSource.CreateLinkedTokenSource(own.Token, caller);
    }

    /// <summary>Cancelled when a limit is passed or the caller gives up.</summary>
    public CancellationToken Token => linked.Token;

    /// <summary>Time since the beginning.</summary>
    public TimeSpan Elapsed => clock.GetElapsedTime(began);

    /// <summary>Arms the limit of silence, as far as the whole limit allows.</summary>
    public void AllowSilence(TimeSpan silence)
    {
        var left = total - Elapsed;
        own.CancelAfter(left < TimeSpan.Zero ? TimeSpan.Zero : left < silence ? left : silence);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        linked.Dispose();
        own.Dispose();
    }
}
