using XtndOrleans.Connectors;
using XtndOrleans.Engine.Schedules;
using XtndOrleans.Engine.Syncs;

namespace XtndOrleans.Engine.Connections;

/// <summary>A connection as people see it. Holds no secret.</summary>
public sealed record ConnectionView(
    string Id, string System, string Name, string ApiUrl, string AccessToken, bool HasSecret, string TimeZone,
    string Status, string? StatusReason, DateTimeOffset? VerifiedAt, StoreProfile? Store,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, IReadOnlyList<ConnectionEntityView> Entities)
{
    /// <summary>Rises with each change; the ETag.</summary>
    public required long Version { get; init; }
}

/// <summary>One entity of a connection, at a glance.</summary>
/// <param name="Entity">The entity.</param>
/// <param name="Count">Records held.</param>
/// <param name="FreshAt">Start of the last run that succeeded: what the store had then is here.</param>
/// <param name="Schedule">The schedule.</param>
/// <param name="LastRun">The newest run.</param>
public sealed record ConnectionEntityView(string Entity, long Count, DateTimeOffset? FreshAt, ScheduleSummary Schedule, RunView? LastRun);
