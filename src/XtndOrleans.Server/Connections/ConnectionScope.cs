using XtndOrleans.Connectors;
using XtndOrleans.Engine;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Schedules;
using XtndOrleans.Engine.Syncs;
using XtndOrleans.Server.Security;

namespace XtndOrleans.Server.Connections;

/// <summary>
/// The connection that a call's address names, proved to be of the caller's tenant. Handlers take this instead of an id, so that none can forget the proof.
/// </summary>
internal sealed record ConnectionScope(ConnectionId Id, SystemDescription System)
{
    public static async ValueTask<ConnectionScope?> BindAsync(HttpContext context)
    {
        var id = new ConnectionId(Caller.Of(context).Tenant, Guid.TryParse(context.GetRouteValue("connection") as string, out var connection) ? connection : Guid.Empty);
        var queries = context.RequestServices.GetRequiredService<ConnectionQueries>();
        return new(id, await queries.FindSystem(id, context.RequestAborted) ?? throw ProblemException.NotFound("connection"));
    }

    public bool Has(string entity) => System.Entities.Any(e => e.Entity == entity);

    /// <summary>The connection's entities, for messages.</summary>
    public string Entities => string.Join(", ", System.Entities.Select(e => e.Entity));
}

/// <summary>The entity that a call's address names, of a connection of the caller's tenant.</summary>
internal sealed record EntityScope(EntityId Id)
{
    public static async ValueTask<EntityScope?> BindAsync(HttpContext context)
    {
        var connection = (await ConnectionScope.BindAsync(context))!;
        var entity = context.GetRouteValue("entity") as string ?? "";
        return connection.Has(entity)
            ? new(new EntityId(connection.Id, entity))
            : throw new ProblemException(ProblemKind.NotFound, "not_found", $"{connection.System.Name} has no such entity. It has: {connection.Entities}.");
    }
}

/// <summary>The grains of a connection.</summary>
internal static class Grains
{
    public static IConnectionGrain Connection(this IGrainFactory grains, ConnectionId id) => grains.GetGrain<IConnectionGrain>(id.GrainKey);

    public static IEntityScheduleGrain Schedule(this IGrainFactory grains, EntityId id) => grains.GetGrain<IEntityScheduleGrain>(id.ScheduleKey);

    public static ISyncGrain Sync(this IGrainFactory grains, EntityId id) => grains.GetGrain<ISyncGrain>(id.SyncKey);
}
