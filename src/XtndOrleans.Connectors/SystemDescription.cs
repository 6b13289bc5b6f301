namespace XtndOrleans.Connectors;

/// <summary>What a person needs to know to connect a system. The form on the page is drawn from it.</summary>
/// <param name="System">Stable lower-case name, the key of the connector: <c>magento</c>.</param>
/// <param name="Name">Name for people: Magento.</param>
/// <param name="Fields">The fields of the form, in order.</param>
/// <param name="Entities">What can be read, in order.</param>
public sealed record SystemDescription(string System, string Name, IReadOnlyList<SystemField> Fields, IReadOnlyList<SystemEntity> Entities);

/// <summary>One field of the connection form.</summary>
/// <param name="Name">JSON name in the REST API: accessToken, apiUrl, secret.</param>
/// <param name="Label">Label on the page.</param>
/// <param name="Help">What to type, in one or two sentences.</param>
/// <param name="Secret">Whether it is typed hidden and never shown again.</param>
public sealed record SystemField(string Name, string Label, string Help, bool Secret);

/// <summary>One entity that a system can give.</summary>
/// <param name="Entity">One of <see cref="Connectors.Entities"/>.</param>
/// <param name="Label">Label on the page.</param>
/// <param name="DefaultFrequency">daily, weekly or hourly.</param>
/// <param name="DefaultPageSize">Records asked for per request to begin with.</param>
public sealed record SystemEntity(string Entity, string Label, string DefaultFrequency, int DefaultPageSize)
{
    /// <summary>How often the whole entity is swept unless a person says otherwise: <c>nightly</c> or <c>weekly</c>.</summary>
    public string DefaultSweep { get; init; } = "nightly";

    /// <summary>Whether the store can tell what changed since a time; without it every run reads all.</summary>
    public bool HasDeltas { get; init; } = true;

    /// <summary>Whether external ids are positive whole numbers in whose order pages come, so that a range of them can be halved.</summary>
    public bool HasNumericIds { get; init; } = true;

    /// <summary>How many <see cref="PageRequest.Ids"/> one request may have at most.</summary>
    public int MaximumIds { get; init; } = 100;
}
