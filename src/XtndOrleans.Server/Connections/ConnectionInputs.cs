using System.ComponentModel.DataAnnotations;
using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Server.Connections;

/// <summary>A connection to make or to try. Its text form never shows the secret.</summary>
/// <param name="System">The external system: magento.</param>
/// <param name="Name">What people call the connection.</param>
/// <param name="ApiUrl">Where the store's API is, as people type it.</param>
/// <param name="AccessToken">Magento: the user name. Left out for an integration.</param>
/// <param name="Secret">Magento: the password. Never shown again. Left out for an integration.</param>
/// <param name="TimeZone">IANA name; left out: the store's own, found at verify, else UTC.</param>
public sealed record ConnectionInput(
    [property: Required] string? System, string? Name, [property: Required] string? ApiUrl, string? AccessToken, string? Secret, string? TimeZone)
{
    /// <summary>How to sign in; left out: with user name and password alone.</summary>
    public AuthInput? Auth { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{System} {ApiUrl}";

    internal ConnectionDraft Draft => new(System, Name, ApiUrl, AccessToken, Secret, TimeZone) { Auth = Auth?.Draft };
}

/// <summary>How to sign in. Its text form shows nothing, and no value is ever shown again.</summary>
/// <param name="Kind">password or integration.</param>
/// <param name="TotpSecret">Of a password: the secret of the user's second factor, in base32. In a change: left out it stays, empty it is taken away.</param>
/// <param name="ConsumerKey">Of an integration.</param>
/// <param name="ConsumerSecret">Of an integration.</param>
/// <param name="AccessToken">Of an integration. Given without the other three it is sent as a bearer token, which Magento allows only when it is told to.</param>
/// <param name="AccessTokenSecret">Of an integration.</param>
public sealed record AuthInput([property: Required] string? Kind, string? TotpSecret, string? ConsumerKey, string? ConsumerSecret, string? AccessToken, string? AccessTokenSecret)
{
    /// <inheritdoc/>
    public override string ToString() => "a way to sign in";

    internal AuthDraft Draft => new(Kind, TotpSecret, ConsumerKey, ConsumerSecret, AccessToken, AccessTokenSecret);
}

/// <summary>What to change of a connection; what is left out stays. Its text form never shows the secret.</summary>
/// <param name="Name">What people call the connection.</param>
/// <param name="ApiUrl">Where the store's API is.</param>
/// <param name="AccessToken">Magento: the user name.</param>
/// <param name="Secret">Magento: the password. Never shown again.</param>
/// <param name="TimeZone">IANA name.</param>
public sealed record ConnectionChange(string? Name, string? ApiUrl, string? AccessToken, string? Secret, string? TimeZone)
{
    /// <summary>Another way to sign in, or another second factor. An integration is always given whole; another kind needs everything of that kind.</summary>
    public AuthInput? Auth { get; init; }

    /// <inheritdoc/>
    public override string ToString() => "a change of a connection";

    internal ConnectionPatch Patch(long? version) => new(Name, ApiUrl, AccessToken, Secret, TimeZone) { IfVersion = version, Auth = Auth?.Draft };
}

/// <summary>Why a connection is paused.</summary>
/// <param name="Note">Shown to people as the reason.</param>
public sealed record PauseInput(string? Note);
