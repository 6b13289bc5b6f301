namespace XtndOrleans.Engine.Overview;

/// <summary>What a person is needed for, the gravest first.</summary>
public enum ConcernKind
{
    /// <summary>The store refuses something: the credentials, or an entity.</summary>
    Failing,

    /// <summary>Much is gone from the store at once: nothing was deleted here, a person must say that it is right.</summary>
    DeletionsSuspected,

    /// <summary>The last run of an entity failed.</summary>
    RunFailed,

    /// <summary>Runs are due and have not begun.</summary>
    Overdue,

    /// <summary>A schedule is active, and what is held is older than twice its period and an hour.</summary>
    Stale,

    /// <summary>The store counts otherwise than we do.</summary>
    Differs,

    /// <summary>Records were set aside because the store could not deliver them.</summary>
    Quarantined,

    /// <summary>The connection was never verified.</summary>
    Unverified,

    /// <summary>The connection works and none of its schedules is active.</summary>
    NothingScheduled,

    /// <summary>A person has paused the connection.</summary>
    Paused,
}

/// <summary>One thing that a person is needed for.</summary>
/// <param name="Kind">What.</param>
/// <param name="ConnectionId">32 hexadecimal digits.</param>
/// <param name="Connection">The connection's name.</param>
/// <param name="Zone">The connection's zone, IANA name.</param>
/// <param name="Entity">Of which entity; null when it concerns the connection.</param>
/// <param name="At">Since when, or of when what is held is; null when that is not known.</param>
/// <param name="Count">How many: due slots, records set aside, what the store counts more than we. 0 where nothing is counted.</param>
/// <param name="RunId">The run that failed, 32 hexadecimal digits.</param>
/// <param name="Code">Why: the stable code of a failed run.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Cure">What to do, in words, where the failure says so.</param>
public sealed record Concern(
    ConcernKind Kind, string ConnectionId, string Connection, string Zone, string? Entity, DateTimeOffset? At, long Count,
    string? RunId, string? Code, string? Reason, string? Cure);

/// <summary>What a person is needed for.</summary>
/// <param name="Items">The gravest.</param>
/// <param name="Total">How many there are.</param>
public sealed record Concerns(IReadOnlyList<Concern> Items, long Total);
