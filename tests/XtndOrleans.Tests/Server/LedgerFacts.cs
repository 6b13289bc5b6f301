using System.Net;
using System.Text.Json.Nodes;
using XtndOrleans.Connectors;
using XtndOrleans.Engine.Records;
using XtndOrleans.Tests.Records;

namespace XtndOrleans.Tests.Server;

public sealed class LedgerFacts
{
    static readonly DateTimeOffset Now = RecordWorld.Now;

    [Fact]
    public async Task The_ledger_has_a_line_for_every_entity_whether_it_was_compared_or_not()
    {
        var held = await Held.By([.. Enumerable.Range(1, 3).Select(id => RecordWorld.Product(id))]);
        Assert.Equal(
            """{"items":[{"entity":"product","held":3,"storeTotal":null,"difference":null,"checkedAt":null,"window":null,"state":"unchecked","note":null,"quarantined":0},{"entity":"order","held":0,"storeTotal":null,"difference":null,"checkedAt":null,"window":null,"state":"unchecked","note":null,"quarantined":0}],"next":null}""",
            (await held.Get("completeness")).Body.ToJsonString());

        await held.Database.Scalar("UPDATE xtnd.cursor SET run_id = $2 WHERE connection_id = $1", held.Products.Connection.Connection, held.Run);
        await new CompletenessStore(held.Database.DataSource).Save(held.Products, held.Run, 1, new("product", 2, 4, 2, Now, new("3"), "differs", "One cannot be read.") { Quarantined = 1 }, Stop);
        Assert.Equal(
            """{"entity":"product","held":2,"storeTotal":4,"difference":2,"checkedAt":"2026-11-23T08:00:00Z","window":{"upToId":"3"},"state":"differs","note":"One cannot be read.","quarantined":1}""",
            (await held.Get("completeness")).Body["items"]![0]!.ToJsonString());
    }

    [Fact]
    public async Task What_was_set_aside_is_listed_by_entity_and_state_in_parts()
    {
        var held = await Held.By([]);
        await held.Database.Scalar("UPDATE xtnd.cursor SET run_id = $2 WHERE connection_id = $1", held.Products.Connection.Connection, held.Run);
        await held.Database.Scalar(
            "INSERT INTO xtnd.cursor (tenant_id, connection_id, entity, epoch, run_id) VALUES ($1, $2, 'order', 1, $3)",
            held.Products.Connection.Tenant, held.Products.Connection.Connection, held.Run);
        var store = new QuarantineStore(held.Database.DataSource);
        foreach (var id in new[] { "1", "2/a", "3" })
        {
            await store.Park(held.Products, held.Run, 1, id, "malformed", "It cannot be read.", "reply", Now, Stop);
        }

        await store.Park(held.Products with { Entity = "order" }, held.Run, 1, "9", "malformed", "It cannot be read.", null, Now, Stop);
        await store.Resolve(held.Products, held.Run, 1, ["3"], Now, Stop);

        var first = await held.Get("quarantine?limit=2");
        Assert.Equal(["9", "1"], Ids(first));
        Assert.Equal(["2/a", "3"], Ids(await held.Get($"quarantine?limit=2&cursor={first.Body["next"]}")));
        Assert.Equal(["1", "2/a"], Ids(await held.Get("quarantine?entity=product&state=open")));
        var resolved = (await held.Get("quarantine?state=resolved")).Body["items"]!.AsArray().Single()!;
        Assert.Equal(
            """{"externalId":"3","entity":"product","code":"malformed","reason":"It cannot be read.","reply":"reply","firstSeenAt":"2026-11-23T08:00:00Z","triedAt":"2026-11-23T08:00:00Z","attempts":1,"state":"resolved"}""",
            resolved.ToJsonString());
        Assert.Equal("invalid_parameter", (await held.Get("quarantine?state=lost")).Code);
        Assert.Equal("invalid_parameter", (await held.Get("quarantine?entity=fax")).Code);
        Assert.Equal("invalid_cursor", (await held.Get("quarantine?cursor=x")).Code);
    }

    [Fact]
    public async Task A_records_history_is_read_newest_first_and_in_parts()
    {
        var held = await Held.By([RecordWorld.Product(1)]);
        Assert.Equal("""{"firstSeenAt":"2026-11-23T08:00:00Z","items":[],"next":null}""", (await held.Get("records/product/1/history")).Body.ToJsonString());
        foreach (var name in new[] { "A", "B", "C" })
        {
            await held.Store.WriteOne(held.Products, RecordWorld.Product(1, name), "1", Now.AddHours(1), Stop);
        }

        var first = (await held.Get("records/product/1/history?limit=2")).Body;
        Assert.Equal("""{"seq":4,"op":"update","at":"2026-11-23T09:00:00Z","runId":null,"fields":["name"]}""", first["items"]![0]!.ToJsonString());
        var second = (await held.Get($"records/product/1/history?limit=2&cursor={first["next"]}")).Body;
        Assert.Equal([2L], second["items"]!.AsArray().Select(item => item!["seq"]!.GetValue<long>()));
        Assert.Null(second["next"]);
        Assert.Equal("not_found", (await held.Get("records/product/2/history")).Code);
        Assert.Equal("invalid_cursor", (await held.Get("records/product/1/history?cursor=x")).Code);
    }

    [Fact]
    public async Task The_last_cursors_are_listed_with_the_runs_that_left_them()
    {
        var held = await Held.By([RecordWorld.Product(1)]);
        Assert.Equal(
            $$"""{"items":[{"runId":"{{held.Run:N}}","mode":"full","watermark":null,"closedAt":"2026-11-23T08:00:00Z"}],"next":null}""",
            (await held.Get("cursors/product")).Body.ToJsonString());
        Assert.Empty((await held.Get("cursors/order")).Body["items"]!.AsArray());
        Assert.Equal(HttpStatusCode.NotFound, (await held.Get("cursors/fax")).Status);
    }

    [Theory]
    [InlineData("default:24/MB 01")]
    [InlineData("a%2Fb/c+d?#ü")]
    [InlineData("plain%2Fnot a slash")]
    public async Task A_record_is_found_by_its_id_whatever_is_in_it(string id)
    {
        var record = new StoreRecord { ExternalId = id, Fields = new ProductFields { Sku = "A" }, Hash = 1, Body = "{}"u8.ToArray() };
        var held = await Held.By([record]);
        var path = $"records/product/{Uri.EscapeDataString(id)}";
        Assert.Equal(id, (await held.Get(path)).Body["externalId"]?.GetValue<string>());
        Assert.Equal(HttpStatusCode.OK, (await held.Get($"{path}/history?limit=5")).Status);
        Assert.Equal(HttpStatusCode.OK, (await held.Tenant.Owner.Post($"{held.Path}/{path}/refresh")).Status);
        Assert.Equal([id], held.Tenant.World.Grains.Sync(held.Products).Asked);
    }

    [Fact]
    public async Task A_refresh_answers_with_what_differed_and_the_record()
    {
        var held = await Held.By([RecordWorld.Product(1)]);
        var sync = held.Tenant.World.Grains.Sync(held.Products);
        sync.Refreshed = new("updated", ["name", "price"]);
        var answer = (await held.Tenant.Owner.Post($"{held.Path}/records/product/1/refresh")).Body;
        Assert.Equal("""["name","price"]""", answer["fields"]!.ToJsonString());
        Assert.Equal(("updated", "SKU-1", 1), (answer["outcome"]!.GetValue<string>(), answer["record"]!["key"]!.GetValue<string>(), answer["record"]!["body"]!["id"]!.GetValue<int>()));

        sync.Refreshed = new("absent", []);
        Assert.Equal("""{"outcome":"absent","fields":[],"record":null}""", (await held.Tenant.Owner.Post($"{held.Path}/records/product/2/refresh")).Body.ToJsonString());
        Assert.Equal(HttpStatusCode.Forbidden, (await (await held.Tenant.As("viewer")).Post($"{held.Path}/records/product/1/refresh")).Status);
    }

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static IEnumerable<string> Ids(Reply reply) => reply.Body["items"]!.AsArray().Select(item => ((JsonObject)item!)["externalId"]!.GetValue<string>());
}
