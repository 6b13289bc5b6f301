using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace XtndOrleans.Tests.Server;

public sealed class ConnectionFacts
{
    [Fact]
    public async Task A_connection_is_made_and_read_back_without_its_secret()
    {
        var tenant = await (await ApiWorld.Shared).Tenant();
        var made = await tenant.Owner.Post("connections", TestTenant.Draft());
        Assert.Equal(HttpStatusCode.Created, made.Status);
        var id = made.Body["id"]!.GetValue<string>();
        Assert.Equal($"/api/v1/connections/{id}", made.Message.Headers.Location!.ToString());
        var read = await tenant.Owner.Get($"connections/{id}");
        Assert.Equal(made.Body.ToJsonString(), read.Body.ToJsonString());
        Assert.Equal("unverified", read.Body["status"]!.GetValue<string>());
        Assert.True(read.Body["hasSecret"]!.GetValue<bool>());
        Assert.Equal("integration", read.Body["accessToken"]!.GetValue<string>());
        Assert.Null(read.Body["secret"]);
        Assert.Null(read.Body["store"]);
        var createdOn = read.Body["createdAt"]!.GetValue<string>()[..10];
        var product = read.Body["entities"]![0]!;
        Assert.Equal($$"""{"entity":"product","count":0,"freshAt":null,"schedule":{"frequency":"daily","active":false,"startDate":"{{createdOn}}","timeOfDay":"00:00","timeZone":"Europe/Stockholm","nextRunAt":null},"lastRun":null}""", product.ToJsonString());
        Assert.Equal("hourly", read.Body["entities"]![1]!["schedule"]!["frequency"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_way_to_sign_in_is_taken_and_only_its_kind_is_shown()
    {
        var tenant = await (await ApiWorld.Shared).Tenant();
        var second = await tenant.Owner.Post("connections", TestTenant.Draft(new { kind = "password", totpSecret = "TOTPSECRETAAAA22" }));
        Assert.Equal("""{"kind":"password","hasTotpSecret":true}""", second.Body["auth"]!.ToJsonString());
        Assert.Equal("""{"kind":"password","hasTotpSecret":false}""", (await tenant.Owner.Post("connections", TestTenant.Draft())).Body["auth"]!.ToJsonString());

        var values = new { kind = "integration", consumerKey = "key-9d1", consumerSecret = "secret-9d2", accessToken = "token-9d3", accessTokenSecret = "hidden-9d4" };
        var made = await tenant.Owner.Post("connections", new { system = "magento", name = "Shop", apiUrl = "https://shop.example", auth = values });
        Assert.Equal("""{"kind":"integration"}""", made.Body["auth"]!.ToJsonString());
        var changed = await tenant.Owner.Patch($"connections/{made.Body["id"]}", new { auth = values with { accessToken = "token-9d5" } });
        var tried = await tenant.Owner.Post("connections/verify", new { system = "magento", name = "Shop", apiUrl = "https://shop.example", auth = values with { consumerKey = "key-9d6" } });

        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.OK], [made.Status, changed.Status, tried.Status]);
        string[] given = ["TOTPSECRETAAAA22", "key-9d1", "secret-9d2", "token-9d3", "hidden-9d4", "token-9d5", "key-9d6"];
        Assert.Empty(given.Except(tenant.World.Grains.Secrets));
        var read = await tenant.Owner.Get($"connections/{made.Body["id"]}");
        Assert.All([second, made, changed, tried, read, await tenant.Owner.Get("connections")], answer => Assert.All(given, value => Assert.DoesNotContain(value, answer.Body.ToJsonString())));
    }

    [Fact]
    public async Task A_page_of_connections_shows_each_with_its_own_entities()
    {
        var tenant = await (await ApiWorld.Shared).Tenant();
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add(await tenant.Connection($"Store {i}"));
        }

        // The order of the list; two of one millisecond could be made the other way round.
        ids.Sort(StringComparer.Ordinal);
        await tenant.Owner.Put($"connections/{ids[2]}/schedules/order", Schedule("weekly"));
        var run = (await tenant.Owner.Post($"connections/{ids[3]}/runs", new { entity = "product" })).Body["id"]!.GetValue<string>();
        await tenant.World.Database.Scalar("INSERT INTO xtnd.cursor (tenant_id, connection_id, entity, held) VALUES ($1, $2, 'order', 42)", Guid.Parse(tenant.Id), Guid.Parse(ids[1]));

        var items = new List<JsonNode>();
        for (string? cursor = ""; cursor is not null;)
        {
            var part = await tenant.Owner.Get($"connections?limit=2&cursor={cursor}");
            items.AddRange(part.Body["items"]!.AsArray()!);
            cursor = part.Body["next"]?.GetValue<string>();
        }

        Assert.Equal(ids, items.Select(item => item["id"]!.GetValue<string>()));
        Assert.Equal(42, items[1]["entities"]![1]!["count"]!.GetValue<int>());
        Assert.Equal("weekly", items[2]["entities"]![1]!["schedule"]!["frequency"]!.GetValue<string>());
        Assert.Equal("hourly", items[1]["entities"]![1]!["schedule"]!["frequency"]!.GetValue<string>());
        Assert.Equal(run, items[3]["entities"]![0]!["lastRun"]!["id"]!.GetValue<string>());
        Assert.Null(items[3]["entities"]![1]!["lastRun"]);
    }

    [Fact]
    public async Task Wrong_input_is_refused_field_by_field_and_nothing_is_saved()
    {
        var tenant = await (await ApiWorld.Shared).Tenant();
        var answer = await tenant.Owner.Post("connections", new { system = "fax" });
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("application/problem+json", answer.Message.Content.Headers.ContentType!.MediaType);
        Assert.Equal("Give one of: magento.", answer.Body["errors"]!["system"]![0]!.GetValue<string>());
        Assert.Empty((await tenant.Owner.Get("connections")).Body["items"]!.AsArray());
    }

    [Fact]
    public async Task A_change_for_an_older_version_is_stale()
    {
        var tenant = await (await ApiWorld.Shared).Tenant();
        var id = await tenant.Connection();
        var tag = (await tenant.Owner.Get($"connections/{id}")).Message.Headers.ETag!.ToString();
        var changed = await tenant.Owner.Patch($"connections/{id}", new { name = "Renamed" }, ("If-Match", tag));
        Assert.Equal(HttpStatusCode.OK, changed.Status);
        Assert.Equal("Renamed", changed.Body["name"]!.GetValue<string>());
        Assert.NotEqual(tag, changed.Message.Headers.ETag!.ToString());
        foreach (var old in new[] { tag, "\"abc\"", "W/\"2\"", "nonsense" })
        {
            var stale = await tenant.Owner.Patch($"connections/{id}", new { name = "Again" }, ("If-Match", old));
            Assert.Equal(HttpStatusCode.PreconditionFailed, stale.Status);
            Assert.Equal("stale", stale.Code);
            Assert.Null(stale.Message.Headers.ETag);
        }

        Assert.Equal(HttpStatusCode.OK, (await tenant.Owner.Patch($"connections/{id}", new { name = "Any" }, ("If-Match", "*"))).Status);
    }

    [Fact]
    public async Task A_schedule_is_set_and_tells_its_next_ten_runs()
    {
        var tenant = await (await ApiWorld.Shared).Tenant();
        var path = $"connections/{await tenant.Connection()}/schedules/product";
        var before = await tenant.Owner.Get(path);
        Assert.Equal("\"0\"", before.Message.Headers.ETag!.ToString());
        Assert.Empty(before.Body["nextRuns"]!.AsArray());
        var set = await tenant.Owner.Put(path, Schedule("daily"), ("If-Match", "\"0\""));
        Assert.Equal(HttpStatusCode.OK, set.Status);
        var runs = set.Body["nextRuns"]!.AsArray();
        Assert.Equal(10, runs.Count);
        Assert.All(runs, run => Assert.Matches("^\\d{4}-\\d\\d-\\d\\d 08:05$", run!["local"]!.GetValue<string>()));
        Assert.All(runs, run => Assert.Matches("T0[67]:05:00Z$", run!["at"]!.GetValue<string>()));
        Assert.Equal(("08:05", "2017-02-27", "daily"), (set.Body["timeOfDay"]!.GetValue<string>(), set.Body["startDate"]!.GetValue<string>(), set.Body["frequency"]!.GetValue<string>()));
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await tenant.Owner.Put(path, Schedule("daily"), ("If-Match", "\"0\""))).Status);
        Assert.Equal(2, (await tenant.Owner.Get(path.Replace("/product", ""))).Body["items"]!.AsArray().Count);
        Assert.Equal("not_found", (await tenant.Owner.Get(path.Replace("product", "fax"))).Code);
        Assert.Equal(("nightly", true), (set.Body["sweep"]!.GetValue<string>(), set.Body["nextSweepAt"] is null));
        await tenant.World.Database.Scalar(
            "INSERT INTO xtnd.cursor (tenant_id, connection_id, entity, sweep_due_at) SELECT tenant_id, id, 'product', '2030-01-02T02:30:00Z' FROM xtnd.connection WHERE id = $1",
            Guid.Parse(path.Split('/')[1]));
        Assert.Equal("2030-01-02T02:30:00Z", (await tenant.Owner.Get(path)).Body["nextSweepAt"]!.GetValue<string>());
    }

    [Fact]
    public async Task Slots_are_listed_newest_first_and_part_by_part()
    {
        var tenant = await (await ApiWorld.Shared).Tenant();
        var id = await tenant.Connection();
        for (var hour = 1; hour <= 5; hour++)
        {
            await tenant.World.Database.Scalar(
                "INSERT INTO xtnd.slot (tenant_id, connection_id, entity, due_at, outcome, delay_seconds) VALUES ($1, $2, 'product', $3, 'ran', $4)",
                Guid.Parse(tenant.Id), Guid.Parse(id), new DateTimeOffset(2026, 11, 23, hour, 5, 0, TimeSpan.Zero), hour);
        }

        var first = await tenant.Owner.Get($"connections/{id}/schedules/product/slots?limit=3");
        Assert.Equal(["2026-11-23T05:05:00Z", "2026-11-23T04:05:00Z", "2026-11-23T03:05:00Z"], Due(first));
        var rest = await tenant.Owner.Get($"connections/{id}/schedules/product/slots?limit=3&cursor={first.Body["next"]}");
        Assert.Equal(["2026-11-23T02:05:00Z", "2026-11-23T01:05:00Z"], Due(rest));
        Assert.Null(rest.Body["next"]);

        static IEnumerable<string> Due(Reply reply) => reply.Body["items"]!.AsArray().Select(slot => slot!["dueAt"]!.GetValue<string>());
    }

    [Fact]
    public async Task It_is_paused_resumed_verified_and_deleted()
    {
        var tenant = await (await ApiWorld.Shared).Tenant();
        var id = await tenant.Connection();
        var paused = await tenant.Owner.Post($"connections/{id}/pause", new { note = "Moving" });
        Assert.Equal(("paused", "Moving"), (paused.Body["status"]!.GetValue<string>(), paused.Body["statusReason"]!.GetValue<string>()));
        Assert.Equal("paused", (await tenant.Owner.Post($"connections/{id}/pause")).Body["status"]!.GetValue<string>());
        Assert.Equal("verified", (await tenant.Owner.Post($"connections/{id}/resume")).Body["status"]!.GetValue<string>());
        Assert.True((await tenant.Owner.Post($"connections/{id}/verify")).Body["ok"]!.GetValue<bool>());
        Assert.True((await tenant.Owner.Post("connections/verify", TestTenant.Draft())).Body["ok"]!.GetValue<bool>());
        Assert.Equal(HttpStatusCode.Accepted, (await tenant.Owner.Delete($"connections/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await tenant.Owner.Get($"connections/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await tenant.Owner.Delete($"connections/{id}")).Status);
    }

    [Fact]
    public async Task The_systems_tell_what_the_form_needs()
    {
        var world = await ApiWorld.Shared;
        var magento = (await world.Platform.Get("systems")).Body["items"]![0]!;
        Assert.Equal("magento", magento["system"]!.GetValue<string>());
        Assert.Equal(["apiUrl", "accessToken", "secret"], magento["fields"]!.AsArray().Select(f => f!["name"]!.GetValue<string>()));
        Assert.Equal(JsonValueKind.True, magento["fields"]![2]!["secret"]!.GetValueKind());
    }

    static object Schedule(string frequency) => new { frequency, active = true, startDate = "2017-02-27", timeOfDay = "08:05", timeZone = "Europe/Stockholm" };
}
