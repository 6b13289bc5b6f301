using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using XtndOrleans.Simulator;

namespace XtndOrleans.Tests.Simulator;

public sealed class RecordTests : IAsyncLifetime
{
    readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    SimulatorHost host = null!;
    HttpClient client = null!;

    MagentoStore Store => host.Store();
    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        host = await SimulatorHost.Start(new() { Products = 700, Orders = 300, Time = time });
        client = await SimulatorFixture.SignedIn(host);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await host.DisposeAsync();
    }

    async Task<JsonElement> List(string query) =>
        JsonDocument.Parse(await client.GetStringAsync($"store/1/rest/V1/{query}", Cancelled)).RootElement;

    Task<JsonElement> One(string entity, int id) =>
        List($"{entity}?searchCriteria[filter_groups][0][filters][0][field]=entity_id&searchCriteria[filter_groups][0][filters][0][value]={id}");

    public static TheoryData<string, bool> ProductChanges() => new()
    {
        { "rename", true }, { "price", true }, { "touch", true }, { "image", true }, { "status", true },
        { "special price", false }, { "tier price", false }, { "base price", false }, { "category", false },
    };

    [Theory]
    [MemberData(nameof(ProductChanges))]
    public async Task A_changed_product_has_other_JSON_and_a_later_time_only_if_the_change_moves_it(string change, bool moves)
    {
        var id = Store.Products.All[3].Id;
        var before = (await One("products", id)).GetProperty("items")[0];
        var desk = Store.Catalog;
        Assert.True(change switch
        {
            "rename" => desk.Rename(id, "Renamed"),
            "price" => desk.SetPrice(id, 123.45m),
            "touch" => desk.Touch(id),
            "image" => desk.AddImage(id),
            "status" => desk.SetStatus(id, 2),
            "special price" => desk.SetSpecialPrice(id, 1.5m),
            "tier price" => desk.SetTierPrices(id, [(10, 0.5m)]),
            "base price" => desk.SetBasePrice(id, 99),
            _ => desk.AssignCategory(id, 999),
        });
        var after = (await One("products", id)).GetProperty("items")[0];
        Assert.NotEqual(before.GetRawText(), after.GetRawText());
        Assert.Equal(moves ? "2026-03-01 12:00:00" : before.GetProperty("updated_at").GetString(), after.GetProperty("updated_at").GetString());
    }

    [Fact]
    public async Task Stock_changes_nothing_that_a_list_shows()
    {
        var id = Store.Products.All[3].Id;
        var before = (await One("products", id)).GetRawText();
        Assert.True(Store.Catalog.SetStock(id, 777));
        Assert.Equal(before, (await One("products", id)).GetRawText());
        Assert.Equal(777, (await List($"products/SIM-{id:D6}")).GetProperty("extension_attributes").GetProperty("stock_item").GetProperty("qty").GetInt32());
    }

    [Theory]
    [InlineData("hold", true)]
    [InlineData("invoice", true)]
    [InlineData("refund", true)]
    [InlineData("status", true)]
    [InlineData("comment", false)]
    [InlineData("city", false)]
    [InlineData("ship partly", false)]
    public async Task A_changed_order_has_other_JSON_and_a_later_time_only_if_the_change_moves_it(string change, bool moves)
    {
        var id = Store.Sales.Add()[0].Id;
        time.Advance(TimeSpan.FromMinutes(5));
        var before = (await One("orders", id)).GetProperty("items")[0];
        Assert.True(change switch
        {
            "hold" => Store.Sales.Hold(id),
            "invoice" => Store.Sales.Invoice(id),
            "refund" => Store.Sales.Refund(id),
            "status" => Store.Sales.SetStatus(id, "complete", "complete"),
            "comment" => Store.Sales.Comment(id, "Called."),
            "city" => Store.Sales.ChangeCity(id, "Umeå"),
            _ => Store.Sales.ShipPartly(id),
        });
        var after = (await One("orders", id)).GetProperty("items")[0];
        Assert.NotEqual(before.GetRawText(), after.GetRawText());
        Assert.Equal(moves ? "2026-03-01 12:05:00" : "2026-03-01 12:00:00", after.GetProperty("updated_at").GetString());
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_bytes_and_another_seed_others()
    {
        var texts = new List<string>();
        foreach (var seed in (long[])[7, 7, 8])
        {
            await using var other = await SimulatorHost.Start(new() { Products = 50, Orders = 20, Seed = seed });
            using var reader = await SimulatorFixture.SignedIn(other);
            texts.Add(await reader.GetStringAsync("store/1/rest/V1/products?searchCriteria=", Cancelled)
                + await reader.GetStringAsync("store/1/rest/V1/orders?searchCriteria=", Cancelled));
        }
        Assert.Equal(texts[0], texts[1]);
        Assert.NotEqual(texts[0], texts[2]);
    }

    [Fact]
    public async Task The_same_changes_give_the_same_bytes_whatever_is_done_to_other_stores()
    {
        var texts = new List<string>();
        foreach (var disturbs in (bool[])[false, true])
        {
            await using var other = await SimulatorHost.Start(new() { Stores = 2, Products = 60, Orders = 40, Time = time });
            foreach (var name in EntityNames.All)
            {
                if (disturbs) other.Store(2).Entity(name).Touch(other.Store(2).Entity(name).Add(), visibly: false);
                var entity = other.Store().Entity(name);
                Assert.True(entity.Touch(entity.Add(), visibly: true) && entity.Touch(entity.Ids()[1], visibly: false) && entity.Delete(entity.Ids()[2]));
            }
            texts.Add(string.Concat(EntityNames.All.Select(other.Store().Entity).SelectMany(entity => entity.Ids().Select(entity.Body))));
        }
        Assert.Equal(texts[0], texts[1]);
    }

    [Fact]
    public async Task A_store_view_shows_its_own_name_and_the_others_show_the_one_above_them()
    {
        var (id, name) = (Store.Products.All[3].Id, Store.Products.All[3].Name);
        Assert.True(Store.Catalog.RenameInView(id, "default", "Nombre propio"));
        foreach (var (code, shown) in ((string, string)[])[("", "Nombre propio"), ("default/", "Nombre propio"), ("all/", name), ("store_view_3/", name)])
        {
            var one = JsonDocument.Parse(await client.GetStringAsync($"store/1/rest/{code}V1/products/SIM-{id:D6}", Cancelled)).RootElement;
            var list = JsonDocument.Parse(await client.GetStringAsync($"store/1/rest/{code}V1/products?searchCriteria[pageSize]=10&searchCriteria[sortOrders][0][field]=entity_id" +
                "&searchCriteria[sortOrders][0][direction]=ASC&fields=items[id,name,updated_at]", Cancelled)).RootElement.GetProperty("items")[3];
            Assert.Equal((shown, shown), (one.GetProperty("name").GetString(), list.GetProperty("name").GetString()));
            Assert.Equal((id, "2026-03-01 12:00:00"), (list.GetProperty("id").GetInt32(), list.GetProperty("updated_at").GetString()));
        }
        Assert.True(Store.Catalog.RenameInView(id, "default", null));
        Assert.Equal(name, (await One("products", id)).GetProperty("items")[0].GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("products", "id", 700)]
    [InlineData("orders", "entity_id", 300)]
    public async Task A_walk_by_id_sees_every_record_once(string entity, string key, int count)
    {
        var seen = new List<int>();
        while (true)
        {
            var after = seen.Count == 0 ? 0 : seen[^1];
            var page = await List($"{entity}?searchCriteria[filter_groups][0][filters][0][field]=entity_id&searchCriteria[filter_groups][0][filters][0][value]={after}" +
                "&searchCriteria[filter_groups][0][filters][0][condition_type]=gt&searchCriteria[sortOrders][0][field]=entity_id&searchCriteria[sortOrders][0][direction]=ASC&searchCriteria[pageSize]=64");
            Assert.Equal(count - seen.Count, page.GetProperty("total_count").GetInt32());
            var items = page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty(key).GetInt32()).ToList();
            seen.AddRange(items);
            if (items.Count < 64) break;
        }
        Assert.Equal(count, seen.Distinct().Count());
        Assert.Equal(seen.Order(), seen);
        Assert.True(seen[^1] > count, "The ids have gaps.");
    }

    [Fact]
    public async Task A_walk_by_time_alone_loses_rows_as_MySQL_does()
    {
        var seen = new HashSet<int>();
        for (var page = 1; page <= 7; page++)
        {
            var answer = await List($"products?searchCriteria[sortOrders][0][field]=updated_at&searchCriteria[sortOrders][0][direction]=ASC&searchCriteria[pageSize]=100&searchCriteria[currentPage]={page}&fields=items[id]");
            foreach (var item in answer.GetProperty("items").EnumerateArray()) seen.Add(item.GetProperty("id").GetInt32());
        }
        Assert.True(seen.Count < 700, $"{seen.Count} rows were seen.");
    }

    [Fact]
    public async Task Added_records_come_last_and_deleted_ones_leave_no_trace()
    {
        var last = Store.Products.All[^1].Id;
        Assert.Equal(last + 1, Store.Catalog.Add(2)[0].Id);
        Assert.Equal(2, Store.Catalog.Delete(last, last + 2));
        Assert.Equal(700, (await List("products?searchCriteria[pageSize]=1")).GetProperty("total_count").GetInt32());
        // As an auto-increment column: the number is not given again.
        Assert.Equal(last + 3, Store.Catalog.Add()[0].Id);
        Assert.Equal(0, (await One("products", last)).GetProperty("total_count").GetInt32());
    }

    [Fact]
    public async Task The_database_may_have_another_clock_than_the_web_server()
    {
        (Store.Clock.Offset, Store.Clock.DatabaseOffset) = (TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(-10));
        var id = Store.Products.All[0].Id;
        Store.Catalog.Touch(id);
        using var answer = await client.GetAsync("store/1/magento_version", Cancelled);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 12, 30, 0, TimeSpan.Zero), answer.Headers.Date);
        Assert.Equal("2026-03-01 12:20:00", (await One("products", id)).GetProperty("items")[0].GetProperty("updated_at").GetString());
    }

    [Fact]
    public async Task A_patch_bends_the_JSON_and_nothing_else()
    {
        var id = Store.Products.All[0].Id;
        Store.Catalog.Patch(id, new JsonObject { ["price"] = "12.50", ["name"] = null, ["brand_new"] = "å/b" }, moves: false);
        var raw = (await One("products", id)).GetProperty("items")[0].GetRawText();
        Assert.Contains("\"price\":\"12.50\"", raw);
        Assert.Contains("\"brand_new\":\"\\u00e5\\/b\"", raw);
        Assert.DoesNotContain("\"name\"", raw);
    }

    [Fact]
    public async Task Orders_come_in_all_their_kinds()
    {
        var orders = (await List("orders?searchCriteria=")).GetProperty("items").EnumerateArray().ToList();
        Assert.Contains(orders, order => order.GetProperty("is_virtual").GetInt32() == 1 && !Shipping(order).TryGetProperty("address", out _));
        Assert.Contains(orders, order => order.GetProperty("customer_is_guest").GetInt32() == 1 && !order.TryGetProperty("customer_id", out _));
        Assert.Contains(orders, order => order.GetProperty("increment_id").GetString()!.EndsWith("-1", StringComparison.Ordinal));
        Assert.Contains(orders, order => order.GetProperty("items").EnumerateArray().Any(item => item.TryGetProperty("parent_item", out _)));
        Assert.All(orders, order => Assert.Equal(order.TryGetProperty("shipping_invoiced", out _),
            Shipping(order).GetProperty("total").TryGetProperty("shipping_invoiced", out _)));
        Assert.All(orders, order => Assert.Equal(
            order.GetProperty("items").GetRawText(),
            order.GetProperty("extension_attributes").GetProperty("shipping_assignments")[0].GetProperty("items").GetRawText()));
    }

    static JsonElement Shipping(JsonElement order) =>
        order.GetProperty("extension_attributes").GetProperty("shipping_assignments")[0].GetProperty("shipping");
}
