using System.Text;
using XtndOrleans.Connectors;

namespace XtndOrleans.Tests.Connectors;

public sealed class MagentoReadTests
{
    const string Product = """
        {"id":7,"sku":"A\/1","name":"Räv \u00e4r","attribute_set_id":4,"price":9.990000,"status":1,"visibility":4,"type_id":"simple","created_at":"2026-11-20 08:00:00","updated_at":"2026-11-23 15:21:03","extension_attributes":{"website_ids":[1],"stock_item":{"item_id":7,"qty":12.5,"is_in_stock":true}},"options":[],"custom_attributes":[{"attribute_code":"cost","value":"5.000000"}],"unknown_field":{"kept":[1,2,{"x":null}]}}
        """;

    [Fact]
    public async Task A_product_is_read_with_its_fields_and_its_exact_json()
    {
        await using var store = await StoreStub.Answering(200, List(1, Product));
        using var page = await store.Read();

        var record = Assert.Single(page.Records);
        Assert.Equal("7", record.ExternalId);
        Assert.Equal(new ProductFields { Sku = "A/1", Name = "Räv är", Type = "simple", Status = "enabled", Price = 9.99m, Quantity = 12.5m }, record.Fields);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 15, 21, 3, TimeSpan.Zero), record.SourceUpdatedAt);
        Assert.Equal(new DateTimeOffset(2026, 11, 20, 8, 0, 0, TimeSpan.Zero), record.SourceCreatedAt);
        Assert.Equal(Product, Encoding.UTF8.GetString(record.Body.Span));
        Assert.True(page.IsLast);
        Assert.Equal(1, page.Total);
        Assert.NotNull(page.StoreTime);
        Assert.Equal(Encoding.UTF8.GetByteCount(List(1, Product)), page.Bytes);
    }

    [Fact]
    public async Task A_page_is_asked_for_by_id_and_by_time_of_change()
    {
        await using var store = await StoreStub.Answering(200, List(0));
        using var page = await store.Read(Entities.Order, after: "41", size: 50, since: new DateTimeOffset(2026, 11, 23, 17, 5, 9, TimeSpan.FromHours(2)));

        Assert.Equal(
            "GET /rest/V1/orders?searchCriteria[filter_groups][0][filters][0][field]=entity_id&searchCriteria[filter_groups][0][filters][0][value]=41"
            + "&searchCriteria[filter_groups][0][filters][0][condition_type]=gt&searchCriteria[filter_groups][1][filters][0][field]=updated_at"
            + "&searchCriteria[filter_groups][1][filters][0][value]=2026-11-23 15:05:09&searchCriteria[filter_groups][1][filters][0][condition_type]=gteq"
            + "&searchCriteria[sortOrders][0][field]=entity_id&searchCriteria[sortOrders][0][direction]=ASC&searchCriteria[pageSize]=50&searchCriteria[currentPage]=1",
            Assert.Single(store.Requests));
    }

    [Fact]
    public async Task The_newest_record_alone_can_be_asked_for()
    {
        await using var store = await StoreStub.Answering(200, List(2803, Product));
        using var page = await store.Read(newest: true);

        Assert.Equal(2803, page.Total);
        Assert.Equal(
            "GET /rest/V1/products?searchCriteria[sortOrders][0][field]=updated_at&searchCriteria[sortOrders][0][direction]=DESC&searchCriteria[pageSize]=1&searchCriteria[currentPage]=1",
            Assert.Single(store.Requests));
    }

    internal static string List(long total, params string[] items) =>
        $$"""{"items":[{{string.Join(',', items)}}],"search_criteria":{"filter_groups":[],"page_size":100},"total_count":{{total}}}""";
}
