namespace XtndOrleans.Connectors;

/// <summary>Which records to read: those after an id, in ascending order of id. The id is the only paging key, because it does not move while we read.</summary>
/// <param name="Entity">One of <see cref="Entities"/>.</param>
/// <param name="AfterId">Where the page starts: the <see cref="Page.Next"/> of the one before, for entities with numeric ids also any id; null from the beginning.</param>
/// <param name="ChangedSince">Only records whose change time, by the store's clock, is at or after this; null for all.</param>
/// <param name="Size">Records at most, 1 or more.</param>
public sealed record PageRequest(string Entity, string? AfterId, DateTimeOffset? ChangedSince, int Size)
{
    /// <summary>
    /// Asks for the one record that changed last instead of a page by id. It tells where the store's clock of change stands, and how many records there are,
    /// before a long read begins. <see cref="AfterId"/>, <see cref="ChangedSince"/> and <see cref="Size"/> are ignored.
    /// </summary>
    public bool NewestOnly { get; init; }

    /// <summary>Only records whose id is this or lower; null for no end. Only for entities whose ids are numbers (<see cref="SystemEntity.HasNumericIds"/>).</summary>
    public string? UpToId { get; init; }

    /// <summary>Records that are not wanted, because the store cannot deliver them. At most 100.</summary>
    public IReadOnlyList<string> Except { get; init; } = [];

    /// <summary>
    /// When not empty: only these records, in one page that is the last. <see cref="AfterId"/> and <see cref="ChangedSince"/> are ignored. At most
    /// <see cref="SystemEntity.MaximumIds"/> and <see cref="Size"/>. A failure of kind <see cref="FailureKind.Rejected"/> says nothing of whether they exist: the
    /// store cannot tell, or not of so many at once.
    /// </summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>
    /// Asks only how many records match <see cref="AfterId"/>, <see cref="UpToId"/>, <see cref="Except"/> and <see cref="ChangedSince"/>: the page has a
    /// <see cref="Page.Total"/> and no records, and is the last.
    /// </summary>
    public bool CountOnly { get; init; }
}

/// <summary>The names of the entities, as the REST API and the database spell them.</summary>
public static class Entities
{
    /// <summary>Products.</summary>
    public const string Product = "product";

    /// <summary>Sales orders.</summary>
    public const string Order = "order";

    /// <summary>Invoices.</summary>
    public const string Invoice = "invoice";

    /// <summary>Shipments.</summary>
    public const string Shipment = "shipment";

    /// <summary>What is given back. Magento: credit memos.</summary>
    public const string Accounting = "accounting";

    /// <summary>Customers.</summary>
    public const string Customer = "customer";

    /// <summary>Quantities in stock, one record per product and source.</summary>
    public const string Stock = "stock";
}
