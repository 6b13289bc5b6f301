namespace XtndOrleans.Connectors;

/// <summary>
/// One answer of the store, read. The records' bodies are slices of one rented buffer: they are valid until the page is disposed, and not a moment longer.
/// </summary>
public sealed class Page : IDisposable
{
    readonly IDisposable? buffer;

    /// <summary>Makes a page over a buffer that it owns.</summary>
    public Page(IReadOnlyList<StoreRecord> records, IDisposable? buffer)
    {
        Records = records;
        this.buffer = buffer;
    }

    /// <summary>The records, each id once; ascending by id where ids are numbers, else in the store's order.</summary>
    public IReadOnlyList<StoreRecord> Records { get; }

    /// <summary>Where the next page starts, for its <see cref="PageRequest.AfterId"/>; the last record's id unless the system pages otherwise. Null for an empty page, unless the
    /// system pages otherwise: then an empty page need not be the last.</summary>
    public string? Next { get => field ?? (Records is [.., var last] ? last.ExternalId : null); init; }

    /// <summary>Whether the store has no record after these that the request asked for.</summary>
    public bool IsLast { get; init; }

    /// <summary>How many records match the request's <see cref="PageRequest.ChangedSince"/> after <see cref="PageRequest.AfterId"/>, these included, as the store counts; null when it does not tell.</summary>
    public long? Total { get; init; }

    /// <summary>The store's clock when it answered (the Date header); null when it does not tell.</summary>
    public DateTimeOffset? StoreTime { get; init; }

    /// <summary>Bytes of the decompressed body.</summary>
    public long Bytes { get; init; }

    /// <summary>Gives the buffer back. The bodies must not be read afterwards.</summary>
    public void Dispose() => buffer?.Dispose();
}

/// <summary>One record of the store, as it was read.</summary>
public sealed class StoreRecord
{
    /// <summary>The store's own id of the record, as text without leading zeros. Unique within the entity.</summary>
    public required string ExternalId { get; init; }

    /// <summary>When the record came to be, by the store; null when absent or unreadable.</summary>
    public DateTimeOffset? SourceCreatedAt { get; init; }

    /// <summary>When the record last changed, by the store; null when absent or unreadable.</summary>
    public DateTimeOffset? SourceUpdatedAt { get; init; }

    /// <summary>The fields that mean the same in every system: one of the records in this namespace derived from it.</summary>
    public required RecordFields Fields { get; init; }

    /// <summary>XXH128 of <see cref="Body"/>, 16 bytes: equal exactly when nothing changed.</summary>
    public required UInt128 Hash { get; init; }

    /// <summary>The exact JSON of the record, UTF-8, a slice of the page's buffer.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }
}
