using System.Net;
using System.Text.Json;
using XtndOrleans.Simulator;

namespace XtndOrleans.Tests.Simulator;

/// <summary>What is the same for every entity.</summary>
public sealed class EntityTests(StoreWorld world) : IClassFixture<StoreWorld>
{
    MagentoStore Store => world.Store;
    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names() => [.. EntityNames.All];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_walk_by_id_sees_every_record_once_as_the_store_holds_it(string name)
    {
        var entity = Store.Entity(name);
        var ids = entity.Ids();
        var seen = new List<string>();
        while (seen.Count < ids.Count)
        {
            var page = await world.Get(StoreWorld.After(name, seen.Count == 0 ? 0 : ids[seen.Count - 1], 37));
            Assert.Equal(ids.Count - seen.Count, page.GetProperty("total_count").GetInt32());
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetRawText()));
        }
        Assert.Equal(ids.Select(id => entity.Body(id)), seen);
        Assert.True(ids.Count > 5);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_touch_changes_the_record_and_its_time_only_when_it_is_visible(string name)
    {
        var entity = Store.Entity(name);
        var id = entity.Ids()[1];
        foreach (var visibly in (bool[])[true, false])
        {
            var (before, time) = (await world.One(name, id), await world.UpdatedAt(name, id));
            world.Time.Advance(TimeSpan.FromMinutes(1));
            Assert.True(entity.Touch(id, visibly));
            var (after, now) = (await world.One(name, id), await world.UpdatedAt(name, id));
            Assert.NotEqual(before, after);
            Assert.Equal(visibly && name != EntityNames.Stock ? $"{world.Time.GetUtcNow():yyyy-MM-dd HH:mm:ss}" : time, now);
        }
        Assert.False(entity.Touch(int.MaxValue, visibly: true));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_record_is_added_at_the_end_and_deleted_without_a_trace(string name)
    {
        var entity = Store.Entity(name);
        var (count, last) = (entity.Count, entity.Ids()[^1]);
        var id = entity.Add();
        Assert.True(id > last);
        Assert.Equal(entity.Body(id), await world.One(name, id));
        Assert.True(entity.Delete(id));
        Assert.False(entity.Delete(id));
        Assert.Equal((count, null, null), (entity.Count, entity.Body(id), await world.One(name, id)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_poisoned_row_fails_every_page_that_has_it_and_no_other(string name)
    {
        var ids = Store.Entity(name).Ids();
        foreach (var mode in Enum.GetValues<PoisonMode>())
        {
            Store.Poison.Add(name, ids[3], mode);
            Assert.True(await Works(StoreWorld.After(name, 0, 3)));
            Assert.False(await Works(StoreWorld.After(name, 0, 4)));
            // The total alone still loads the page's one row.
            Assert.False(await Works(StoreWorld.After(name, ids[2], 1, "&fields=total_count")));
            Assert.True(await Works(StoreWorld.After(name, ids[3], 1, "&fields=total_count")));
            Assert.True(Store.Poison.Remove(name, ids[3]));
        }
        Assert.True(await Works(StoreWorld.After(name, 0, 4)));
    }

    [Theory]
    [InlineData("order", "orders")]
    [InlineData("invoice", "invoices")]
    [InlineData("shipment", "shipment")]
    [InlineData("accounting", "creditmemo")]
    [InlineData("customer", "customers")]
    public async Task One_record_alone_is_as_in_the_list_missing_when_deleted_and_spoiled_by_poison(string name, string path)
    {
        var entity = Store.Entity(name);
        var id = entity.Ids()[2];
        Assert.Equal(entity.Body(id), (await world.Get($"{path}/{id}")).GetRawText());
        Store.Poison.Add(name, id);
        Assert.False(await Works($"{path}/{id}"));
        Store.Poison.Remove(name, id);
        using var missing = await world.Ask($"{path}/999999");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_fault_may_be_for_one_entity_alone(string name)
    {
        Store.Faults.Add(FaultKind.WafDenied, times: null, path: name);
        foreach (var other in EntityNames.All)
        {
            using var answer = await world.Ask(StoreWorld.After(other, 0, 1));
            Assert.Equal(other == name ? HttpStatusCode.Forbidden : HttpStatusCode.OK, answer.StatusCode);
        }
        Store.Faults.Clear();
    }

    [Theory]
    [InlineData("invoice", "Magento_Sales::sales_invoice")]
    [InlineData("shipment", "Magento_Sales::shipment")]
    [InlineData("accounting", "Magento_Sales::sales_creditmemo")]
    [InlineData("customer", "Magento_Customer::customer")]
    [InlineData("stock", "Magento_InventoryApi::source")]
    public async Task Every_entity_takes_its_own_right(string name, string right)
    {
        Store.Users["admin"].Resources = ["Magento_Catalog::products"];
        using var denied = await world.Ask(StoreWorld.After(name, 0, 1));
        Store.Users["admin"].Resources = [right];
        using var allowed = await world.Ask(StoreWorld.After(name, 0, 1));
        Store.Users["admin"].Resources = null;
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (denied.StatusCode, allowed.StatusCode));
        Assert.Contains(right, await denied.Content.ReadAsStringAsync(Cancelled));
    }

    [Theory]
    [InlineData("product")]
    [InlineData("invoice")]
    [InlineData("customer")]
    public async Task A_time_that_is_NULL_is_absent_and_no_delta_finds_it(string name)
    {
        var entity = Store.Entity(name);
        var id = entity.Ids()[4];
        Assert.True(entity.SetUpdatedAt(id, null));
        Assert.Null(await world.UpdatedAt(name, id));
        var (path, _) = StoreWorld.ListOf(name);
        var found = await world.Get($"{path}?searchCriteria[filter_groups][0][filters][0][field]=updated_at" +
            "&searchCriteria[filter_groups][0][filters][0][value]=2000-01-01&searchCriteria[filter_groups][0][filters][0][condition_type]=gteq&searchCriteria[pageSize]=1");
        Assert.Equal(entity.Count - 1, found.GetProperty("total_count").GetInt32());
    }

    [Fact]
    public async Task All_rows_may_have_one_second_and_it_may_lie_ahead()
    {
        var entity = Store.Entity("shipment");
        Assert.Equal(entity.Count, entity.SetUpdatedAtOfAll(world.Time.GetUtcNow().AddYears(1)));
        var items = (await world.Get(StoreWorld.After("shipment", 0, 0))).GetProperty("items").EnumerateArray();
        Assert.All(items, item => Assert.Equal("2027-03-01", item.GetProperty("updated_at").GetString()![..10]));
    }

    async Task<bool> Works(string query)
    {
        using var answer = await world.Ask(query);
        var text = await answer.Content.ReadAsStringAsync(Cancelled);
        try
        {
            return answer.StatusCode == HttpStatusCode.OK && JsonDocument.Parse(text).RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
