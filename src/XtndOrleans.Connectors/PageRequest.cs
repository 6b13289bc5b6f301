namespace XtndOrleans.Connectors;

/// <summary>Which records to read: those after an id, in ascending order of id. The id is the only paging key, because it does not move while we read.</summary>
/// <param name="Entity">One of <see cref="Entities"/>.</param>
/// <param name="AfterId">The external id after which the page starts; null from the beginning.</param>
/// <param name="ChangedSince">Only records whose change time, by the store's clock, is at or after this; null for all.</param>
/// <param name="Size">Records at most, 1 or more.</param>
public sealed record PageRequest(string Entity, string? AfterId, DateTimeOffset? ChangedSince, int Size)
{
    /// <summary>
    /// Asks for the one record that changed last instead of a page by id. It tells where the store's clock of change stands, and how many records there are,
    /// before a long read begins. <see cref="AfterId"/>, <see cref="ChangedSince"/> and <see cref="Size"/> are ignored.
    /// </summary>
    public bool NewestOnly { get; init; }
}

/// <summary>The names of the entities, as the REST API and the database spell them.</summary>
public static class Entities
{
    /// <summary>Products.</summary>
    public const string Product = "product";

    /// <summary>Sales orders.</summary>
    public const string Order = "order";
}
