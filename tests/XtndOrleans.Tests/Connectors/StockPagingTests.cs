using XtndOrleans.Connectors;

namespace XtndOrleans.Tests.Connectors;

/// <summary>Answers to requests for stock that must not lead astray.</summary>
public sealed class StockPagingTests
{
    const string Page = """{"sku":"A","source_code":"default"}""";

    [Fact]
    public async Task A_page_is_asked_for_from_the_last_sku_on()
    {
        await using var store = await StoreStub.Answering(200, MagentoReadTests.List(9, Item("A", "x"), Item("B &", "y")));
        using var first = await store.Read(new PageRequest(Entities.Stock, null, null, 2));
        using var second = await store.Read(new PageRequest(Entities.Stock, first.Next, null, 10));
        Assert.Equal(
            "GET /rest/V1/inventory/source-items?searchCriteria[sortOrders][0][field]=sku&searchCriteria[sortOrders][0][direction]=ASC"
            + "&searchCriteria[sortOrders][1][field]=source_code&searchCriteria[sortOrders][1][direction]=ASC&searchCriteria[pageSize]=2&searchCriteria[currentPage]=1",
            store.Requests[0]);
        Assert.Contains("[field]=sku&searchCriteria[filter_groups][0][filters][0][value]=B &&searchCriteria[filter_groups][0][filters][0][condition_type]=gteq", store.Requests[1]);
        Assert.False(first.IsLast);
    }

    [Fact]
    public async Task A_store_that_ignores_the_filter_is_not_read_for_ever()
    {
        await using var store = await StoreStub.Answering(200, MagentoReadTests.List(9, Item("A", "x"), Item("A", "y")));
        using var first = await store.Read(new PageRequest(Entities.Stock, null, null, 2));
        Assert.Equal(FailureKind.Data, (await store.Failure(new PageRequest(Entities.Stock, first.Next, null, 2))).Kind);
    }

    [Fact]
    public async Task A_store_that_gets_or_loses_its_sources_meanwhile_is_read_anew()
    {
        await using var store = await StoreStub.Answering(200, """{"items":[{"sku":"A","source_code":"x","product_id":1}],"total_count":2}""");
        using var first = await store.Read(new PageRequest(Entities.Stock, null, null, 1));
        using var legacy = await store.Read(new PageRequest(Entities.Stock, first.Next, null, 1), "legacy");
        using var again = await store.Read(new PageRequest(Entities.Stock, legacy.Next, null, 1));
        Assert.Contains("currentPage=1&pageSize=1", store.Requests[1]);
        Assert.Equal(store.Requests[0], store.Requests[2]);
        await Assert.ThrowsAnyAsync<Exception>(() => store.Read(new PageRequest(Entities.Stock, "default:A", null, 1)));
    }

    [Theory]
    [InlineData("""{"items":[{"sku":"A","source_code":"x"}]}""")]
    [InlineData("""{"items":[{"sku":"A"}],"total_count":1}""")]
    [InlineData("""{"items":[{"sku":null,"source_code":"x"}],"total_count":1}""")]
    [InlineData("""{"items":[],"total_count":1}""")]
    public async Task What_cannot_be_paged_by_is_a_failure(string body)
    {
        await using var store = await StoreStub.Answering(200, body);
        Assert.Equal(FailureKind.Data, (await store.Failure(Entities.Stock)).Kind);
    }

    [Theory]
    [InlineData(1, 10, true)]
    [InlineData(2, 10, false)]
    [InlineData(1, 1, false)]
    public async Task Only_a_short_page_whose_count_agrees_is_the_last(int total, int size, bool isLast)
    {
        await using var store = await StoreStub.Answering(200, MagentoReadTests.List(total, Page));
        using var page = await store.Read(Entities.Stock, size: size);
        Assert.Equal(isLast, page.IsLast);
    }

    [Fact]
    public async Task Skus_with_commas_have_filters_of_their_own_in_one_group()
    {
        await using var store = await StoreStub.Answering(200, MagentoReadTests.List(0));
        using var page = await store.Read(new PageRequest(Entities.Stock, null, null, 10) { Ids = ["north:A,1", "north:B"] });
        Assert.Equal(
            "GET /rest/V1/inventory/source-items?searchCriteria[filter_groups][0][filters][0][field]=sku&searchCriteria[filter_groups][0][filters][0][value]=A,1"
            + "&searchCriteria[filter_groups][0][filters][1][field]=sku&searchCriteria[filter_groups][0][filters][1][value]=B"
            + "&searchCriteria[filter_groups][1][filters][0][field]=source_code&searchCriteria[filter_groups][1][filters][0][value]=north"
            + "&searchCriteria[filter_groups][1][filters][0][condition_type]=in&searchCriteria[sortOrders][0][field]=sku&searchCriteria[sortOrders][0][direction]=ASC"
            + "&searchCriteria[sortOrders][1][field]=source_code&searchCriteria[sortOrders][1][direction]=ASC&searchCriteria[pageSize]=2&searchCriteria[currentPage]=1",
            Assert.Single(store.Requests));
    }

    [Theory]
    [InlineData("legacy", "default:A", "products?searchCriteria[filter_groups][0][filters][0][field]=entity_id&searchCriteria[filter_groups][0][filters][0][value]=0&")]
    [InlineData("sources", "17", "inventory/source-items?searchCriteria[filter_groups][0][filters][0][field]=source_item_id&searchCriteria[filter_groups][0][filters][0][value]=0&")]
    public async Task What_was_read_before_the_store_got_or_lost_its_sources_is_gone(string stock, string id, string asked)
    {
        await using var store = await StoreStub.Answering(200, MagentoReadTests.List(0));
        using var page = await store.Read(new PageRequest(Entities.Stock, null, null, 20) { Ids = [id] }, stock);
        Assert.Equal((0, true), (page.Records.Count, page.IsLast));
        Assert.StartsWith($"GET /rest/V1/{asked}", Assert.Single(store.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_of_low_stock_that_ignores_the_page_is_not_read_for_ever()
    {
        await using var store = await StoreStub.Answering(200, MagentoReadTests.List(9, """{"product_id":1}""", """{"product_id":2}"""));
        using var first = await store.Read(new PageRequest(Entities.Stock, null, null, 2), "legacy");
        Assert.Equal(FailureKind.Data, (await store.Failure(new PageRequest(Entities.Stock, first.Next, null, 2), "legacy")).Kind);
        Assert.Equal("GET /rest/V1/stockItems/lowStock?scopeId=0&qty=100000000&currentPage=2&pageSize=2", store.Requests[1]);
    }

    [Theory]
    [InlineData("""{"items":[{"product_id":1}],"total_count":9}""")]
    [InlineData("""{"items":[],"total_count":9}""")]
    [InlineData("""{"items":[{"product_id":1}]}""")]
    [InlineData("""{"items":[{"item_id":1}],"total_count":1}""")]
    public async Task A_list_of_low_stock_that_ends_early_is_a_failure(string body)
    {
        await using var store = await StoreStub.Answering(200, body);
        Assert.Equal(FailureKind.Data, (await store.Failure(new PageRequest(Entities.Stock, null, null, 2), "legacy")).Kind);
    }

    static string Item(string sku, string source) => $$"""{"sku":"{{sku}}","source_code":"{{source}}","quantity":1,"status":1}""";
}
