using XtndOrleans.Connectors;

namespace XtndOrleans.Engine.Syncs;

/// <summary>What a run would read, without reading it.</summary>
internal sealed partial class SyncGrain
{
    public async Task<RunEstimate> Estimate(DateTimeOffset? since)
    {
        if (!await services.Runs.MayRead(Id.Connection, CancellationToken.None))
        {
            throw NotReady();
        }

        var from = services.Entity(Id.Entity).HasDeltas ? since : null;
        using var counted = await AskNow(new PageRequest(Id.Entity, null, from, 1) { CountOnly = true });
        return counted.Total is { } total
            ? new(total, await services.Runs.Held(Id), from)
            : throw new ProblemException(ProblemKind.Refused, FailureCodes.MalformedAnswer, "The store does not count its records, so nothing can be told before a run.");
    }
}
