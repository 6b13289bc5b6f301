using System.Net;
using System.Text;
using System.Text.Json;
using XtndOrleans.Simulator;

namespace XtndOrleans.Tests.Simulator;

/// <summary>Control calls as people type them, wrong ones above all: a test that gets another fault than it asked for proves nothing.</summary>
public sealed class ControlCallTests(StoreWorld world) : IClassFixture<StoreWorld>
{
    MagentoStore Store => world.Store;
    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    async Task<(HttpStatusCode Status, string Error)> Call(string method, string path, string? body, string? type = "application/json")
    {
        using var request = new HttpRequestMessage(new(method), $"control/store/1/{path}") { Content = body is null ? null : new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        if (type is not null && request.Content is { } content) content.Headers.ContentType = new(type);
        using var answer = await world.Client.SendAsync(request, Cancelled);
        var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancelled)).RootElement;
        return (answer.StatusCode, json.ValueKind == JsonValueKind.Object && json.TryGetProperty("error", out var error) ? error.GetString()! : "");
    }

    [Theory]
    [InlineData("POST", "faults", "{}", "kind")]
    [InlineData("POST", "faults", "", "no body")]
    [InlineData("POST", "faults", "{\"kind\":\"Maintenence\"}", "$.kind: it is one of Unauthorized, TooManyRequests")]
    [InlineData("POST", "faults", "{\"kind\":99}", "$.kind")]
    [InlineData("POST", "faults", "{\"kind\":\"Maintenance\",\"tims\":1}", "$.tims is not known")]
    [InlineData("POST", "faults", "{\"kind\":\"Maintenance\",\"times\":0}", "times is a number from 1")]
    [InlineData("POST", "faults", "{\"kind\":\"Drip\",\"seconds\":-5}", "seconds is a number from 0")]
    [InlineData("PATCH", "products/1", "{\"nmae\":\"x\"}", "nmae")]
    [InlineData("PATCH", "products/1", "{\"name\":5}", "$.name")]
    [InlineData("PATCH", "products/1/views/default", "{}", "name")]
    [InlineData("POST", "products?count=-1", null, "count is a number from 1")]
    [InlineData("DELETE", "products/99999999999", null, "too large")]
    [InlineData("DELETE", "products/one", null, "one")]
    [InlineData("POST", "users", "{\"password\":\"p\"}", "name")]
    [InlineData("POST", "users", "{\"name\":null,\"password\":\"p\"}", "name")]
    [InlineData("PATCH", "users/admin", "{\"totpSecret\":\"0189\"}", "base32")]
    [InlineData("PATCH", "settings", "{\"gzip\":true,\"tokenMinutes\":-5}", "tokenMinutes is a number from")]
    [InlineData("PATCH", "settings", "{\"tokenMinutes\":1e300}", "tokenMinutes is a number from")]
    [InlineData("PATCH", "settings", "{\"twoFactor\":\"On\"}", "NotConfigured")]
    [InlineData("POST", "clock", "{\"offsetSeconds\":1e15}", "offsetSeconds is a number from")]
    [InlineData("POST", "entities/order/1/updated-at", "{}", "at")]
    [InlineData("POST", "poison", "{\"entity\":\"nope\",\"id\":1}", "accounting")]
    [InlineData("POST", "poison", "{\"entity\":\"product\"}", "id")]
    [InlineData("POST", "orders/1/ship?units=0", null, "units is a number from 1")]
    [InlineData("POST", "stock", "{\"sku\":null}", "sku")]
    public async Task A_call_that_makes_no_sense_changes_nothing_and_is_told_why(string method, string path, string? body, string word)
    {
        var before = await State();
        var (status, error) = await Call(method, path, body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(word, error, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(before, await State());
    }

    [Theory]
    [InlineData("GET", "nowhere", "GET /control/store/1/nowhere")]
    [InlineData("POST", "stats", "POST /control/store/1/stats")]
    [InlineData("PATCH", "products/one", "PATCH /control/store/1/products/one")]
    [InlineData("PATCH", "products/1/views/all", "store_view_2")]
    [InlineData("POST", "tokens/revoke?user=nobody", "nobody")]
    public async Task What_is_not_there_is_named(string method, string path, string word)
    {
        var (status, error) = await Call(method, path, method == "PATCH" ? "{\"name\":\"x\"}" : null);
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains(word, error);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task A_body_is_JSON_whatever_the_client_calls_it(string? type)
    {
        var (id, name) = (Store.Products.All[0].Id, $"By {type ?? "nobody"}");
        Assert.Equal(HttpStatusCode.OK, (await Call("PATCH", $"products/{id}", $"{{\"name\":\"{name}\"}}", type)).Status);
        Assert.Equal(name, Store.Products.Find(id)!.Name);
    }

    async Task<string> State()
    {
        var answers = new List<string>();
        foreach (var path in (string[])["faults", "settings", "entities", "entities/product/1"])
            answers.Add(await world.Client.GetStringAsync($"control/store/1/{path}", Cancelled));
        return string.Join('\n', answers);
    }
}
