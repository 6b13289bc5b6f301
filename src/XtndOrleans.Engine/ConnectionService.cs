using Npgsql;
using XtndOrleans.Connectors;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Schedules;
using XtndOrleans.Engine.Syncs;

namespace XtndOrleans.Engine;

// TO BE REPLACED on merge: the real one has these three signatures.

/// <summary>Makes, tries and deletes connections: what concerns more than one grain.</summary>
public sealed class ConnectionService(IGrainFactory grains, ConnectorCatalog catalog, NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>Saves a new connection, unverified.</summary>
    public async Task<ConnectionId> Create(Guid tenant, ConnectionDraft draft)
    {
        var id = new ConnectionId(tenant, Guid.CreateVersion7(clock.GetUtcNow()));
        await grains.GetGrain<IConnectionGrain>(id.GrainKey).Create(draft);
        return id;
    }

    /// <summary>Tries a draft; nothing is saved.</summary>
    public Task<Verification> Try(Guid tenant, ConnectionDraft draft, CancellationToken cancellationToken) =>
        grains.GetGrain<IConnectionGrain>(new ConnectionId(tenant, Guid.CreateVersion7(clock.GetUtcNow())).GrainKey).Try(draft, cancellationToken);

    /// <summary>Marks a connection as going, stops its runs and takes its reminders away. Unknown: <c>not_found</c>.</summary>
    public async Task BeginDelete(ConnectionId id)
    {
        var systems = await database.Rows(
            "UPDATE xtnd.connection SET deleting_since = coalesce(deleting_since, $3) WHERE tenant_id = $1 AND id = $2 RETURNING system",
            [new() { Value = id.Tenant }, new() { Value = id.Connection }, new() { Value = clock.GetUtcNow() }],
            row => row.GetString(0),
            CancellationToken.None);
        if (systems.Count == 0)
        {
            throw ProblemException.NotFound("connection");
        }

        var runs = await database.Rows(
            "SELECT id, entity FROM xtnd.run WHERE tenant_id = $1 AND connection_id = $2 AND state IN ('queued', 'running')",
            [new() { Value = id.Tenant }, new() { Value = id.Connection }],
            row => (Run: row.GetGuid(0), Entity: row.GetString(1)),
            CancellationToken.None);
        await Task.WhenAll(runs.Select(run => grains.GetGrain<ISyncGrain>(new EntityId(id, run.Entity).SyncKey).Cancel(run.Run)));
        await Task.WhenAll(catalog[systems[0]].Description.Entities.Select(
            entity => grains.GetGrain<IEntityScheduleGrain>(new EntityId(id, entity.Entity).ScheduleKey).Remove()));
    }
}
