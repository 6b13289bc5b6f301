using System.Globalization;
using XtndOrleans.Connectors;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Records;
using XtndOrleans.Engine.Schedules;
using XtndOrleans.Engine.Syncs;

namespace XtndOrleans.Engine;

/// <summary>Makes, tries and deletes connections: what concerns more than one grain. Serves the REST API and the page alike.</summary>
public sealed class ConnectionService(IGrainFactory grains, ConnectorCatalog catalog, TimeProvider clock)
{
    /// <summary>Records erased in one transaction.</summary>
    const int EraseBatch = 5000;

    /// <summary>Saves a new connection, unverified.</summary>
    public async Task<ConnectionId> Create(Guid tenant, ConnectionDraft draft)
    {
        var id = New(tenant);
        await grains.GetGrain<IConnectionGrain>(id.GrainKey).Create(draft);
        return id;
    }

    /// <summary>Tries a draft; nothing is saved.</summary>
    public Task<Verification> Try(Guid tenant, ConnectionDraft draft, CancellationToken cancellationToken) =>
        grains.GetGrain<IConnectionGrain>(New(tenant).GrainKey).Try(draft, cancellationToken);

    /// <summary>Tries a draft, told step by step as they end; nothing is saved. The report comes last. Wrong input: <c>invalid_input</c>.</summary>
    public IAsyncEnumerable<VerifyProgress> FollowTry(Guid tenant, ConnectionDraft draft, CancellationToken cancellationToken) =>
        grains.GetGrain<IConnectionGrain>(New(tenant).GrainKey).FollowTry(draft, cancellationToken);

    /// <summary>Verifies a connection, told step by step as they end; saves what was found. The report comes last.</summary>
    public IAsyncEnumerable<VerifyProgress> FollowVerify(ConnectionId id, CancellationToken cancellationToken) =>
        grains.GetGrain<IConnectionGrain>(id.GrainKey).FollowVerify(cancellationToken);

    /// <summary>What is wrong with a draft, by field, as far as can be told without asking the store. Nothing: it may be tried.</summary>
    public IReadOnlyDictionary<string, string[]> Check(ConnectionDraft draft)
    {
        try
        {
            ConnectionRules.Check(draft, catalog);
            return new Dictionary<string, string[]>();
        }
        catch (ProblemException wrong)
        {
            return wrong.Errors;
        }
    }

    /// <summary>
    /// Sets schedules active as they are; those that are active already stay as they are. One in the connection's zone goes on following it. One that somebody
    /// has changed since it was read: <c>stale</c>.
    /// </summary>
    /// <param name="id">Whose.</param>
    /// <param name="zone">IANA name: the connection's.</param>
    /// <param name="schedules">As they were read just now.</param>
    public Task Activate(ConnectionId id, string zone, IEnumerable<ScheduleView> schedules) => Task.WhenAll(schedules.Where(schedule => !schedule.Active).Select(schedule =>
        grains.GetGrain<IEntityScheduleGrain>(new EntityId(id, schedule.Entity).ScheduleKey).Set(new(
            schedule.Frequency.ToString().ToLowerInvariant(), true, schedule.StartDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            schedule.TimeOfDay.ToString("HH:mm", CultureInfo.InvariantCulture), schedule.TimeZone == zone ? null : schedule.TimeZone)
        { IfVersion = schedule.Version })));

    /// <summary>From now on the connection is gone for everyone: its credentials are erased, its runs stop, its reminders are taken away. Its records follow. Unknown: <c>not_found</c>.</summary>
    public async Task BeginDelete(ConnectionId id)
    {
        await grains.GetGrain<IConnectionDoor>(id.GrainKey).BeginDelete();
        await RemoveReminders(id);
    }

    /// <summary>Erases what a deleted connection left, a bounded batch at a time. Harmless to repeat; the sweeper does until nothing is left.</summary>
    internal async Task FinishDelete(ConnectionId id, RunStore runs, RecordStore records, CancellationToken stopping)
    {
        await RemoveReminders(id);
        foreach (var entity in AllEntities())
        {
            await runs.EndForGood(new(id, entity), clock.GetUtcNow());
        }

        await records.EraseConnection(id, EraseBatch, stopping);
        await grains.GetGrain<IConnectionDoor>(id.GrainKey).FinishDelete();
    }

    Task RemoveReminders(ConnectionId id) =>
        Task.WhenAll(AllEntities().Select(entity => grains.GetGrain<IEntityScheduleGrain>(new EntityId(id, entity).ScheduleKey).Remove()));

    IEnumerable<string> AllEntities() => catalog.Systems.SelectMany(system => system.Entities).Select(entity => entity.Entity).Distinct();

    ConnectionId New(Guid tenant) => new(tenant, Guid.CreateVersion7(clock.GetUtcNow()));
}
