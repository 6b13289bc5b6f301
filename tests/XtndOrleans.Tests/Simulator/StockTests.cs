using System.Net;
using System.Text.Json;
using XtndOrleans.Simulator;

namespace XtndOrleans.Tests.Simulator;

public sealed class StockTests(StoreWorld world) : IClassFixture<StoreWorld>
{
    MagentoStore Store => world.Store;

    [Fact]
    public async Task A_quantity_is_the_same_in_the_default_source_and_the_legacy_stock_and_moves_no_product()
    {
        var item = Store.SourceItems.All.First(row => row.SourceCode == "default");
        var product = Store.Products.All.Single(row => row.Sku == item.Sku);
        var before = await world.One("product", product.Id);
        Store.Stock.SetQuantity(item.Id, 41.5m);
        Assert.Equal(41.5m, (await world.Get($"stockItems/{product.Sku}")).GetProperty("qty").GetDecimal());
        Store.Catalog.SetStock(product.Id, 7);
        Assert.Equal($$"""{"sku":"{{item.Sku}}","source_code":"default","quantity":7,"status":1}""", await world.One("stock", item.Id));
        Assert.Equal(before, await world.One("product", product.Id));
    }

    [Fact]
    public async Task Some_products_are_in_two_sources_and_a_source_item_may_come_and_go()
    {
        Assert.Contains(Store.SourceItems.All.GroupBy(row => row.Sku), sources => sources.Count() == 2);
        var added = Store.Stock.Add("SIM-000002", "harbour", 3);
        var found = await world.Get("inventory/source-items?searchCriteria[filter_groups][0][filters][0][field]=source_code&searchCriteria[filter_groups][0][filters][0][value]=harbour");
        Assert.Equal("SIM-000002", Assert.Single(found.GetProperty("items").EnumerateArray()).GetProperty("sku").GetString());
        Assert.Equal(1, Store.Stock.Delete(added.Id));
        Assert.Null(await world.One("stock", added.Id));
    }

    [Fact]
    public async Task Without_multi_source_inventory_there_is_legacy_stock_alone()
    {
        Assert.Contains("Magento_InventoryApi", (await world.Get("modules")).GetRawText());
        Store.Settings.MultiSource = false;
        using var none = await world.Ask("inventory/source-items?searchCriteria[pageSize]=1");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        Assert.DoesNotContain("Magento_InventoryApi", (await world.Get("modules")).GetRawText());
        var stock = Store.Entity("stock");
        Assert.Equal(Store.Products.Count, stock.Count);
        Assert.True(stock.Touch(stock.Ids()[0], visibly: false));
        var listed = (await world.Get("stockItems/lowStock?scopeId=0&qty=1000000&currentPage=1&pageSize=3")).GetProperty("items");
        Assert.Equal(stock.Ids().Take(3).Select(stock.Body), listed.EnumerateArray().Select(item => item.GetRawText()));
        Store.Settings.MultiSource = true;
    }

    [Fact]
    public async Task The_legacy_list_has_what_is_at_or_below_a_quantity_page_by_page()
    {
        var low = Store.Products.All.Where(product => product.Quantity <= 50).Select(product => product.Id).ToList();
        var seen = new List<int>();
        JsonElement page;
        for (var number = 1; (page = await world.Get($"stockItems/lowStock/?scopeId=0&qty=50&currentPage={number}&pageSize=10")).GetProperty("items").GetArrayLength() > 0; number++)
        {
            Assert.Equal(low.Count, page.GetProperty("total_count").GetInt32());
            Assert.Equal([$"{number}", "10"], page.GetProperty("search_criteria").GetProperty("limit").EnumerateArray().Select(part => part.GetString()!));
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("product_id").GetInt32()));
        }
        Assert.Equal(low, seen);
        Store.Poison.Add("stock", low[0]);
        using var poisoned = await world.Ask("stockItems/lowStock?scopeId=0&qty=50&pageSize=1");
        Store.Poison.Clear();
        Assert.Equal(HttpStatusCode.InternalServerError, poisoned.StatusCode);
    }
}
