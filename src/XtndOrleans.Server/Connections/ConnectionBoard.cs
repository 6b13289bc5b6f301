using XtndOrleans.Engine;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Records;
using XtndOrleans.Engine.Schedules;
using XtndOrleans.Engine.Syncs;

namespace XtndOrleans.Server.Connections;

/// <summary>What a connection's page shows.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="Entities">Its entities, in its system's order.</param>
public sealed record ConnectionState(ConnectionView Connection, IReadOnlyList<EntityState> Entities);

/// <summary>What a connection's page shows of one entity.</summary>
/// <param name="Now">What is held, and the last run.</param>
/// <param name="Schedule">Its schedule.</param>
/// <param name="Completeness">The last comparison with the store.</param>
/// <param name="Quarantined">Records that are set aside now.</param>
/// <param name="Runs">The last runs, newest first.</param>
public sealed record EntityState(
    ConnectionEntityView Now, ScheduleView Schedule, CompletenessView Completeness, long Quarantined, IReadOnlyList<RunView> Runs)
{
    /// <summary>Its name.</summary>
    public string Entity => Now.Entity;

    /// <summary>When it was last read: when the run that is shown began, or while that waits, the one before it. Null: never.</summary>
    public DateTimeOffset? LastStart(RunView? shown) => shown?.StartedAt ?? Runs.FirstOrDefault(run => run.StartedAt is not null)?.StartedAt;

    /// <summary>The run to show: the one that was heard of last, unless a newer one or its end has been read since.</summary>
    public RunView? Shown(RunView? heard) => (Now.LastRun, heard) switch
    {
        (null, _) => heard,
        (_, null) => Now.LastRun,
        var (read, told) => string.CompareOrdinal(read.Id, told.Id) > 0 || (read.Id == told.Id && read.IsOver) ? read : told,
    };
}

/// <summary>Reads what a connection's page shows: one statement of each kind, however many entities there are.</summary>
public sealed class ConnectionBoard(ConnectionQueries connections, ScheduleQueries schedules, LedgerQueries ledger, RunQueries runs)
{
    /// <summary>How many bars the charts have.</summary>
    const int RunsShown = 20;

    /// <summary>The schedules as they are now, and the connection's zone, to be set active. None such connection: <c>not_found</c>.</summary>
    public async Task<(string Zone, IReadOnlyList<ScheduleView> Schedules)> Schedules(ConnectionId id, CancellationToken cancellationToken)
    {
        var connection = await connections.Find(id, cancellationToken) ?? throw ProblemException.NotFound("connection");
        return (connection.TimeZone, await schedules.List(id, cancellationToken));
    }

    /// <summary>Reads it; null when the tenant has no such connection.</summary>
    public async Task<ConnectionState?> Read(ConnectionId id, CancellationToken cancellationToken)
    {
        if (await connections.Find(id, cancellationToken) is not { } connection)
        {
            return null;
        }

        string[] entities = [.. connection.Entities.Select(entity => entity.Entity)];
        var plans = schedules.List(id, cancellationToken);
        var counts = ledger.Completeness(id, entities, cancellationToken);
        var aside = ledger.OpenQuarantine(id, cancellationToken);
        var last = runs.Latest(id, entities, RunsShown, cancellationToken);
        await Task.WhenAll(plans, counts, aside, last);
        var (byEntity, compared, quarantined, latest) = ((await plans).ToDictionary(plan => plan.Entity), (await counts).ToDictionary(count => count.Entity), await aside, await last);
        return new(connection, [.. connection.Entities.Where(entity => byEntity.ContainsKey(entity.Entity)).Select(entity => new EntityState(
            entity, byEntity[entity.Entity], compared[entity.Entity], quarantined.GetValueOrDefault(entity.Entity), [.. latest[entity.Entity]]))]);
    }
}
