using Polly;
using Polly.Retry;
using XtndOrleans.Connectors;
using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Engine.Syncs;

/// <summary>
/// Reads one page at a time through the connection's door: asks for a lease, makes the request, tells what came of it, waits and tries again. The only layer
/// that retries. Belongs to one loop on one grain's scheduler.
/// </summary>
internal sealed class PageReader(EntityId id, PageSizer sizer, IConnectionDoor door, SyncServices services, Action<RunWaiting?> show)
{
    readonly SyncOptions options = services.Options;
    readonly TimeProvider clock = services.Clock;
    static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(2);

    /// <summary>How long a lease is kept while this silo has no place for its request: one that lapsed meanwhile would no longer count against the store's budget.</summary>
    static readonly TimeSpan PlaceWait = TimeSpan.FromSeconds(10);

    readonly ResiliencePropertyKey<Reading> readingKey = new("reading");
    ResiliencePipeline<Page>? pipeline;
    long lastProgress = services.Clock.GetTimestamp();
    int requests;
    int retries;

    /// <summary>Whether a page was read by this loop.</summary>
    public bool HasRead { get; private set; }

    /// <summary>Records per request, as the store bears them.</summary>
    public PageSizer Sizer => sizer;

    /// <summary>Requests made by this loop.</summary>
    public int Made { get; private set; }

    /// <summary>Requests and retries since this was last asked.</summary>
    public RunTraffic TakeTraffic()
    {
        var traffic = new RunTraffic(requests, retries);
        requests = retries = 0;
        return traffic;
    }

    /// <summary>Reads a page of at most <see cref="Sizer"/>'s records, however long it takes within the patience. Throws <see cref="ConnectorException"/> when waiting is over, <see cref="RunClosedException"/> when the connection is.</summary>
    /// <param name="request">What to read.</param>
    /// <param name="cancellationToken">Gives the request up.</param>
    /// <param name="thorough">Whether an answer that cannot be read is asked for again.</param>
    public async Task<Page> Read(PageRequest request, CancellationToken cancellationToken, bool thorough = true)
    {
        pipeline ??= Pipeline();
        // Polly leaves the scheduler unless told otherwise.
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: true, cancellationToken);
        context.Properties.Set(readingKey, new(thorough, IsPage(request)));
        try
        {
            var page = await pipeline.ExecuteAsync(async (running, wanted) => await Once(wanted, running), context, request);
            HasRead = true;
            lastProgress = clock.GetTimestamp();
            show(null);
            return page;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    ResiliencePipeline<Page> Pipeline() => new ResiliencePipelineBuilder<Page> { TimeProvider = clock }
        .AddRetry(new RetryStrategyOptions<Page>
        {
            MaxRetryAttempts = int.MaxValue,
            ShouldHandle = outcome => ValueTask.FromResult(
                outcome.Outcome.Exception is ConnectorException failure && TriesAgain(failure, outcome.AttemptNumber, Of(outcome.Context))),
            DelayGenerator = retry => ValueTask.FromResult<TimeSpan?>(
                SyncRules.WaitBefore((ConnectorException)retry.Outcome.Exception!, retry.AttemptNumber, Random.Shared.NextDouble(), options)),
            OnRetry = retry =>
            {
                retries++;
                var failure = (ConnectorException)retry.Outcome.Exception!;
                show(retry.RetryDelay > TimeSpan.Zero ? new(failure.Code, failure.Message, clock.GetUtcNow() + retry.RetryDelay) : null);
                return ValueTask.CompletedTask;
            },
        })
        .Build();

    bool TriesAgain(ConnectorException failure, int attempt, Reading reading) => failure.Kind switch
    {
        // The sizer has halved the page already; asked for again as it was, it would be as large.
        FailureKind.Data when failure.Code == FailureCodes.AnswerTooLarge => reading.IsPage && sizer.Size < reading.Size,
        FailureKind.Data when !reading.Thorough => false,
        FailureKind.Rejected when !reading.IsPage => false,
        _ => SyncRules.TriesAgain(failure, attempt, clock.GetElapsedTime(lastProgress), options),
    };

    Reading Of(ResilienceContext context) => context.Properties.GetValue(readingKey, null!);

    static bool IsPage(PageRequest request) => request is { NewestOnly: false, CountOnly: false, Ids.Count: 0 };

    async Task<Page> Once(PageRequest wanted, ResilienceContext context)
    {
        var reading = Of(context);
        var asked = reading.IsPage ? wanted with { Size = Math.Min(wanted.Size, sizer.Size) } : wanted;
        while (true)
        {
            if (await Use(await AskForLease(asked, context.CancellationToken), asked, reading, context.CancellationToken) is { } page)
            {
                return page;
            }
        }
    }

    /// <summary>Makes the request that was asked for and gives its lease back. Null when this silo had no place for it in time.</summary>
    async Task<Page?> Use(LeaseAnswer lease, PageRequest asked, Reading reading, CancellationToken cancellationToken)
    {
        LeaseFailure? failure = null;
        var (began, made, completed) = (clock.GetTimestamp(), false, false);
        try
        {
            reading.Size = Allowed(asked, lease.Request!);
            using var place = await Place(cancellationToken);
            if (place is null)
            {
                return null;
            }

            (began, made) = (clock.GetTimestamp(), true);
            var page = await Request(lease, cancellationToken);
            completed = true;
            if (reading.IsPage)
            {
                sizer.Succeeded(reading.Size, clock.GetElapsedTime(began), page.Bytes);
            }

            return page;
        }
        catch (ConnectorException refused)
        {
            (failure, completed) = (LeaseFailure.From(refused), made);
            throw Learnt(refused, reading);
        }
        finally
        {
            await door.Return(new(lease.Id, completed, clock.GetElapsedTime(began), failure));
        }
    }

    /// <summary>A place among the requests of this silo; null when none came free in time.</summary>
    async Task<IDisposable?> Place(CancellationToken cancellationToken)
    {
        using var waited = new CancellationTokenSource(PlaceWait, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(waited.Token, cancellationToken);
        var began = clock.GetTimestamp();
        try
        {
            return await services.Silo.EnterRequests(id.Connection.Tenant, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            // Our own want of room uses up none of the patience with the store.
            lastProgress += clock.GetTimestamp() - began;
        }
    }

    /// <summary>How many records the lease lets us ask for. Ids that do not fit would look as if the store had them not.</summary>
    int Allowed(PageRequest asked, PageRequest granted)
    {
        if (granted.Size < asked.Size)
        {
            sizer.Cap(granted.Size);
        }

        return granted.Ids.Count <= granted.Size
            ? granted.Size
            : throw new ConnectorException(FailureKind.Rejected, FailureCodes.PageSizeRefused, $"The store allows no more than {granted.Size} records per page.", "")
            {
                MaximumPageSize = granted.Size,
            };
    }

    ConnectorException Learnt(ConnectorException refused, Reading reading)
    {
        if (reading.IsPage || refused.MaximumPageSize is not null)
        {
            sizer.Failed(refused);
        }

        // The first refusal may be an old token. A new one that is refused too is a right that is missing.
        return refused.Kind == FailureKind.Unauthorized && reading.Unauthorized++ > 0 ? refused.AsPermissionMissing() : refused;
    }

    async Task<Page> Request(LeaseAnswer lease, CancellationToken cancellationToken)
    {
        show(null);
        requests++;
        Made++;
        var connector = services.Catalog[lease.System];
        var session = new StoreSession(lease.BaseAddress!, lease.Authorization!) { Stock = lease.Stock };
        var request = lease.Request!;
        // Off the grain's scheduler: reading a body is hundreds of small turns, and parsing a large one would hold up every call to this grain.
        return await Task.Run(() => connector.Read(session, request, cancellationToken), cancellationToken);
    }

    async Task<LeaseAnswer> AskForLease(PageRequest request, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var answer = await door.Lease(request);
            switch (answer.Verdict)
            {
                case LeaseVerdict.Granted:
                    return answer;
                case LeaseVerdict.Closed:
                    throw new RunClosedException(new(answer.Code, answer.Reason, answer.Cure));
                case LeaseVerdict.NeedsPerson:
                    await WaitForPerson(answer, cancellationToken);
                    break;
                default:
                    await WaitForStore(answer, cancellationToken);
                    break;
            }
        }
    }

    async Task WaitForPerson(LeaseAnswer answer, CancellationToken cancellationToken)
    {
        var patience = HasRead ? options.CredentialPatience : options.CredentialPatience / 10;
        if (clock.GetElapsedTime(lastProgress) >= patience)
        {
            throw new ConnectorException(FailureKind.Credentials, answer.Code, answer.Reason, answer.Cure ?? "");
        }

        show(new(answer.Code, $"{answer.Reason} {answer.Cure}".Trim(), null));
        await Task.Delay(AskAgain, clock, cancellationToken);
    }

    async Task WaitForStore(LeaseAnswer answer, CancellationToken cancellationToken)
    {
        if (clock.GetElapsedTime(lastProgress) + answer.Wait >= options.Patience)
        {
            throw new ConnectorException(
                FailureKind.StoreDown, answer.Code, answer.Reason, "See whether the store is up and not overloaded; the next due run tries again.")
            {
                RetryAfter = answer.Wait, // or the retry, which counts only the time gone by, would ask again and again
            };
        }

        if (answer.Wait > TimeSpan.FromSeconds(1))
        {
            show(new(answer.Code, answer.Reason, clock.GetUtcNow() + answer.Wait));
        }

        await Task.Delay(answer.Wait, clock, cancellationToken);
    }

    /// <summary>One page, over all its tries.</summary>
    sealed class Reading(bool thorough, bool isPage)
    {
        public bool Thorough => thorough;

        public bool IsPage => isPage;

        /// <summary>Records asked for in the last try.</summary>
        public int Size { get; set; }

        public int Unauthorized { get; set; }
    }
}

/// <summary>The connection was paused or deleted: the run ends at the page it is at.</summary>
internal sealed class RunClosedException(RunError error) : Exception(error.Message)
{
    public RunError Error { get; } = error;
}
