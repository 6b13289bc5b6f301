using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace XtndOrleans.Tests.Server;

/// <summary>An OpenID provider that lets everybody in at once: discovery, codes with PKCE, signed tokens, user information.</summary>
internal sealed class FakeIdentityProvider : IAsyncDisposable
{
    public const string ClientId = "xtnd";
    public const string ClientSecret = "TheProvidersSecret";

    readonly ConcurrentDictionary<string, Asked> codes = new();
    readonly RSA shown = RSA.Create(2048);
    readonly RSA other = RSA.Create(2048);
    readonly WebApplication app;

    FakeIdentityProvider(WebApplication app) => this.app = app;

    sealed record Asked(string Challenge, string Nonce, string Back);

    public string Address => app.Urls.First();

    /// <summary>What the token says of who signs in, beside the subject.</summary>
    public Dictionary<string, object> InToken { get; } = [];

    /// <summary>What the address of user information says of him.</summary>
    public Dictionary<string, object> InUserInfo { get; } = [];

    /// <summary>Signs with a key that is not among those it shows.</summary>
    public bool SignsFalsely { get; set; }

    /// <summary>Sends people back with this error.</summary>
    public string? Refuses { get; set; }

    public static async Task<FakeIdentityProvider> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var provider = new FakeIdentityProvider(builder.Build());
        provider.Map();
        await provider.app.StartAsync();
        return provider;
    }

    public (string, string)[] Settings() =>
    [
        ("Xtnd:Oidc:Authority", Address), ("Xtnd:Oidc:ClientId", ClientId), ("Xtnd:Oidc:ClientSecret", ClientSecret), ("Xtnd:Oidc:Name", "Example"),
    ];

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        shown.Dispose();
        other.Dispose();
    }

    void Map()
    {
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new
        {
            issuer = Address,
            authorization_endpoint = $"{Address}/authorize",
            token_endpoint = $"{Address}/token",
            userinfo_endpoint = $"{Address}/me",
            jwks_uri = $"{Address}/keys",
        }));
        var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(shown.ExportParameters(false)) { KeyId = "1" });
        app.MapGet("/keys", () => Results.Json(new { keys = new[] { new { kty = key.Kty, n = key.N, e = key.E, kid = key.Kid, use = "sig", alg = "RS256" } } }));
        app.MapGet("/authorize", Authorize);
        app.MapPost("/token", Token);
        app.MapGet("/me", () => Results.Json(new Dictionary<string, object>(InUserInfo) { ["sub"] = "anna" }));
    }

    IResult Authorize(HttpRequest request)
    {
        var query = request.Query;
        Assert.Equal(ClientId, query["client_id"]);
        Assert.Equal(("code", "S256"), (query["response_type"].ToString(), query["code_challenge_method"].ToString()));
        Assert.Contains("openid", query["scope"].ToString().Split(' '));
        var code = Guid.NewGuid().ToString("N");
        codes[code] = new(query["code_challenge"]!, query["nonce"]!, query["redirect_uri"]!);
        var answer = Refuses is null ? $"code={code}" : $"error={Refuses}";
        return Results.Redirect($"{query["redirect_uri"]}?{answer}&state={Uri.EscapeDataString(query["state"]!)}");
    }

    async Task<IResult> Token(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        var proof = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        if (form["client_secret"] != ClientSecret || !codes.TryRemove(form["code"].ToString(), out var asked) || asked.Challenge != proof || asked.Back != form["redirect_uri"])
        {
            return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        }

        var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Address,
            Audience = ClientId,
            Claims = new Dictionary<string, object>(InToken) { ["sub"] = "anna", ["nonce"] = asked.Nonce },
            Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(5),
            SigningCredentials = new(new RsaSecurityKey(SignsFalsely ? other : shown) { KeyId = "1" }, SecurityAlgorithms.RsaSha256),
        });
        return Results.Json(new { access_token = "me", token_type = "Bearer", id_token = token });
    }
}
