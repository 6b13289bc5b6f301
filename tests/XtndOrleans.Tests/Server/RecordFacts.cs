using System.Net;
using System.Text.Json.Nodes;
using XtndOrleans.Connectors;
using XtndOrleans.Tests.Records;

namespace XtndOrleans.Tests.Server;

public sealed class RecordFacts
{
    [Fact]
    public async Task Records_are_listed_searched_read_and_counted()
    {
        var (tenant, path) = await Held([.. Enumerable.Range(1, 5).Select(id => RecordWorld.Product(id, $"Lamp {id}"))]);
        var first = await tenant.Owner.Get($"{path}/records/product?limit=3");
        Assert.Equal(["1", "2", "3"], Ids(first));
        Assert.Equal(["4", "5"], Ids(await tenant.Owner.Get($"{path}/records/product?limit=3&cursor={first.Body["next"]}")));
        var product = first.Body["items"]![0]!;
        Assert.Equal(("SKU-1", "Lamp 1", "2026-11-22T08:00:00Z"), (product["key"]!.GetValue<string>(), product["name"]!.GetValue<string>(), product["sourceUpdatedAt"]!.GetValue<string>()));
        Assert.Equal("12.50", product["price"]!.ToJsonString());
        Assert.Null(product["body"]);

        Assert.Equal(["4"], Ids(await tenant.Owner.Get($"{path}/records/product?q=lamp%204")));
        Assert.Empty(Ids(await tenant.Owner.Get($"{path}/records/product?updatedSince=2027-01-01T00:00:00Z")));
        Assert.Equal("""{"count":5,"deleted":0}""", (await tenant.Owner.Get($"{path}/records/product/count")).Body.ToJsonString());
        Assert.Equal("""{"count":0,"deleted":0}""", (await tenant.Owner.Get($"{path}/records/order/count")).Body.ToJsonString());
    }

    [Fact]
    public async Task A_body_is_the_stores_own_to_the_last_digit()
    {
        const string Body = """{"id":1,"price":129.9000,"weight":1e3,"big":123456789012345678901234567890.123456789,"text":"\u00e5 </script>","nothing":null}""";
        var (tenant, path) = await Held([RecordWorld.Record(1, new ProductFields { Sku = "A" }, Body)]);
        var one = await tenant.Owner.GetStringAsync($"{path}/records/product/1", TestContext.Current.CancellationToken);
        Assert.Contains($"\"body\":{Body}", one);
        var changes = await tenant.Owner.GetStringAsync($"{path}/changes/product", TestContext.Current.CancellationToken);
        Assert.Contains($"\"body\":{Body}", changes);
        Assert.Equal("not_found", (await tenant.Owner.Get($"{path}/records/product/2")).Code);
        Assert.Equal(HttpStatusCode.NotFound, (await tenant.Owner.Get($"{path}/records/fax")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await tenant.Owner.Get($"{path}/changes/fax")).Status);
    }

    [Fact]
    public async Task The_changes_are_read_on_from_where_a_reader_was()
    {
        var (tenant, path) = await Held([.. Enumerable.Range(1, 5).Select(id => RecordWorld.Product(id))]);
        var seen = new List<long>();
        for (var (after, more) = (0L, true); more;)
        {
            var part = (await tenant.Owner.Get($"{path}/changes/product?after={after}&limit=2")).Body;
            seen.AddRange(part["items"]!.AsArray().Select(change => change!["seq"]!.GetValue<long>()));
            (after, more) = (part["next"]!.GetValue<long>(), part["more"]!.GetValue<bool>());
        }

        Assert.Equal([1, 2, 3, 4, 5], seen);
        Assert.Equal("""{"items":[],"next":5,"more":false}""", (await tenant.Owner.Get($"{path}/changes/product?after=5")).Body.ToJsonString());
    }

    static IEnumerable<string> Ids(Reply reply) => reply.Body["items"]!.AsArray().Select(item => ((JsonObject)item!)["externalId"]!.GetValue<string>());

    static async Task<(TestTenant Tenant, string Path)> Held(IReadOnlyList<StoreRecord> records)
    {
        var held = await Server.Held.By(records);
        return (held.Tenant, held.Path);
    }
}
