namespace XtndOrleans.Engine.Syncs;

/// <summary>A run as people see it; the fields are those of the REST API.</summary>
[GenerateSerializer, Immutable, Alias("xtnd.run")]
public sealed record RunView
{
    /// <summary>The run's id, 32 hexadecimal digits.</summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>The connection's id.</summary>
    [Id(1)] public required string ConnectionId { get; init; }

    /// <summary>The entity.</summary>
    [Id(2)] public required string Entity { get; init; }

    /// <summary>incremental or full.</summary>
    [Id(3)] public required string Mode { get; init; }

    /// <summary>schedule, manual or catch_up.</summary>
    [Id(4)] public required string Trigger { get; init; }

    /// <summary>queued, running, succeeded, failed or cancelled.</summary>
    [Id(5)] public required string State { get; init; }

    /// <summary>When the run began to read; null while queued.</summary>
    [Id(6)] public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    [Id(7)] public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Pages committed.</summary>
    [Id(8)] public long Pages { get; init; }

    /// <summary>Records read.</summary>
    [Id(9)] public long Seen { get; init; }

    /// <summary>Records that were new.</summary>
    [Id(10)] public long Inserted { get; init; }

    /// <summary>Records that had changed.</summary>
    [Id(11)] public long Updated { get; init; }

    /// <summary>Records that were as before.</summary>
    [Id(12)] public long Unchanged { get; init; }

    /// <summary>Records that became tombstones.</summary>
    [Id(13)] public long Deleted { get; init; }

    /// <summary>Records set aside.</summary>
    [Id(14)] public long Quarantined { get; init; }

    /// <summary>Requests made, retries included.</summary>
    [Id(15)] public long Requests { get; init; }

    /// <summary>Requests that repeated one that failed.</summary>
    [Id(16)] public long Retries { get; init; }

    /// <summary>Bytes read, decompressed.</summary>
    [Id(17)] public long Bytes { get; init; }

    /// <summary>Records there are to read, as the store counts; null when unknown.</summary>
    [Id(18)] public long? Total { get; init; }

    /// <summary>Seconds until the end at the speed so far; null when unknown.</summary>
    [Id(19)] public long? EtaSeconds { get; init; }

    /// <summary>How often the run went on after its silo stopped.</summary>
    [Id(20)] public int Resumes { get; init; }

    /// <summary>Why it failed.</summary>
    [Id(21)] public RunError? Error { get; init; }

    /// <summary>Why it is not reading at this moment, in words, with the time of the next try; null when it reads.</summary>
    [Id(22)] public RunWaiting? Waiting { get; init; }

    /// <summary>Records held that a full read did not see, before each was asked for once more; null until that is known.</summary>
    [Id(23)] public long? Missing { get; init; }

    /// <summary>Whether a person said that it is right when much is gone from the store.</summary>
    [Id(24)] public bool ConfirmDeletions { get; init; }

    /// <summary>Whether the run has ended.</summary>
    [System.Text.Json.Serialization.JsonIgnore] public bool IsOver => State is "succeeded" or "failed" or "cancelled";
}

/// <summary>Why a run failed, and what to do.</summary>
[GenerateSerializer, Immutable, Alias("xtnd.run-error")]
public sealed record RunError([property: Id(0)] string Code, [property: Id(1)] string Message, [property: Id(2)] string? Cure);

/// <summary>Why a run waits, and until when.</summary>
[GenerateSerializer, Immutable, Alias("xtnd.run-waiting")]
public sealed record RunWaiting([property: Id(0)] string Code, [property: Id(1)] string Reason, [property: Id(2)] DateTimeOffset? NextTryAt);
