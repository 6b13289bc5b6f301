namespace XtndOrleans.Engine.Records;

/// <summary>Which records a person wants to see.</summary>
/// <param name="Query">Beginnings of words, a key or an external id; see <see cref="SearchText"/>. Null for all.</param>
/// <param name="Status">Only orders in this status, the store's own code; null for all.</param>
/// <param name="ChangedSince">Only records that we saw differ at or after this, by our clock; null for all.</param>
/// <param name="IncludeDeleted">Whether records that are gone are listed too.</param>
public sealed record RecordsAsked(string? Query = null, string? Status = null, DateTimeOffset? ChangedSince = null, bool IncludeDeleted = false);
