using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace XtndOrleans.Tests.Server;

public sealed class TenantFacts
{
    static readonly TimeSpan RevocationLimit = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_tenant_is_made_read_and_listed()
    {
        var world = await ApiWorld.Shared;
        var made = await world.Platform.Post("tenants", new { name = "Nordic Lamps" });
        Assert.Equal(HttpStatusCode.Created, made.Status);
        var id = made.Body["id"]!.GetValue<string>();
        Assert.Equal($"/api/v1/tenants/{id}", made.Message.Headers.Location!.ToString());
        var read = await world.Platform.Get($"tenants/{id}");
        Assert.Equal("Nordic Lamps", read.Body["name"]!.GetValue<string>());
        Assert.EndsWith("Z", read.Body["createdAt"]!.GetValue<string>());
        Assert.Equal(made.Body.ToJsonString(), read.Body.ToJsonString());
        var list = await world.Platform.Get("tenants?limit=1000");
        Assert.Contains(list.Body["items"]!.AsArray(), item => item!["id"]!.GetValue<string>() == id);
    }

    [Fact]
    public async Task A_list_is_read_part_by_part()
    {
        // They come in the order of their ids, which tell times apart by the millisecond.
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var world = await ApiWorld.Start(clock);
        foreach (var name in new[] { "a", "b", "c", "d", "e" })
        {
            await world.Platform.Post("tenants", new { name });
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        var names = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var part = await world.Platform.Get($"tenants?limit=2&cursor={cursor}");
            names.AddRange(part.Body["items"]!.AsArray().Select(item => item!["name"]!.GetValue<string>()));
            cursor = part.Body["next"]?.GetValue<string>();
        }

        Assert.Equal(["a", "b", "c", "d", "e"], names);
    }

    [Theory]
    [InlineData("""{}""", "name")]
    [InlineData("""{"name":"  "}""", "name")]
    [InlineData("""{"name":null}""", "name")]
    public async Task A_tenant_without_a_name_is_refused(string body, string field)
    {
        var world = await ApiWorld.Shared;
        var answer = await world.Platform.Call(HttpMethod.Post, "tenants", new StringContent(body, null, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("invalid_tenant", answer.Code);
        Assert.NotNull(answer.Body["errors"]![field]);
    }

    [Fact]
    public async Task A_key_is_shown_once_and_kept_as_a_hash()
    {
        var world = await ApiWorld.Shared;
        var tenant = await world.Tenant();
        var made = await tenant.Owner.Post($"tenants/{tenant.Id}/keys", new { name = "Warehouse", role = "viewer" });
        Assert.Equal(HttpStatusCode.Created, made.Status);
        var key = made.Body["key"]!.GetValue<string>();
        Assert.Matches("^xtnd_[0-9a-f]{96}$", key);
        var list = await tenant.Owner.Get($"tenants/{tenant.Id}/keys");
        Assert.Contains(list.Body["items"]!.AsArray(), item => item!["id"]!.GetValue<string>() == made.Body["id"]!.GetValue<string>() && item["role"]!.GetValue<string>() == "viewer");
        Assert.DoesNotContain(key[37..], list.Body.ToJsonString());
        Assert.Equal(HttpStatusCode.OK, (await world.Client(key).Get("connections")).Status);
        Assert.Equal(32, await world.Database.Scalar("SELECT length(hash) FROM xtnd.api_key WHERE id = $1", Guid.Parse(made.Body["id"]!.GetValue<string>())));
    }

    [Theory]
    [InlineData("platform")]
    [InlineData("Owner")]
    [InlineData(null)]
    public async Task A_key_with_another_role_is_refused(string? role)
    {
        var world = await ApiWorld.Shared;
        var tenant = await world.Tenant();
        var answer = await tenant.Owner.Post($"tenants/{tenant.Id}/keys", new { name = "x", role });
        Assert.Equal("invalid_key", answer.Code);
        Assert.NotNull(answer.Body["errors"]!["role"]);
    }

    [Fact]
    public async Task An_ended_key_stops_within_five_seconds()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var world = await ApiWorld.Start(clock);
        var tenant = await world.Tenant();
        var made = await tenant.Owner.Post($"tenants/{tenant.Id}/keys", new { name = "x", role = "viewer" });
        var client = world.Client(made.Body["key"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.OK, (await client.Get("connections")).Status);
        var path = $"tenants/{tenant.Id}/keys/{made.Body["id"]}";
        Assert.Equal(HttpStatusCode.NoContent, (await tenant.Owner.Delete(path)).Status);
        clock.Advance(RevocationLimit);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.Get("connections")).Status);
        Assert.Equal("not_found", (await tenant.Owner.Delete(path)).Code);
    }

    [Fact]
    public async Task An_erased_tenant_takes_its_keys_and_connections_with_it()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var world = await ApiWorld.Start(clock);
        var tenant = await world.Tenant();
        var connection = await tenant.Connection();
        Assert.Equal(HttpStatusCode.Accepted, (await world.Platform.Delete($"tenants/{tenant.Id}")).Status);
        clock.Advance(RevocationLimit);
        Assert.Equal(HttpStatusCode.Unauthorized, (await tenant.Owner.Get("connections")).Status);
        await Until.True(async () => await world.Database.Scalar("SELECT deleting_since FROM xtnd.connection WHERE id = $1", Guid.Parse(connection)) is not DBNull);
        Assert.NotNull((await world.Platform.Get($"tenants/{tenant.Id}")).Body["erasingSince"]);

        // What the sweeper does: it finishes the connection and pokes the tenant.
        await world.Database.Scalar("DELETE FROM xtnd.connection WHERE id = $1", Guid.Parse(connection));
        Assert.Equal(HttpStatusCode.Accepted, (await world.Platform.Delete($"tenants/{tenant.Id}")).Status);
        await Until.True(async () => (await world.Platform.Get($"tenants/{tenant.Id}")).Status == HttpStatusCode.NotFound);
        Assert.Equal(0L, await world.Database.Scalar("SELECT count(*) FROM xtnd.api_key WHERE tenant_id = $1", Guid.Parse(tenant.Id)));
    }
}
