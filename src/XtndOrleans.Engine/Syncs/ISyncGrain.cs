using Orleans.Concurrency;

namespace XtndOrleans.Engine.Syncs;

/// <summary>The one run of an entity: reads pages, writes them, moves the cursor. Key: <see cref="Connections.EntityId.SyncKey"/>.</summary>
[Alias("xtnd.sync")]
public interface ISyncGrain : IGrainWithStringKey
{
    /// <summary>Starts a run, or joins the one that is under way. Returns at once. Throws <see cref="ProblemException"/> <c>connection_not_ready</c>.</summary>
    [Alias("Start"), AlwaysInterleave] Task<RunStarted> Start(RunRequest request);

    /// <summary>Asks the run to end at its next page boundary. Unknown or ended: no effect.</summary>
    [Alias("Cancel"), AlwaysInterleave] Task Cancel(Guid runId);

    /// <summary>
    /// The run under way, now and at each change (at most every quarter of a second, at least each second while it moves), up to and with its end state.
    /// Waits for the next run when there is none. Ends only by cancellation or with the silo; subscribe again then.
    /// </summary>
    [Alias("Watch"), AlwaysInterleave] IAsyncEnumerable<RunView> Watch(CancellationToken cancellationToken);

    /// <summary>Goes on with a run that a silo's end interrupted, if there is one. Harmless at any time.</summary>
    [Alias("Resume"), AlwaysInterleave] Task Resume();

    /// <summary>
    /// How many records a run from a time on would read, by one request to the store; nothing is saved. Throws <see cref="ProblemException"/>:
    /// <c>connection_not_ready</c>, or what the store says.
    /// </summary>
    [Alias("Estimate"), AlwaysInterleave] Task<RunEstimate> Estimate(DateTimeOffset? since);

    /// <summary>
    /// Reads one record from the store now, beside whatever run is under way, and writes it. Throws <see cref="ProblemException"/> <c>connection_not_ready</c>, or
    /// the store's failure with its cure.
    /// </summary>
    [Alias("Refresh"), AlwaysInterleave] Task<RefreshResult> Refresh(string externalId);
}

/// <summary>What came of a refresh.</summary>
/// <param name="Outcome">unchanged, inserted, updated, deleted, or absent: neither the store has it nor we.</param>
/// <param name="Fields">The store's names of what differed.</param>
[GenerateSerializer, Immutable, Alias("xtnd.refresh-result")]
public sealed record RefreshResult([property: Id(0)] string Outcome, [property: Id(1)] IReadOnlyList<string> Fields);

/// <summary>A wish for a run.</summary>
/// <param name="Trigger">schedule, manual or catch_up.</param>
/// <param name="Mode">incremental, full, or null: incremental when the entity was once read whole, else full.</param>
/// <param name="Since">Read what changed since then instead of since the watermark; only with incremental.</param>
[GenerateSerializer, Immutable, Alias("xtnd.run-request")]
public sealed record RunRequest([property: Id(0)] string Trigger, [property: Id(1)] string? Mode = null, [property: Id(2)] DateTimeOffset? Since = null)
{
    /// <summary>A person said that it is right when much is gone from the store; only with full.</summary>
    [Id(3)] public bool ConfirmDeletions { get; init; }

    /// <summary>When the slot was due that the run is for: one that the schedule began since then answers it, over or not.</summary>
    [Id(4)] public DateTimeOffset? DueAt { get; init; }
}

/// <summary>What a run would read.</summary>
/// <param name="WouldRead">Records that changed since then, as the store counts; all of them when it cannot tell.</param>
/// <param name="Of">Records held now.</param>
/// <param name="Since">Since when; null: all.</param>
[GenerateSerializer, Immutable, Alias("xtnd.run-estimate")]
public sealed record RunEstimate([property: Id(0)] long WouldRead, [property: Id(1)] long Of, [property: Id(2)] DateTimeOffset? Since);

/// <summary>The run that now is under way.</summary>
/// <param name="Run">The run.</param>
/// <param name="Joined">Whether it was under way before.</param>
[GenerateSerializer, Immutable, Alias("xtnd.run-started")]
public sealed record RunStarted([property: Id(0)] RunView Run, [property: Id(1)] bool Joined);
