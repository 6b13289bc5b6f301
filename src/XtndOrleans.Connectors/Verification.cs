namespace XtndOrleans.Connectors;

/// <summary>The report of a verify, plus the token that it fetched, so that a run need not sign in again.</summary>
/// <param name="Report">What was found.</param>
/// <param name="Token">The token, when the sign-in succeeded. Not part of the report.</param>
public sealed record VerificationOutcome(Verification Report, StoreToken? Token);

/// <summary>What a verify found.</summary>
/// <param name="Ok">
/// Whether the account can sign in and read at least one entity, and nothing failed but the reading of others: then the step <c>permissions</c> is not ok and says
/// which cannot be read and why, and the rest works.
/// </param>
/// <param name="CheckedAt">When.</param>
/// <param name="DurationMs">How long it took, in milliseconds.</param>
/// <param name="Steps">The steps in order, ending with the one that made it fail, if one did.</param>
/// <param name="Entities">Per entity, whether it can be read.</param>
/// <param name="Store">What the store says of itself; null when it was not reached.</param>
public sealed record Verification(
    bool Ok, DateTimeOffset CheckedAt, int DurationMs, IReadOnlyList<VerificationStep> Steps, IReadOnlyList<VerifiedEntity> Entities, StoreProfile? Store);

/// <summary>One step of a verify.</summary>
/// <param name="Step">reach, token, permissions, store.</param>
/// <param name="Ok">Whether it succeeded.</param>
/// <param name="Code">One of <see cref="FailureCodes"/> when it failed.</param>
/// <param name="Detail">What was found, in words.</param>
/// <param name="Cure">What to do about it, in words; null when it succeeded.</param>
/// <param name="DurationMs">How long it took, in milliseconds.</param>
public sealed record VerificationStep(string Step, bool Ok, string? Code, string Detail, string? Cure, int DurationMs);

/// <summary>Whether one entity can be read.</summary>
/// <param name="Entity">One of <see cref="Connectors.Entities"/>.</param>
/// <param name="Ok">Whether it can be read.</param>
/// <param name="Count">How many records the store says it has.</param>
/// <param name="MissingPermission">The right that is missing, as the store names it.</param>
/// <param name="Cure">Where in the store's administration that right is given, or what else to do.</param>
public sealed record VerifiedEntity(string Entity, bool Ok, long? Count, string? MissingPermission, string? Cure);

/// <summary>What a store says of itself.</summary>
/// <param name="Name">The store's name; null when it does not tell.</param>
/// <param name="Version">Version as far as it is told: 2.4.</param>
/// <param name="Edition">Edition: Community, Enterprise.</param>
/// <param name="TimeZone">IANA time zone of the store.</param>
/// <param name="Currency">ISO 4217 code of the base currency.</param>
/// <param name="ClockSkewSeconds">The store's clock minus ours, in seconds.</param>
/// <param name="MaximumPageSize">The largest page the store allows, when it limits it.</param>
public sealed record StoreProfile(
    string? Name, string? Version, string? Edition, string? TimeZone, string? Currency, int? ClockSkewSeconds, int? MaximumPageSize)
{
    /// <summary>Where quantities are read from: <c>sources</c> (multi-source inventory) or <c>legacy</c>; null when it is not known.</summary>
    public string? Stock { get; init; }
}
