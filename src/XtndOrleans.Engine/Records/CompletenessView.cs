namespace XtndOrleans.Engine.Records;

/// <summary>The last comparison of the store's own count with ours.</summary>
/// <param name="Entity">The entity.</param>
/// <param name="Held">Records that are held within the window; of an entity that was never compared, all.</param>
/// <param name="StoreTotal">Records that the store counts within the window; null when it was never asked.</param>
/// <param name="Difference">What the store has more than we hold: negative when it has less. Null when it was never asked.</param>
/// <param name="CheckedAt">When; null for never.</param>
/// <param name="Window">Which records were counted; null when never.</param>
/// <param name="State">complete, repairing (a difference was found and is being read), differs, or unchecked: there was no comparison yet.</param>
/// <param name="Note">What explains it, in words; null when nothing needs to be said.</param>
public sealed record CompletenessView(
    string Entity, long Held, long? StoreTotal, long? Difference, DateTimeOffset? CheckedAt, CompletenessWindow? Window, string State, string? Note)
{
    /// <summary>Records set aside that the store counts and we cannot hold; part of the difference.</summary>
    public long Quarantined { get; init; }
}

/// <summary>Which records were counted.</summary>
/// <param name="UpToId">Those up to this id; null for all.</param>
public sealed record CompletenessWindow(string? UpToId);
