using System.Text.Json;
using System.Text.Json.Serialization;
using XtndOrleans.Connectors;

namespace XtndOrleans.Engine.Connections;

/// <summary>What a connection signs in with: a user's name and password, and perhaps a second factor, or the values of an integration. Its text form shows nothing.</summary>
internal sealed record ConnectionSignIn(string UserName, string Password, string? TotpSecret, StoreIntegration? Integration)
{
    // Passwords have no control characters, so what was sealed before there was more than a password does not begin with one.
    const char FirstVersion = '\u0001';
    const int ShownOfKey = 4;

    static readonly JsonSerializerOptions Format = new(JsonSerializerOptions.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>One of <see cref="SignInKinds"/>.</summary>
    public string Kind => Integration is null ? SignInKinds.Password : SignInKinds.Integration;

    /// <summary>What people are shown for an access token: the user name; of an integration the end of its consumer key, nothing when it has none.</summary>
    public string Shown => Integration switch
    {
        null => UserName,
        { Signs: false } => "",
        { ConsumerKey: var key } => $"…{key[^Math.Min(ShownOfKey, key.Length / 2)..]}",
    };

    /// <summary>Reads what was sealed. The user name is not part of it.</summary>
    public static ConnectionSignIn Open(string userName, string text)
    {
        if (!text.StartsWith(FirstVersion))
        {
            return new(userName, text, null, null);
        }

        var kept = JsonSerializer.Deserialize<Kept>(text.AsSpan(1), Format)!;
        return kept.Integration is { } values
            ? new("", "", null, new(values.ConsumerKey, values.ConsumerSecret, values.AccessToken, values.AccessTokenSecret))
            : new(userName, kept.Password ?? "", kept.TotpSecret, null);
    }

    /// <summary>The one text that is sealed.</summary>
    public string ToSealable() => FirstVersion + JsonSerializer.Serialize(
        Integration is null ? new Kept(Password, TotpSecret, null) : new Kept(null, null, Integration), Format);

    /// <summary>The account at an address.</summary>
    public StoreAccount Account(Uri baseAddress, TimeSpan clockSkew) =>
        new(baseAddress, UserName, Password) { TotpSecret = TotpSecret, Integration = Integration, ClockSkew = clockSkew };

    public override string ToString() => Kind;

    sealed record Kept(string? Password, string? TotpSecret, StoreIntegration? Integration);
}
