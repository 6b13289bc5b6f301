using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Server.Connections;

/// <summary>A connection to make or to try. Its text form never shows the secret.</summary>
/// <param name="System">The external system: magento.</param>
/// <param name="Name">What people call the connection.</param>
/// <param name="ApiUrl">Where the store's API is, as people type it.</param>
/// <param name="AccessToken">Magento: the user name.</param>
/// <param name="Secret">Magento: the password. Never shown again.</param>
/// <param name="TimeZone">IANA name; left out: the store's own, found at verify, else UTC.</param>
public sealed record ConnectionInput(string? System, string? Name, string? ApiUrl, string? AccessToken, string? Secret, string? TimeZone)
{
    /// <inheritdoc/>
    public override string ToString() => $"{System} {ApiUrl}";

    internal ConnectionDraft Draft => new(System, Name, ApiUrl, AccessToken, Secret, TimeZone);
}

/// <summary>What to change of a connection; what is left out stays. Its text form never shows the secret.</summary>
/// <param name="Name">What people call the connection.</param>
/// <param name="ApiUrl">Where the store's API is.</param>
/// <param name="AccessToken">Magento: the user name.</param>
/// <param name="Secret">Magento: the password. Never shown again.</param>
/// <param name="TimeZone">IANA name.</param>
public sealed record ConnectionChange(string? Name, string? ApiUrl, string? AccessToken, string? Secret, string? TimeZone)
{
    /// <inheritdoc/>
    public override string ToString() => "a change of a connection";

    internal ConnectionPatch Patch(long? version) => new(Name, ApiUrl, AccessToken, Secret, TimeZone) { IfVersion = version };
}

/// <summary>Why a connection is paused.</summary>
/// <param name="Note">Shown to people as the reason.</param>
public sealed record PauseInput(string? Note);
