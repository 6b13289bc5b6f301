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
