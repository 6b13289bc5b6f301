namespace XtndOrleans.Connectors.Magento;

/// <summary>What was read of one record, before it is known where its bytes end.</summary>
internal struct RawRecord
{
    /// <summary>The entity's number; null when absent or unreadable.</summary>
    public long? Id;

    /// <summary>What the entity goes by when it has no number; null otherwise.</summary>
    public string? Key;

    /// <summary>created_at, UTC.</summary>
    public DateTimeOffset? CreatedAt;

    /// <summary>updated_at, UTC.</summary>
    public DateTimeOffset? UpdatedAt;

    /// <summary>The canonical fields.</summary>
    public RecordFields Fields;
}
