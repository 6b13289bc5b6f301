namespace XtndOrleans.Engine.Records;

/// <summary>What became of a record.</summary>
/// <param name="FirstSeenAt">When we first saw it.</param>
/// <param name="Items">Its changes since then, newest first.</param>
/// <param name="Next">Opaque; give it back to read on. Null at the end.</param>
public sealed record RecordHistory(DateTimeOffset FirstSeenAt, IReadOnlyList<HistoryItem> Items, string? Next);

/// <summary>A change of a record.</summary>
/// <param name="Seq">The number of the change.</param>
/// <param name="Op">update, delete, or return: a record that was gone is there again.</param>
/// <param name="At">When we saw it.</param>
/// <param name="RunId">The run that saw it; null for a refresh that a person asked for.</param>
/// <param name="Fields">The store's names of what differs; attributes one by one, as <c>custom_attributes.special_price</c>.</param>
public sealed record HistoryItem(long Seq, string Op, DateTimeOffset At, string? RunId, IReadOnlyList<string> Fields);

/// <summary>Where a run left the cursor.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Mode">incremental or full.</param>
/// <param name="Watermark">Everything changed before this, by the store's clock, was held then; null when the run could not tell.</param>
/// <param name="ClosedAt">When the run ended.</param>
public sealed record CursorView(string RunId, string Mode, DateTimeOffset? Watermark, DateTimeOffset ClosedAt);
