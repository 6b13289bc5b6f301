using System.Buffers;
using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Text.Json;
using XtndOrleans.Connectors.Http;

namespace XtndOrleans.Connectors.Magento;

/// <summary>The exchange of user name and password for a token.</summary>
internal static class MagentoSignIn
{
    const int LongestToken = 16 * 1024;

    static readonly SearchValues<char> TokenLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/=");

    /// <summary>The request, with the code of this moment where there is a second factor. The body is made once and never kept as text.</summary>
    public static HttpRequestMessage Request(StoreAccount account, DateTimeOffset now)
    {
        var given = new Dictionary<string, string> { ["username"] = account.AccessToken, ["password"] = account.Secret };
        var place = "integration/admin/token";
        if (Totp.TryReadSecret(account.TotpSecret, out var secret))
        {
            given["otp"] = Totp.Code(secret, now + account.ClockSkew);
            place = "tfa/provider/google/authenticate";
        }
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(given)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        return new HttpRequestMessage(HttpMethod.Post, new Uri(account.BaseAddress, place)) { Content = content };
    }

    /// <summary>Reads the answer, or throws what it stands for.</summary>
    public static StoreToken Read(StoreAnswer answer, StoreAccount account, DateTimeOffset now)
    {
        var error = MagentoError.Read(answer);
        if (SignInRefusal.From(answer.Status, error, withCode: account.TotpSecret is not null) is { } refusal)
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

    // A bare JSON string. Only what may stand behind Bearer is a token (RFC 6750).
    static string? Token(ReadOnlySpan<byte> body)
    {
        try
        {
            var token = JsonSerializer.Deserialize<string>(body);
            return token is { Length: > 0 and <= LongestToken } && !token.AsSpan().ContainsAnyExcept(TokenLetters) ? token : null;
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
