using XtndOrleans.Connectors;

namespace XtndOrleans.Engine.Syncs;

/// <summary>What a run does next. Pure: tested without a cluster, a store or a database.</summary>
internal static class SyncRules
{
    /// <summary>Whether the same page is asked for again after a failure.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="attempt">How many tries of this page failed before this one.</param>
    /// <param name="sinceProgress">Time since the last page was read. What the store asks us to wait counts too.</param>
    /// <param name="options">The limits.</param>
    public static bool TriesAgain(ConnectorException failure, int attempt, TimeSpan sinceProgress, SyncOptions options) => failure.Kind switch
    {
        FailureKind.Unauthorized => true,       // once: the reader turns the second in a row into a missing permission
        FailureKind.Credentials => failure.Status is not null, // the store's own answer to a signed request: the door counts it, and waits for a person after the second
        FailureKind.Data => attempt < options.MalformedRetries,
        FailureKind.Rejected => failure.MaximumPageSize is not null && attempt < 3,
        _ => failure.IsTransient && sinceProgress + (failure.RetryAfter ?? TimeSpan.Zero) < options.Patience,
    };

    /// <summary>How long to wait before the next try: what the store asks for, else doubling, with jitter so that many runs do not return at once.</summary>
    public static TimeSpan WaitBefore(ConnectorException failure, int attempt, double jitter, SyncOptions options)
    {
        if (failure.Kind is FailureKind.Unauthorized or FailureKind.Rejected)
        {
            return TimeSpan.Zero;
        }

        if (failure.RetryAfter is { } asked)
        {
            return asked + (options.FirstWait * jitter);
        }

        var doubled = options.FirstWait * Math.Pow(2, Math.Min(attempt, 20));
        return (doubled < options.LongestWait ? doubled : options.LongestWait) * (0.5 + (jitter / 2));
    }

    /// <summary>
    /// Where the window that is open now may be closed: everything changed before this, by the store's clock of change, will have been seen.
    /// That clock is never ahead of what the newest record shows by more than the time since, and may lag behind the clock the store answers with.
    /// So it is the newest change, lifted to <see cref="SyncOptions.ClockLag"/> before the store's time (a quiet store is not read again and again), and
    /// never after the store's time (a record from the future must not hide the present). Goes back only when it lies in the store's future, where a clock that was
    /// wrong for one answer has put it.
    /// </summary>
    public static DateTimeOffset? NextWatermark(DateTimeOffset? storeTime, DateTimeOffset? newestChange, DateTimeOffset? watermark, SyncOptions options)
    {
        var candidate = newestChange;
        if (storeTime is { } now)
        {
            var floor = now - options.ClockLag;
            candidate = candidate is not { } change || change < floor ? floor : change > now ? now : change;
        }

        return candidate is null || (candidate < watermark && !(storeTime < watermark)) ? watermark : candidate;
    }

    /// <summary>The latest watermark that a delta may begin from. A later one is a mistake of a store's clock, and a delta from there would find nothing, for years perhaps.</summary>
    public static DateTimeOffset LatestBelieved(DateTimeOffset now, SyncOptions options) => now + options.ClockLag;

    /// <summary>Whether a run's window joins the last one without a gap. One that begins later closes nothing.</summary>
    public static bool Closes(CursorPosition position) =>
        position.ChangedSince is null || (position.Watermark is { } watermark && position.ChangedSince <= watermark);

    /// <summary>Whether so much is missing at once that a person must say it is right: more than 50 records and more than a fifth of those held.</summary>
    public static bool TooMuchGone(long missing, long held) => missing > 50 && missing * 5 > held;
}
