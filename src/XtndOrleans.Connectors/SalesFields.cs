namespace XtndOrleans.Connectors;

/// <summary>A document about an order that has a number and a sum.</summary>
public abstract record SalesDocumentFields : RecordFields
{
    /// <summary>The number on the document. Magento: increment_id.</summary>
    public string? Number { get; init; }

    /// <summary>External id of the order.</summary>
    public string? OrderExternalId { get; init; }

    /// <summary>The store's state.</summary>
    public string? State { get; init; }

    /// <summary>ISO 4217 code of the order's currency.</summary>
    public string? Currency { get; init; }

    /// <summary>What is invoiced or given back, in <see cref="Currency"/>, exact.</summary>
    public decimal? GrandTotal { get; init; }

    /// <summary>When it was issued.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <inheritdoc/>
    public override string? Key => Number;
}

/// <summary>An invoice. Magento's states: open, paid, canceled.</summary>
public sealed record InvoiceFields : SalesDocumentFields;

/// <summary>What a store gave back: a credit memo. Magento's states: open, refunded, canceled.</summary>
public sealed record AccountingFields : SalesDocumentFields;

/// <summary>A shipment.</summary>
public sealed record ShipmentFields : RecordFields
{
    /// <summary>The number of the shipment. Magento: increment_id.</summary>
    public string? Number { get; init; }

    /// <summary>External id of the order.</summary>
    public string? OrderExternalId { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? ShippedAt { get; init; }

    /// <summary>Pieces shipped.</summary>
    public decimal? TotalQuantity { get; init; }

    /// <summary>Parcels on their way.</summary>
    public IReadOnlyList<ShipmentTrack> Tracks { get; init; } = [];

    /// <inheritdoc/>
    public override string? Key => Number;
}

/// <summary>One parcel.</summary>
/// <param name="Carrier">Who carries it; the name shown, else the code.</param>
/// <param name="Number">The carrier's number.</param>
public sealed record ShipmentTrack(string? Carrier, string? Number);
