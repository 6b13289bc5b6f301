using Polly;
using Polly.Retry;
using XtndOrleans.Connectors;
using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Engine.Syncs;

/// <summary>
/// Reads one page at a time through the connection's door: asks for a lease, makes the request, tells what came of it, waits and tries again. The only layer
/// that retries. Belongs to one loop on one grain's scheduler.
/// </summary>
internal sealed class PageReader(EntityId id, int pageSize, IConnectionDoor door, SyncServices services, Action<RunWaiting?> show)
{
    readonly SyncOptions options = services.Options;
    readonly TimeProvider clock = services.Clock;
    static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(2);

    readonly ResiliencePropertyKey<Attempt> attemptKey = new("attempt");
    ResiliencePipeline<Page>? pipeline;
    DateTimeOffset lastProgress = services.Clock.GetUtcNow();
    int requests;
    int retries;

    /// <summary>Whether a page was read by this loop.</summary>
    public bool HasRead { get; private set; }

    /// <summary>Records per request; falls to what the store allows.</summary>
    public int PageSize { get; private set; } = pageSize;

    /// <summary>Requests and retries since this was last asked.</summary>
    public RunTraffic TakeTraffic()
    {
        var traffic = new RunTraffic(requests, retries);
        requests = retries = 0;
        return traffic;
    }

    /// <summary>Reads a page, however long it takes within the patience. Throws <see cref="ConnectorException"/> when waiting is over, <see cref="RunClosedException"/> when the connection is.</summary>
    public async Task<Page> Read(PageRequest request, CancellationToken cancellationToken)
    {
        pipeline ??= Pipeline();
        // Polly leaves the scheduler unless told otherwise.
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: true, cancellationToken);
        context.Properties.Set(attemptKey, new());
        try
        {
            var page = await pipeline.ExecuteAsync(async (running, wanted) => await Once(wanted, running), context, request);
            HasRead = true;
            lastProgress = clock.GetUtcNow();
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
                outcome.Outcome.Exception is ConnectorException failure
                && SyncRules.TriesAgain(failure, outcome.AttemptNumber, clock.GetUtcNow() - lastProgress, options)),
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

    async Task<Page> Once(PageRequest wanted, ResilienceContext context)
    {
        context.Properties.TryGetValue(attemptKey, out var attempt);
        var asked = wanted with { Size = Math.Min(wanted.Size, PageSize) };
        var lease = await AskForLease(asked, context.CancellationToken);
        PageSize = lease.Request!.Size < asked.Size ? lease.Request.Size : PageSize;

        LeaseFailure? failure = null;
        var completed = false;
        var began = clock.GetTimestamp();
        try
        {
            using var slot = await services.Silo.Requests.Enter(id.Connection.Tenant, context.CancellationToken);
            began = clock.GetTimestamp();
            var page = await Request(lease, context.CancellationToken);
            completed = true;
            return page;
        }
        catch (ConnectorException refused)
        {
            (failure, completed) = (LeaseFailure.From(refused), true);
            PageSize = refused.MaximumPageSize ?? PageSize;
            // The first refusal may be an old token. A new one that is refused too is a right that is missing.
            throw refused.Kind == FailureKind.Unauthorized && attempt!.Unauthorized++ > 0 ? refused.AsPermissionMissing() : refused;
        }
        finally
        {
            await door.Return(new(lease.Id, completed, clock.GetElapsedTime(began), failure));
        }
    }

    async Task<Page> Request(LeaseAnswer lease, CancellationToken cancellationToken)
    {
        show(null);
        requests++;
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
        if (clock.GetUtcNow() - lastProgress >= patience)
        {
            throw new ConnectorException(FailureKind.Credentials, answer.Code, answer.Reason, answer.Cure ?? "");
        }

        show(new(answer.Code, $"{answer.Reason} {answer.Cure}".Trim(), null));
        await Task.Delay(AskAgain, clock, cancellationToken);
    }

    async Task WaitForStore(LeaseAnswer answer, CancellationToken cancellationToken)
    {
        if (clock.GetUtcNow() + answer.Wait - lastProgress >= options.Patience)
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

    sealed class Attempt
    {
        public int Unauthorized { get; set; }
    }
}

/// <summary>The connection was paused or deleted: the run ends at the page it is at.</summary>
internal sealed class RunClosedException(RunError error) : Exception(error.Message)
{
    public RunError Error { get; } = error;
}
