using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using XtndOrleans.Simulator;

namespace XtndOrleans.Tests.Simulator;

/// <summary>What other processes change the entities of a store by.</summary>
public sealed class EntityControlTests(StoreWorld world) : IClassFixture<StoreWorld>
{
    MagentoStore Store => world.Store;
    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names() => [.. EntityNames.All];

    async Task<JsonElement> Control(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, $"control/store/1/{path}") { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await world.Client.SendAsync(request, Cancelled);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_entity_is_counted_read_changed_added_and_deleted(string name)
    {
        var entity = Store.Entity(name);
        Assert.Equal(entity.Count, (await Control(HttpMethod.Get, "entities")).GetProperty(name).GetInt32());
        var id = (await Control(HttpMethod.Post, $"entities/{name}")).GetProperty("id").GetInt32();
        Assert.Equal(id, (await Control(HttpMethod.Get, $"entities/{name}/ids")).EnumerateArray().Last().GetInt32());
        var before = (await Control(HttpMethod.Get, $"entities/{name}/{id}")).GetRawText();
        await Control(HttpMethod.Post, $"entities/{name}/{id}/touch?visibly=false");
        Assert.NotEqual(before, entity.Body(id));
        await Control(HttpMethod.Post, $"entities/{name}/{id}/updated-at", new { at = "2026-04-01T00:00:00Z" });
        Assert.Equal(name != EntityNames.Stock, entity.Body(id)!.Contains("2026-04-01 00:00:00", StringComparison.Ordinal));
        Assert.Equal(1, (await Control(HttpMethod.Delete, $"entities/{name}/{id}")).GetProperty("deleted").GetInt32());
        Assert.Null(entity.Body(id));
    }

    [Fact]
    public async Task Orders_customers_and_stock_have_their_own_calls()
    {
        var order = Store.Sales.Add(20).First(row => row.Units > 1);
        var shipment = (await Control(HttpMethod.Post, $"orders/{order.Id}/ship?units=1")).GetProperty("id").GetInt32();
        await Control(HttpMethod.Post, $"shipments/{shipment}/track", new { value = "ES77" });
        Assert.Equal("ES77", Assert.Single(Store.Shipments.Find(shipment)!.Tracks).Number);
        var placed = Store.Sales.Add()[0].Id;
        var edited = (await Control(HttpMethod.Post, $"orders/{placed}/edit")).GetProperty("id").GetInt32();
        Assert.Equal(placed, Store.Orders.Find(edited)!.Original!.Id);
        var customer = (await Control(HttpMethod.Post, "customers?count=1")).GetProperty("ids")[0].GetInt32();
        await Control(HttpMethod.Patch, $"customers/{customer}", new { lastName = "Öberg" });
        await Control(HttpMethod.Post, $"customers/{customer}/addresses", new { city = "Umeå" });
        Assert.Equal(("Öberg", "Umeå"), (Store.CustomerRows.Find(customer)!.LastName, Store.CustomerRows.Find(customer)!.Addresses[^1].City));
        var item = (await Control(HttpMethod.Post, "stock", new { sku = "SIM-000001", quantity = 4 })).GetProperty("id").GetInt32();
        await Control(HttpMethod.Post, $"stock/{item}/quantity", new { value = 5.5 });
        Assert.Equal(5.5m, Store.SourceItems.Find(item)!.Quantity);
    }

    [Fact]
    public async Task An_entity_that_is_not_known_is_answered_with_those_that_are()
    {
        using var answer = await world.Client.GetAsync("control/store/1/entities/nope/ids", Cancelled);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("accounting", await answer.Content.ReadAsStringAsync(Cancelled));
    }
}
