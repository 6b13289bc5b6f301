using XtndOrleans.Connectors;
using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Engine.Syncs;

/// <summary>One record, because a person asks for it. It goes through the same door and the same reader as a page.</summary>
internal sealed partial class SyncGrain
{
    /// <summary>A person waits for the answer, and a grain call does not last longer than half a minute.</summary>
    static readonly TimeSpan RefreshLimit = TimeSpan.FromSeconds(20);

    public async Task<RefreshResult> Refresh(string externalId)
    {
        if (!await services.Runs.MayRead(Id.Connection, CancellationToken.None))
        {
            throw NotReady();
        }

        if (services.Entity(Id.Entity).HasNumericIds && !NumericId.IsOne(externalId))
        {
            return new("absent", []); // no store has such an id, nor could it be asked for
        }

        // What is absent is asked for twice before it becomes a tombstone: a cache or a search index may lag.
        using var page = await ReadOne(externalId);
        using var again = page.Records.Count == 0 ? await ReadOne(externalId) : null;
        using var writer = await services.Silo.Writers.Enter(Id.Connection.Tenant, CancellationToken.None);
        var record = (again ?? page).Records.FirstOrDefault(found => found.ExternalId == externalId);
        var written = await services.Records.WriteOne(Id, record, externalId, services.Clock.GetUtcNow(), CancellationToken.None);
        return new(written.Outcome, written.Fields);
    }

    Task<Page> ReadOne(string externalId) => AskNow(new PageRequest(Id.Entity, null, null, 1) { Ids = [externalId] });

    /// <summary>One request that a person waits for: it is given up before the call is.</summary>
    async Task<Page> AskNow(PageRequest request)
    {
        using var limit = new CancellationTokenSource(RefreshLimit / 2, services.Clock);
        RunWaiting? waiting = null;
        var door = GrainFactory.GetGrain<IConnectionDoor>(Id.Connection.GrainKey);
        var reader = new PageReader(Id, new(request.Size, request.Size), door, services, now =>
        {
            waiting = now ?? waiting;
            if (now is { NextTryAt: null })
            {
                limit.Cancel(); // it waits for a person
            }
        });
        try
        {
            return await reader.Read(request, limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw waiting is null
                ? new ProblemException(ProblemKind.Refused, "timeout", "The store did not answer in time. Try again in a minute.")
                : new ProblemException(ProblemKind.Refused, waiting.Code, waiting.NextTryAt is null ? waiting.Reason : $"{waiting.Reason} Try again in a minute.");
        }
        catch (ConnectorException failure)
        {
            throw new ProblemException(ProblemKind.Refused, failure.Code, $"{failure.Message} {failure.Cure}".Trim());
        }
        catch (RunClosedException)
        {
            throw NotReady();
        }
    }

    static ProblemException NotReady() =>
        new(ProblemKind.Conflict, "connection_not_ready", "Verify the connection first, or resume it if it is paused; then try again.");
}
