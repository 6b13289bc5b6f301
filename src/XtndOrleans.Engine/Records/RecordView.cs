using System.Text.Json.Serialization;

namespace XtndOrleans.Engine.Records;

/// <summary>A record as the API gives it. In JSON the canonical fields stand beside the common ones.</summary>
public sealed record RecordView
{
    /// <summary>The store's id.</summary>
    public required string ExternalId { get; init; }

    /// <summary>The name people know it by: a SKU, an order number.</summary>
    public required string? Key { get; init; }

    /// <summary>When it came to be, by the store's clock.</summary>
    public required DateTimeOffset? SourceCreatedAt { get; init; }

    /// <summary>When it last changed, by the store's clock.</summary>
    public required DateTimeOffset? SourceUpdatedAt { get; init; }

    /// <summary>When we first saw it.</summary>
    public required DateTimeOffset FirstSeenAt { get; init; }

    /// <summary>When we last saw it differ.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>When it was found gone; null while it is there.</summary>
    public required DateTimeOffset? DeletedAt { get; init; }

    /// <summary>The number of its last change.</summary>
    public required long Seq { get; init; }

    /// <summary>The canonical fields by their JSON names: text, decimal, <see cref="DateTimeOffset"/>, <see cref="RawJson"/> or null.</summary>
    [JsonExtensionData] public IDictionary<string, object?> Fields { get; init; } = new Dictionary<string, object?>();

    /// <summary>The store's own JSON; only when one record was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public RawJson? Body { get; init; }
}

/// <summary>Which records to list.</summary>
/// <param name="Query">A key or its beginning, an external id, or a part of a name or e-mail address; null for all.</param>
/// <param name="UpdatedSince">
/// Only records that we saw differ at or after this, by our clock. A superset of those that changed in the store since then and misses nothing:
/// the store's own time of change does not move for stock, special prices and more, and what changed there just before is seen here only later.
/// </param>
/// <param name="IncludeDeleted">Whether records that are gone are listed too.</param>
public sealed record RecordFilter(string? Query = null, DateTimeOffset? UpdatedSince = null, bool IncludeDeleted = false);

/// <summary>How many records are held.</summary>
/// <param name="Count">Records that are there.</param>
/// <param name="Deleted">Records that are gone.</param>
public sealed record RecordCount(long Count, long Deleted);

/// <summary>A part of the change feed.</summary>
/// <param name="Items">The changes, ascending by number. A record that changed twice appears once, at its last change.</param>
/// <param name="Next">Give it as <c>after</c> to read on, now or later.</param>
/// <param name="More">Whether there are more already.</param>
public sealed record ChangePage(IReadOnlyList<RecordChange> Items, long Next, bool More);

/// <summary>A change of a record.</summary>
/// <param name="Seq">The number of the change; rises in the order of commits.</param>
/// <param name="Op"><c>upsert</c> or <c>delete</c>.</param>
/// <param name="ExternalId">The store's id.</param>
/// <param name="ChangedAt">When we saw it.</param>
/// <param name="Body">The store's own JSON; of a deleted record, the last one read.</param>
public sealed record RecordChange(long Seq, string Op, string ExternalId, DateTimeOffset ChangedAt, RawJson Body);
