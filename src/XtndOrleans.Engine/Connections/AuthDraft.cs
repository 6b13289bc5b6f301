namespace XtndOrleans.Engine.Connections;

/// <summary>How a connection signs in, as a person typed it. Its text form shows nothing.</summary>
/// <param name="Kind">One of <see cref="Connectors.SignInKinds"/>.</param>
/// <param name="TotpSecret">Of a password: the secret of the second factor; in a change null leaves it as it is and empty takes it away.</param>
/// <param name="ConsumerKey">Of an integration.</param>
/// <param name="ConsumerSecret">Of an integration.</param>
/// <param name="AccessToken">Of an integration; without the other three it is sent alone.</param>
/// <param name="AccessTokenSecret">Of an integration.</param>
[GenerateSerializer, Immutable, Alias("xtnd.auth-draft")]
public sealed record AuthDraft(
    [property: Id(0)] string? Kind,
    [property: Id(1)] string? TotpSecret,
    [property: Id(2)] string? ConsumerKey,
    [property: Id(3)] string? ConsumerSecret,
    [property: Id(4)] string? AccessToken,
    [property: Id(5)] string? AccessTokenSecret)
{
    /// <inheritdoc/>
    public override string ToString() => "a way to sign in";
}
