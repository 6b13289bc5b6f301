using System.Net;
using System.Text;

namespace XtndOrleans.Tests.Server;

public sealed class IdempotencyFacts
{
    static (string, string) Key(string value) => ("Idempotency-Key", value);

    [Fact]
    public async Task The_same_call_again_is_done_once_and_answered_the_same()
    {
        var tenant = await (await ApiWorld.Shared).Tenant();
        var first = await tenant.Owner.Post("connections", TestTenant.Draft(), Key("create-1"));
        var again = await tenant.Owner.Post("connections", TestTenant.Draft(), Key("create-1"));
        Assert.Equal(HttpStatusCode.Created, again.Status);
        Assert.Equal(first.Body.ToJsonString(), again.Body.ToJsonString());
        Assert.Equal(first.Message.Headers.Location, again.Message.Headers.Location);
        Assert.Equal(first.Message.Headers.ETag, again.Message.Headers.ETag);
        Assert.Equal(first.Message.Content.Headers.ContentType, again.Message.Content.Headers.ContentType);
        Assert.Single((await tenant.Owner.Get("connections")).Body["items"]!.AsArray());
    }

    [Fact]
    public async Task The_key_with_another_request_is_refused()
    {
        var tenant = await (await ApiWorld.Shared).Tenant();
        await tenant.Owner.Post("connections", TestTenant.Draft(), Key("create-1"));
        var other = await tenant.Owner.Post("connections", TestTenant.Draft("Other"), Key("create-1"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "idempotency_key_reused"), (other.Status, other.Code));
        Assert.Equal("idempotency_key_reused", (await tenant.Owner.Post("connections/verify", TestTenant.Draft(), Key("create-1"))).Code);
    }

    [Fact]
    public async Task Each_tenant_has_keys_of_its_own()
    {
        var world = await ApiWorld.Shared;
        var (one, two) = (await world.Tenant(), await world.Tenant());
        var first = await one.Owner.Post("connections", TestTenant.Draft(), Key("create-1"));
        var second = await two.Owner.Post("connections", TestTenant.Draft(), Key("create-1"));
        Assert.NotEqual(first.Body["id"]!.GetValue<string>(), second.Body["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_same_call_at_the_same_time_is_done_once()
    {
        var tenant = await (await ApiWorld.Shared).Tenant();
        var calls = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => tenant.Owner.Post("connections", TestTenant.Draft(), Key("create-1"))));
        Assert.All(calls, call => Assert.True(call.Status == HttpStatusCode.Created || call.Code == "idempotency_in_progress", call.Body.ToJsonString()));
        Assert.Single((await tenant.Owner.Get("connections")).Body["items"]!.AsArray());
    }

    [Fact]
    public async Task A_call_that_was_refused_may_be_made_again()
    {
        var tenant = await (await ApiWorld.Shared).Tenant();
        Assert.Equal(HttpStatusCode.BadRequest, (await tenant.Owner.Post("connections", new { system = "fax" }, Key("create-1"))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await tenant.Owner.Call(HttpMethod.Post, "connections", new StringContent("{", Encoding.UTF8, "application/json"), Key("create-1"))).Status);
        Assert.Equal(HttpStatusCode.Created, (await tenant.Owner.Post("connections", TestTenant.Draft(), Key("create-1"))).Status);
    }

    [Fact]
    public async Task A_claim_whose_call_never_ended_is_free_after_a_while()
    {
        var tenant = await (await ApiWorld.Shared).Tenant();
        await tenant.Owner.Post("connections", TestTenant.Draft(), Key("create-1"));
        var scope = tenant.Id;
        await tenant.World.Database.Scalar("UPDATE xtnd.idempotency SET status = NULL, body = NULL WHERE scope = $1", scope);
        Assert.Equal("idempotency_in_progress", (await tenant.Owner.Post("connections", TestTenant.Draft(), Key("create-1"))).Code);
        await tenant.World.Database.Scalar("UPDATE xtnd.idempotency SET created_at = created_at - interval '3 minutes' WHERE scope = $1", scope);
        Assert.Equal(HttpStatusCode.Created, (await tenant.Owner.Post("connections", TestTenant.Draft(), Key("create-1"))).Status);
        await tenant.World.Database.Scalar("UPDATE xtnd.idempotency SET created_at = created_at - interval '25 hours' WHERE scope = $1", scope);
        Assert.Equal(HttpStatusCode.Created, (await tenant.Owner.Post("connections", TestTenant.Draft("Another day"), Key("create-1"))).Status);
    }

    [Fact]
    public async Task A_new_API_key_is_shown_again_to_the_same_call_and_lies_sealed_meanwhile()
    {
        var tenant = await (await ApiWorld.Shared).Tenant();
        var body = new { name = "x", role = "viewer" };
        var first = await tenant.Owner.Post($"tenants/{tenant.Id}/keys", body, Key("key-1"));
        var again = await tenant.Owner.Post($"tenants/{tenant.Id}/keys", body, Key("key-1"));
        var key = first.Body["key"]!.GetValue<string>();
        Assert.Equal(key, again.Body["key"]!.GetValue<string>());
        var kept = (byte[])(await tenant.World.Database.Scalar("SELECT body FROM xtnd.idempotency WHERE scope = $1", tenant.Id))!;
        Assert.DoesNotContain(key[37..60], Encoding.Latin1.GetString(kept));
        Assert.DoesNotContain("viewer", Encoding.Latin1.GetString(kept));
    }

    [Fact]
    public async Task A_key_that_is_too_long_is_refused()
    {
        var tenant = await (await ApiWorld.Shared).Tenant();
        Assert.Equal("invalid_header", (await tenant.Owner.Post("connections", TestTenant.Draft(), Key(new string('k', 300)))).Code);
    }
}
