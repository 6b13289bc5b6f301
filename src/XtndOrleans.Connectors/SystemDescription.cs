namespace XtndOrleans.Connectors;

/// <summary>What a person needs to know to connect a system. The form on the page is drawn from it.</summary>
/// <param name="System">Stable lower-case name, the key of the connector: <c>magento</c>.</param>
/// <param name="Name">Name for people: Magento.</param>
/// <param name="Fields">The fields of the form, in order.</param>
/// <param name="Entities">What can be read, in order.</param>
public sealed record SystemDescription(string System, string Name, IReadOnlyList<SystemField> Fields, IReadOnlyList<SystemEntity> Entities)
{
    /// <summary>The ways to sign in other than with <see cref="Fields"/>, in order. Each has its own fields in place of accessToken and secret.</summary>
    public IReadOnlyList<SystemSignIn> SignIns { get; init; } = [];
}

/// <summary>Another way to sign in.</summary>
/// <param name="Kind">The <c>auth.kind</c> of the REST API: one of <see cref="SignInKinds"/>.</param>
/// <param name="Label">Label on the page.</param>
/// <param name="Fields">What it needs beside the API URL, in order.</param>
public sealed record SystemSignIn(string Kind, string Label, IReadOnlyList<SystemField> Fields);

/// <summary>The kinds of signing in, as the REST API and the database spell them.</summary>
public static class SignInKinds
{
    /// <summary>A user with a password, and with the secret of a second factor where the store asks for one.</summary>
    public const string Password = "password";

    /// <summary>An integration.</summary>
    public const string Integration = "integration";
}

/// <summary>One field of the connection form.</summary>
/// <param name="Name">Where it stands in the JSON of the REST API, also in the errors: accessToken, apiUrl, secret, auth.totpSecret.</param>
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
