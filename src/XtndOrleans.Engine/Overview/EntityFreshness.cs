namespace XtndOrleans.Engine.Overview;

/// <summary>How fresh one entity is over all connections of a tenant.</summary>
/// <param name="Entity">The entity.</param>
/// <param name="Fresh">Connections whose last run that succeeded began within twice the schedule's period and an hour.</param>
/// <param name="Late">Connections whose is older.</param>
/// <param name="Never">Connections that are scheduled and were never read.</param>
/// <param name="Off">Connections without an active schedule.</param>
/// <param name="Held">Records held.</param>
/// <param name="Stalest">The connection that was scheduled and read, the longest ago; null when there is none.</param>
public sealed record EntityFreshness(string Entity, long Fresh, long Late, long Never, long Off, long Held, FreshnessLine? Stalest);

/// <summary>How fresh one entity of one connection is.</summary>
/// <param name="ConnectionId">32 hexadecimal digits.</param>
/// <param name="Connection">The connection's name.</param>
/// <param name="Zone">The connection's zone, IANA name.</param>
/// <param name="Entity">The entity.</param>
/// <param name="State">fresh, late, never, or off: not scheduled.</param>
/// <param name="FreshAt">When the last run that succeeded began.</param>
/// <param name="Held">Records held.</param>
public sealed record FreshnessLine(string ConnectionId, string Connection, string Zone, string Entity, string State, DateTimeOffset? FreshAt, long Held);

/// <summary>How fresh a tenant's records are.</summary>
/// <param name="Entities">Each entity that the tenant's systems give.</param>
/// <param name="Lines">Every entity of every connection by the connection's name when they are few, else the worst.</param>
/// <param name="IsAll">Whether <paramref name="Lines"/> are all.</param>
public sealed record TenantFreshness(IReadOnlyList<EntityFreshness> Entities, IReadOnlyList<FreshnessLine> Lines, bool IsAll);

/// <summary>How a tenant's connections and records are.</summary>
/// <param name="Concerns">What a person is needed for.</param>
/// <param name="Freshness">How fresh the records are.</param>
public sealed record TenantHealth(Concerns Concerns, TenantFreshness Freshness);
