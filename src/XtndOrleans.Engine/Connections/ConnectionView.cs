using System.Text.Json.Serialization;
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
    /// <summary>The stable code of the failure that <see cref="StatusReason"/> tells of; null when it tells of none, as a pause's note.</summary>
    public string? StatusCode { get; init; }

    /// <summary>Rises with each change; the ETag.</summary>
    public required long Version { get; init; }

    /// <summary>How it signs in. <see cref="AccessToken"/> is the user name; of an integration the last characters of its consumer key, nothing when its access token is sent alone.</summary>
    public required ConnectionAuthView Auth { get; init; }
}

/// <summary>How a connection signs in, without any value.</summary>
/// <param name="Kind">password or integration.</param>
/// <param name="HasTotpSecret">Whether it has the secret of a second factor; only for a password.</param>
public sealed record ConnectionAuthView(string Kind, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? HasTotpSecret);

/// <summary>One entity of a connection, at a glance.</summary>
/// <param name="Entity">The entity.</param>
/// <param name="Count">Records held.</param>
/// <param name="FreshAt">Start of the last run that succeeded: what the store had then is here.</param>
/// <param name="Schedule">The schedule.</param>
/// <param name="LastRun">The newest run.</param>
public sealed record ConnectionEntityView(string Entity, long Count, DateTimeOffset? FreshAt, ScheduleSummary Schedule, RunView? LastRun);
