using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace XtndOrleans.Tests.Server;

public sealed class StrangerFacts
{
    static readonly string Never = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task A_strangers_key_finds_at_every_address_what_it_finds_for_an_id_that_never_was()
    {
        var world = await ApiWorld.Shared;
        var (tenant, stranger) = (await world.Tenant(), await world.Tenant());
        var connection = await tenant.Connection();
        var run = (await tenant.Owner.Post($"connections/{connection}/runs", new { entity = "product" })).Body["id"]!.GetValue<string>();
        var key = (await tenant.Owner.Get($"tenants/{tenant.Id}/keys")).Body["items"]![0]!["id"]!.GetValue<string>();
        var before = await Everything(world, tenant.Id);

        var tried = 0;
        foreach (var route in ApiRoute.All(world).Where(route => route.NamesSomething && route.Policy is not "platform"))
        {
            var theirs = await Ask(stranger.Owner, route, route.Path(tenant.Id, key, connection, run));
            var never = await Ask(stranger.Owner, route, route.Path(Never, Never, Never, Never));
            Assert.True(theirs.Status == HttpStatusCode.NotFound, $"{route}: {theirs.Status} {theirs.Body}");
            Assert.Equal(never.Status, theirs.Status);
            Assert.Equal(Words(never), Words(theirs));
            tried++;
        }

        Assert.InRange(tried, 15, 100);
        Assert.Equal(before, await Everything(world, tenant.Id));
    }

    [Fact]
    public async Task A_strangers_lists_are_empty()
    {
        var world = await ApiWorld.Shared;
        var (tenant, stranger) = (await world.Tenant(), await world.Tenant());
        await tenant.Connection();
        Assert.Empty((await stranger.Owner.Get("connections")).Body["items"]!.AsArray());
        Assert.Single((await tenant.Owner.Get("connections")).Body["items"]!.AsArray());
    }

    [Fact]
    public async Task Another_run_of_the_same_tenant_is_not_found_below_the_wrong_connection()
    {
        var world = await ApiWorld.Shared;
        var tenant = await world.Tenant();
        var (one, other) = (await tenant.Connection(), await tenant.Connection("Other"));
        var run = (await tenant.Owner.Post($"connections/{one}/runs", new { entity = "product" })).Body["id"]!.GetValue<string>();
        Assert.Equal(HttpStatusCode.OK, (await tenant.Owner.Get($"connections/{one}/runs/{run}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await tenant.Owner.Get($"connections/{other}/runs/{run}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await tenant.Owner.Post($"connections/{other}/runs/{run}/cancel")).Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("xtnd_")]
    [InlineData("xtnd_0199f3a1c2b47d5e8a6f0b1c2d3e4f500199f3a1c2b47d5e8a6f0b1c2d3e4f500199f3a1c2b47d5e8a6f0b1c2d3e4f50")]
    [InlineData("not a key at all")]
    public async Task Nobody_is_let_in_anywhere(string? key)
    {
        var world = await ApiWorld.Shared;
        foreach (var route in ApiRoute.All(world))
        {
            var client = world.Client(null);
            if (key is not null)
            {
                client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {key}");
            }

            var answer = await Ask(client, route, route.Path(Never, Never, Never, Never));
            Assert.True(answer.Status == HttpStatusCode.Unauthorized, $"{route}: {answer.Status}");
            Assert.Equal("unauthenticated", answer.Code);
            Assert.Equal("Bearer", answer.Message.Headers.WwwAuthenticate.ToString());
        }
    }

    [Fact]
    public async Task A_key_with_another_secret_is_nobodys()
    {
        var world = await ApiWorld.Shared;
        var tenant = await world.Tenant();
        var forged = tenant.OwnerKey[..^1] + (tenant.OwnerKey[^1] == '0' ? '1' : '0');
        Assert.Equal(HttpStatusCode.OK, (await tenant.Owner.Get("connections")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await world.Client(forged).Get("connections")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await world.Client(tenant.OwnerKey.ToUpperInvariant()).Get("connections")).Status);
    }

    [Fact]
    public async Task Each_role_may_do_what_is_its_and_no_more()
    {
        var world = await ApiWorld.Shared;
        var tenant = await world.Tenant();
        var allowed = new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            ["anyone"] = ["platform", "owner", "operator", "viewer"],
            ["platform"] = ["platform"],
            ["platform_or_owner"] = ["platform", "owner"],
            ["operator"] = ["owner", "operator"],
            ["viewer"] = ["owner", "operator", "viewer"],
        };
        var clients = new Dictionary<string, HttpClient>(StringComparer.Ordinal)
        {
            ["platform"] = world.Platform,
            ["owner"] = tenant.Owner,
            ["operator"] = await tenant.As("operator"),
            ["viewer"] = await tenant.As("viewer"),
        };

        foreach (var route in ApiRoute.All(world))
        {
            Assert.True(route.Policy is not null && allowed.ContainsKey(route.Policy), $"{route} has no policy");
            Assert.True(route.Policy is not "viewer" || route.Method == HttpMethod.Get, $"{route} changes, yet viewers may");
            foreach (var (role, client) in clients)
            {
                var answer = await Ask(client, route, route.Path(Never, Never, Never, Never));
                Assert.True(answer.Status == HttpStatusCode.Forbidden == !allowed[route.Policy].Contains(role), $"{route} as {role}: {answer.Status} {answer.Body}");
                Assert.True(answer.Status != HttpStatusCode.Forbidden || answer.Code == "forbidden");
            }
        }
    }

    static Task<Reply> Ask(HttpClient client, ApiRoute route, string path) =>
        client.Call(route.Method, path, route.Method == HttpMethod.Get || route.Method == HttpMethod.Delete ? null : JsonContent.Create(new { name = "x", entity = "product", role = "viewer" }));

    static string Words(Reply reply)
    {
        var words = (JsonObject)reply.Body.DeepClone();
        words.Remove("requestId");
        return words.ToJsonString();
    }

    static async Task<string> Everything(ApiWorld world, string tenant) => (string)(await world.Database.Scalar(
        """
        SELECT (SELECT json_agg(t) FROM xtnd.tenant t WHERE id = $1)::text || (SELECT json_agg(k ORDER BY id) FROM xtnd.api_key k WHERE tenant_id = $1)::text
            || (SELECT json_agg(c) FROM xtnd.connection c WHERE tenant_id = $1)::text || (SELECT json_agg(r) FROM xtnd.run r WHERE tenant_id = $1)::text
        """,
        Guid.Parse(tenant)))!;
}
