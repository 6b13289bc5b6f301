using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using XtndOrleans.Simulator;

namespace XtndOrleans.Tests.Simulator;

/// <summary>A simulator at a standing clock, read as a signed-in client reads it; for the tests of a class.</summary>
public sealed class StoreWorld : IAsyncLifetime
{
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    public SimulatorHost Host { get; private set; } = null!;
    public HttpClient Client { get; private set; } = null!;
    public MagentoStore Store => Host.Store();

    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Host = await SimulatorHost.Start(new() { Products = 200, Orders = 120, TokenLife = TimeSpan.FromDays(1), Time = Time });
        Client = await SimulatorFixture.SignedIn(Host);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
    }

    /// <summary>The path of an entity's list, and the column of its id.</summary>
    public static (string Path, string Key) ListOf(string entity) => entity switch
    {
        "product" => ("products", "entity_id"),
        "order" => ("orders", "entity_id"),
        "invoice" => ("invoices", "entity_id"),
        "shipment" => ("shipments", "entity_id"),
        "accounting" => ("creditmemos", "entity_id"),
        "customer" => ("customers/search", "entity_id"),
        _ => ("inventory/source-items", "source_item_id"),
    };

    public async Task<JsonElement> Get(string query) =>
        JsonDocument.Parse(await Client.GetStringAsync($"store/1/rest/V1/{query}", Cancelled)).RootElement;

    public Task<HttpResponseMessage> Ask(string query) => Client.GetAsync($"store/1/rest/V1/{query}", Cancelled);

    /// <summary>A page of the entity's list after an id, by id.</summary>
    public static string After(string entity, int id, int size, string more = "")
    {
        var (path, key) = ListOf(entity);
        return $"{path}?searchCriteria[filter_groups][0][filters][0][field]={key}&searchCriteria[filter_groups][0][filters][0][value]={id}" +
            "&searchCriteria[filter_groups][0][filters][0][condition_type]=gt" +
            $"&searchCriteria[sortOrders][0][field]={key}&searchCriteria[sortOrders][0][direction]=ASC&searchCriteria[pageSize]={size}{more}";
    }

    /// <summary>The record as the list serves it, or null.</summary>
    public async Task<string?> One(string entity, int id)
    {
        var items = (await Get(After(entity, id - 1, 1, $"&searchCriteria[filter_groups][1][filters][0][field]={ListOf(entity).Key}" +
            $"&searchCriteria[filter_groups][1][filters][0][value]={id}&searchCriteria[filter_groups][1][filters][0][condition_type]=lteq"))).GetProperty("items");
        return items.GetArrayLength() == 0 ? null : items[0].GetRawText();
    }

    public async Task<string?> UpdatedAt(string entity, int id) =>
        JsonDocument.Parse((await One(entity, id))!).RootElement.TryGetProperty("updated_at", out var at) ? at.GetString() : null;
}
