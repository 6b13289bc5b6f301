namespace XtndOrleans.Engine.Connections;

/// <summary>What a person typed to make a connection. Anything may be missing or wrong until it is checked. Its text form never shows the secret.</summary>
[GenerateSerializer, Immutable, Alias("xtnd.connection-draft")]
public sealed record ConnectionDraft(
    [property: Id(0)] string? System,
    [property: Id(1)] string? Name,
    [property: Id(2)] string? ApiUrl,
    [property: Id(3)] string? AccessToken,
    [property: Id(4)] string? Secret,
    [property: Id(5)] string? TimeZone)
{
    /// <summary>Another way to sign in than <see cref="AccessToken"/> and <see cref="Secret"/>, or something more beside them; null for those alone.</summary>
    [Id(6)] public AuthDraft? Auth { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{System} {ApiUrl}";
}

/// <summary>What a person wants changed; null leaves a thing as it is. Its text form never shows the secret.</summary>
[GenerateSerializer, Immutable, Alias("xtnd.connection-patch")]
public sealed record ConnectionPatch(
    [property: Id(0)] string? Name,
    [property: Id(1)] string? ApiUrl,
    [property: Id(2)] string? AccessToken,
    [property: Id(3)] string? Secret,
    [property: Id(4)] string? TimeZone)
{
    /// <summary>The version that the change is meant for (from the ETag); null for any.</summary>
    [Id(5)] public long? IfVersion { get; init; }

    /// <summary>Another way to sign in; null leaves it as it is.</summary>
    [Id(6)] public AuthDraft? Auth { get; init; }

    /// <summary>Whether it changes what a sign-in is made of.</summary>
    public bool ChangesSignIn => ApiUrl is not null || ChangesSecrets || AccessToken is not null;

    /// <summary>Whether it changes what is sealed.</summary>
    public bool ChangesSecrets => Secret is not null || Auth is not null;

    /// <inheritdoc/>
    public override string ToString() => "a change of a connection";
}
