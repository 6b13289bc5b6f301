using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using XtndOrleans.Simulator;

namespace XtndOrleans.Tests.Simulator;

public sealed class AccountTests : IAsyncLifetime
{
    const string products = "store/1/rest/V1/products?searchCriteria[pageSize]=1";

    readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    SimulatorHost host = null!;
    HttpClient client = null!;

    MagentoStore Store => host.Store();
    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        host = await SimulatorHost.Start(new() { Products = 5, Orders = 2, Time = time });
        client = await SimulatorFixture.SignedIn(host);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await host.DisposeAsync();
    }

    async Task<(HttpStatusCode Status, string Body)> SignIn(string password)
    {
        using var answer = await client.PostAsJsonAsync("store/1/rest/V1/integration/admin/token", new { username = "admin", password }, Cancelled);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancelled));
    }

    async Task<HttpStatusCode> Products()
    {
        using var answer = await client.GetAsync(products, Cancelled);
        return answer.StatusCode;
    }

    [Fact]
    public async Task Six_wrong_passwords_lock_the_user_for_half_an_hour()
    {
        var refusals = new HashSet<string>();
        for (var i = 0; i < 6; i++) refusals.Add((await SignIn("wrong")).Body);
        var locked = await SignIn("Admin123demo");
        Assert.Equal((HttpStatusCode.Unauthorized, refusals.Single()), locked);
        time.Advance(TimeSpan.FromSeconds(1799));
        Assert.Equal(HttpStatusCode.Unauthorized, (await SignIn("Admin123demo")).Status);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(HttpStatusCode.OK, (await SignIn("Admin123demo")).Status);
    }

    [Fact]
    public async Task Five_wrong_passwords_do_not()
    {
        for (var i = 0; i < 5; i++) await SignIn("wrong");
        Assert.Equal(HttpStatusCode.OK, (await SignIn("Admin123demo")).Status);
    }

    [Fact]
    public async Task A_token_says_how_long_it_lives_and_dies_then()
    {
        var token = JsonDocument.Parse((await SignIn("Admin123demo")).Body).RootElement.GetString()!;
        var payload = token.Split('.')[1].Replace('-', '+').Replace('_', '/');
        var claims = JsonDocument.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(payload.PadRight((payload.Length + 3) / 4 * 4, '=')))).RootElement;
        Assert.Equal(3600, claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64());
        Assert.Equal(2, claims.GetProperty("utypid").GetInt32());
        time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(HttpStatusCode.OK, await Products());
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.Unauthorized, await Products());
    }

    [Fact]
    public async Task A_new_token_leaves_the_older_one_alone()
    {
        time.Advance(TimeSpan.FromSeconds(1));
        await SignIn("Admin123demo");
        Assert.Equal(HttpStatusCode.OK, await Products());
    }

    [Fact]
    public async Task A_revoked_token_is_refused_and_a_new_one_works()
    {
        Store.Users.RevokeTokens();
        Assert.Equal(HttpStatusCode.Unauthorized, await Products());
        client.DefaultRequestHeaders.Authorization = new("Bearer", await SimulatorFixture.TokenOf(client, "admin", "Admin123demo"));
        Assert.Equal(HttpStatusCode.OK, await Products());
    }

    [Fact]
    public async Task A_changed_password_refuses_the_old_one_but_not_the_tokens()
    {
        Store.Users["admin"].Password = "Other123";
        Assert.Equal(HttpStatusCode.Unauthorized, (await SignIn("Admin123demo")).Status);
        Assert.Equal(HttpStatusCode.OK, await Products());
    }

    [Fact]
    public async Task A_user_that_is_switched_off_is_refused_everywhere()
    {
        Store.Users["admin"].Active = false;
        Assert.Equal(HttpStatusCode.Unauthorized, (await SignIn("Admin123demo")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, await Products());
    }

    [Fact]
    public async Task Two_factor_refuses_the_right_password_in_its_own_words()
    {
        Store.Settings.TwoFactor = TwoFactorMode.Required;
        Assert.Equal((HttpStatusCode.BadRequest,
            "{\"message\":\"Please use the 2fa provider-specific endpoints to obtain a token.\",\"parameters\":{\"active_providers\":[\"google\"]}}"),
            await SignIn("Admin123demo"));
        Store.Settings.TwoFactor = TwoFactorMode.NotConfigured;
        var (status, body) = await SignIn("Admin123demo");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.EndsWith("\"parameters\":{\"providers\":[\"google\"],\"active_providers\":[]}}", body);
        Assert.Equal(1, Store.Settings.TwoFactorMails);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SignIn("wrong")).Status);
    }

    [Theory]
    [InlineData("products?searchCriteria[pageSize]=1", true)]
    [InlineData("products", false)]
    [InlineData("products/nothing", false)]
    [InlineData("orders?searchCriteria[pageSize]=1&searchCriteria[sortOrders][0][field]=nope", false)]
    [InlineData("invoices?searchCriteria[pageSize]=1", false)]
    public async Task Only_an_answer_of_some_routes_opens_a_session(string query, bool opens)
    {
        using var answer = await client.GetAsync($"store/1/rest/V1/{query}", Cancelled);
        Assert.Equal(opens, answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_refused_sign_in_opens_a_session_until_the_user_is_locked()
    {
        for (var i = 0; i < 6; i++) Assert.Equal(["PHPSESSID", "form_key"], await Cookies());
        Assert.Empty(await Cookies());

        async Task<string[]> Cookies()
        {
            using var answer = await client.PostAsJsonAsync("store/1/rest/V1/integration/admin/token", new { username = "admin", password = "wrong" }, Cancelled);
            return [.. answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.Select(cookie => cookie.Split('=')[0]) : []];
        }
    }

    [Fact]
    public async Task A_caller_without_the_right_gets_a_session_only_when_nobody_knows_him()
    {
        Store.Users["admin"].Resources = [];
        using var known = await client.GetAsync(products, Cancelled);
        client.DefaultRequestHeaders.Authorization = new("bearer", "nobody's");
        using var stranger = await client.GetAsync(products, Cancelled);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (known.StatusCode, stranger.StatusCode));
        Assert.False(known.Headers.Contains("Set-Cookie"));
        Assert.True(stranger.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task An_old_store_gives_tokens_without_a_readable_life()
    {
        Store.Settings.OpaqueTokens = true;
        var token = await SimulatorFixture.TokenOf(client, "admin", "Admin123demo");
        Assert.Matches("^[a-z0-9]{32}$", token);
        client.DefaultRequestHeaders.Authorization = new("bearer", token);
        Assert.Equal(HttpStatusCode.OK, await Products());
    }
}
