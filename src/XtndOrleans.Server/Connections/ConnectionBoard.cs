using XtndOrleans.Engine;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Records;
using XtndOrleans.Engine.Schedules;
using XtndOrleans.Engine.Syncs;
using XtndOrleans.Server.Syncs;

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
/// <param name="Slots">What became of the last due slots, newest first.</param>
public sealed record EntityState(
    ConnectionEntityView Now, ScheduleView Schedule, CompletenessView Completeness, long Quarantined, IReadOnlyList<RunView> Runs, IReadOnlyList<SlotView> Slots)
{
    /// <summary>Its name.</summary>
    public string Entity => Now.Entity;

    /// <summary>When it was last read: when the last run began, or while that waits, the one before it. Null: never.</summary>
    public DateTimeOffset? LastStart => Runs.FirstOrDefault(run => run.StartedAt is not null)?.StartedAt;
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
        var slots = schedules.LatestSlots(id, entities, SlotWeek.Asked, cancellationToken);
        await Task.WhenAll(plans, counts, aside, last, slots);
        var (byEntity, compared, quarantined, latest, decided) =
            ((await plans).ToDictionary(plan => plan.Entity), (await counts).ToDictionary(count => count.Entity), await aside, await last, await slots);
        return new(connection, [.. connection.Entities.Where(entity => byEntity.ContainsKey(entity.Entity)).Select(entity => new EntityState(
            entity, byEntity[entity.Entity], compared[entity.Entity], quarantined.GetValueOrDefault(entity.Entity), [.. latest[entity.Entity]], [.. decided[entity.Entity]]))]);
    }
}
