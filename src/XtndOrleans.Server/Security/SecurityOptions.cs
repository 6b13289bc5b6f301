using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace XtndOrleans.Server.Security;

/// <summary>Who may do what the platform may. Section <c>Xtnd</c>.</summary>
public sealed class PlatformOptions
{
    /// <summary>The shortest platform key that is taken.</summary>
    public const int ShortestKey = 12;

    /// <summary>The key with the role platform, at least 12 characters. None: nobody has that role.</summary>
    public string? PlatformKey { get; set; }

    /// <summary>Whether a text is the platform's key. Takes as long for every guess.</summary>
    internal bool IsPlatformKey(string text) => PlatformKey is { Length: > 0 } key && CryptographicOperations.FixedTimeEquals(Hash(text), Hash(key));

    static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}

/// <summary>How fast callers may call. Section <c>Xtnd:RateLimit</c>.</summary>
public sealed class RateLimitOptions
{
    /// <summary>Requests per second that a tenant may make on average, 1 to 100000. Default 50.</summary>
    public int PermitsPerSecond { get; set; } = 50;

    /// <summary>Requests that a tenant may make at once after a rest, 1 to 100000. Default 200.</summary>
    public int Burst { get; set; } = 200;

    /// <summary>Requests per second without a valid key that an address may make on average, 1 to 100000. Default 20.</summary>
    public int AnonymousPermitsPerSecond { get; set; } = 20;

    /// <summary>Requests without a valid key that an address may make at once after a rest, 1 to 100000. Default 200.</summary>
    public int AnonymousBurst { get; set; } = 200;

    /// <summary>Attempts to sign in to the page that may fail at an address per minute on average, 1 to 100000. Default 20.</summary>
    public int FailedSignInsPerMinute { get; set; } = 20;

    /// <summary>Attempts to sign in to the page that may fail at an address at once after a rest, 1 to 100000. Default 10.</summary>
    public int FailedSignInBurst { get; set; } = 10;
}

/// <summary>Stops the start with words. The platform key's value is never shown.</summary>
internal sealed class SecurityOptionsValidator : IValidateOptions<PlatformOptions>, IValidateOptions<RateLimitOptions>
{
    const int Most = 100_000;

    public ValidateOptionsResult Validate(string? name, PlatformOptions options) =>
        options.PlatformKey is { } key && (key.Length < PlatformOptions.ShortestKey || key.Any(c => c is <= ' ' or > '~'))
            ? ValidateOptionsResult.Fail(
                $"Xtnd:PlatformKey has {key.Length} characters (its value is not shown). Allowed: at least {PlatformOptions.ShortestKey} printable ASCII characters without spaces.")
            : ValidateOptionsResult.Success;

    public ValidateOptionsResult Validate(string? name, RateLimitOptions options)
    {
        var wrong = new (string Key, int Value)[]
        {
            ("PermitsPerSecond", options.PermitsPerSecond), ("Burst", options.Burst),
            ("AnonymousPermitsPerSecond", options.AnonymousPermitsPerSecond), ("AnonymousBurst", options.AnonymousBurst),
            ("FailedSignInsPerMinute", options.FailedSignInsPerMinute), ("FailedSignInBurst", options.FailedSignInBurst),
        }.Where(setting => setting.Value is < 1 or > Most).Select(setting => $"Xtnd:RateLimit:{setting.Key} is {setting.Value}. Allowed: 1 to {Most}.").ToList();
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
