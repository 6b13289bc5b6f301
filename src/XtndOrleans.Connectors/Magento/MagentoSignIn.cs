using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Text.Json;
using XtndOrleans.Connectors.Http;

namespace XtndOrleans.Connectors.Magento;

/// <summary>The exchange of user name and password for a token.</summary>
internal static class MagentoSignIn
{
    const int LongestToken = 16 * 1024;

    /// <summary>The request. The body is made once and never kept as text.</summary>
    public static HttpRequestMessage Request(StoreAccount account)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["username"] = account.AccessToken, ["password"] = account.Secret });
        var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        return new HttpRequestMessage(HttpMethod.Post, new Uri(account.BaseAddress, "integration/admin/token")) { Content = content };
    }

    /// <summary>Reads the answer, or throws what it stands for.</summary>
    public static StoreToken Read(StoreAnswer answer, DateTimeOffset now)
    {
        var error = MagentoError.Read(answer);
        if (Refusal(answer.Status, error) is { } refusal)
        {
            throw refusal;
        }
        if (MagentoFailures.From(answer, error, now) is { } failure)
        {
            throw failure switch
            {
                { Code: FailureCodes.MalformedAnswer } or { Status: 404 } => MagentoFailures.NotMagento(answer.Status),
                // No record can be to blame here, so there is nothing to narrow down.
                { Kind: FailureKind.Data } => new ConnectorException(FailureKind.StoreDown, failure.Code, failure.Message, failure.Cure) { Status = failure.Status },
                _ => failure,
            };
        }
        var token = Token(answer.Text.Span) ?? throw MagentoFailures.NotMagento(answer.Status);
        return new StoreToken(token, Life(token));
    }

    // Each of these asks a person to act, and trying again does harm: six wrong passwords lock the user, and two-factor sends an e-mail each time.
    static ConnectorException? Refusal(int status, MagentoError error) => (status, error) switch
    {
        (401, { IsJson: true }) => new(
            FailureKind.Credentials, FailureCodes.CredentialsRejected, "Magento refused the user name and password. It says the same when the user is disabled, or locked after wrong attempts.",
            "Check both in Magento's administration: System > Permissions > All Users, and Locked Users. Wrong attempts lock a user for half an hour.")
        {
            Status = status,
        },
        (400, { ActiveProviders: > 0 }) => new(
            FailureKind.Credentials, FailureCodes.TwoFactorRequired, "Magento asks this user for a second factor, which a program cannot give.",
            "Ask the store's developer to exempt API sign-in from two-factor authentication, or to disable its module: bin/magento module:disable Magento_TwoFactorAuth.")
        {
            Status = status,
        },
        (400, { ActiveProviders: 0 } or { IsJson: true, HasDetails: false, IsWrongPath: false }) => new(
            FailureKind.Credentials, FailureCodes.TwoFactorNotConfigured, "Magento wants this user to set up two-factor authentication first.",
            "Have the store's developer disable two-factor authentication for API sign-in (bin/magento module:disable Magento_TwoFactorAuth). Every attempt sends the user an e-mail.")
        {
            Status = status,
        },
        _ => null,
    };

    // A bare JSON string. Only what may stand in a header is a token.
    static string? Token(ReadOnlySpan<byte> body)
    {
        try
        {
            var token = JsonSerializer.Deserialize<string>(body);
            return token is { Length: > 0 and <= LongestToken } && token.All(c => c is > ' ' and < '\x7f') ? token : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>How long a JWT lives: exp − iat, both by the store's clock, which may differ from ours. Null for an opaque token.</summary>
    internal static TimeSpan? Life(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3)
        {
            return null;
        }
        try
        {
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
            return claims.RootElement.ValueKind == JsonValueKind.Object
                && claims.RootElement.TryGetProperty("exp", out var exp) && exp.TryGetInt64(out var end)
                && claims.RootElement.TryGetProperty("iat", out var iat) && iat.TryGetInt64(out var begin)
                && end - begin is > 0 and <= 10L * 365 * 24 * 3600 and var life
                ? TimeSpan.FromSeconds(life)
                : null;
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }
}
