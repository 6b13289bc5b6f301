using XtndOrleans.Connectors;
using XtndOrleans.Connectors.Magento;

namespace XtndOrleans.Tests.Connectors;

/// <summary>Requests for a part of a list, and answers that are not that part.</summary>
public sealed class MagentoRequestTests
{
    static readonly PageRequest Orders = new(Entities.Order, null, null, 50);

    [Fact]
    public async Task A_range_of_ids_without_some_is_asked_for()
    {
        await using var store = await StoreStub.Answering(200, MagentoReadTests.List(0));
        using var page = await store.Read(Orders with { AfterId = "10", UpToId = "90", Except = ["12", "13"] });
        Assert.Equal(
            "GET /rest/V1/orders?searchCriteria[filter_groups][0][filters][0][field]=entity_id&searchCriteria[filter_groups][0][filters][0][value]=10"
            + "&searchCriteria[filter_groups][0][filters][0][condition_type]=gt&searchCriteria[filter_groups][1][filters][0][field]=entity_id"
            + "&searchCriteria[filter_groups][1][filters][0][value]=90&searchCriteria[filter_groups][1][filters][0][condition_type]=lteq"
            + "&searchCriteria[filter_groups][2][filters][0][field]=entity_id&searchCriteria[filter_groups][2][filters][0][value]=12,13"
            + "&searchCriteria[filter_groups][2][filters][0][condition_type]=nin"
            + "&searchCriteria[sortOrders][0][field]=entity_id&searchCriteria[sortOrders][0][direction]=ASC&searchCriteria[pageSize]=50&searchCriteria[currentPage]=1",
            Assert.Single(store.Requests));
    }

    [Fact]
    public async Task The_newest_is_asked_for_without_those_that_the_store_cannot_deliver()
    {
        await using var store = await StoreStub.Answering(200, MagentoReadTests.List(0));
        using var page = await store.Read(Orders with { NewestOnly = true, Except = ["12"] });
        Assert.Contains("[field]=entity_id&searchCriteria[filter_groups][0][filters][0][value]=12&searchCriteria[filter_groups][0][filters][0][condition_type]=nin", Assert.Single(store.Requests));
    }

    [Fact]
    public async Task A_count_reads_no_record()
    {
        await using var store = await StoreStub.Answering(200, """{"total_count":1257}""");
        using var page = await store.Read(Orders with { AfterId = "10", CountOnly = true });
        Assert.Equal((1257L, true, 0), (page.Total, page.IsLast, page.Records.Count));
        Assert.EndsWith("[condition_type]=gt&searchCriteria[pageSize]=1&fields=total_count", Assert.Single(store.Requests));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"total_count":null}""")]
    [InlineData("""{"total_count":"12"}""")]
    [InlineData("""{"items":[]}""")]
    public async Task What_is_no_count_is_a_failure(string body)
    {
        await using var store = await StoreStub.Answering(200, body);
        foreach (var entity in new[] { Entities.Order, Entities.Stock })
        {
            Assert.Equal(FailureKind.Data, (await store.Failure(Orders with { Entity = entity, CountOnly = true })).Kind);
        }
    }

    [Fact]
    public async Task Named_records_come_in_one_page_and_may_be_fewer()
    {
        await using var store = await StoreStub.Answering(200, MagentoReadTests.List(2, """{"entity_id":9}""", """{"entity_id":3}"""));
        using var page = await store.Read(Orders with { Ids = ["9", "3", "5"] });
        Assert.Equal(["3", "9"], page.Records.Select(r => r.ExternalId));
        Assert.True(page.IsLast);
        Assert.Contains("[value]=9,3,5&searchCriteria[filter_groups][0][filters][0][condition_type]=in", Assert.Single(store.Requests));
    }

    [Fact]
    public async Task That_no_named_record_is_there_is_believed_only_with_a_count()
    {
        await using var store = await StoreStub.Answering(200, MagentoReadTests.List(0));
        using var page = await store.Read(Orders with { Ids = ["9"] });
        Assert.Equal((0, true), (page.Records.Count, page.IsLast));

        foreach (var body in new[] { """{"items":[]}""", """{"items":[{"entity_id":9}]}""", """{"items":[{"entity_id":9}],"total_count":2}""",
            """{"items":[{"entity_id":9},{"entity_id":9}],"total_count":2}""", """{"total_count":0}""" })
        {
            await using var other = await StoreStub.Answering(200, body);
            Assert.Equal(FailureKind.Data, (await other.Failure(Orders with { Ids = ["9", "8"] })).Kind);
        }
    }

    [Fact]
    public async Task Records_that_were_not_asked_for_are_a_failure()
    {
        await using var store = await StoreStub.Answering(200, MagentoReadTests.List(2, """{"entity_id":5}""", """{"entity_id":7}"""));
        foreach (var request in new[] { Orders with { Ids = ["5", "6"] }, Orders with { UpToId = "6" }, Orders with { Except = ["5"] }, Orders with { AfterId = "5" } })
        {
            Assert.Equal((FailureKind.Data, FailureCodes.MalformedAnswer), await store.Failure(request) is var f ? (f.Kind, f.Code) : default);
        }
    }

    [Fact]
    public void The_longest_address_is_short_enough_for_any_server()
    {
        var ids = Enumerable.Range(0, 100).Select(n => $"{12_345_600 + n}").ToList();
        foreach (var entity in MagentoEntity.All.Where(e => e.HasNumericIds))
        {
            Assert.InRange(MagentoQuery.Page(entity, new(entity.Name, null, null, 100) { Ids = ids }).Length, 1000, 2000);
            Assert.InRange(MagentoQuery.Page(entity, new(entity.Name, "12345678", DateTimeOffset.UnixEpoch, 100) { Except = ids, UpToId = "12345699" }).Length, 1000, 2000);
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => MagentoQuery.Page(MagentoEntity.All[1], Orders with { Ids = [.. ids, "1"] }));
        Assert.Throws<ArgumentException>(() => MagentoQuery.Page(MagentoEntity.Named(Entities.Stock), new(Entities.Stock, null, null, 1) { UpToId = "1" }));
    }

    [Fact]
    public async Task The_description_says_how_each_entity_can_be_read()
    {
        await using var store = await StoreStub.Answering(200, "");
        Assert.Equal(
            [
                ("product", "Products", "daily", 200, "nightly", true), ("order", "Orders", "hourly", 50, "weekly", true), ("invoice", "Invoices", "daily", 200, "weekly", true),
                ("shipment", "Shipments", "daily", 200, "weekly", true), ("accounting", "Credit memos", "daily", 200, "weekly", true),
                ("customer", "Customers", "daily", 100, "nightly", true), ("stock", "Stock", "daily", 500, "nightly", false),
            ],
            store.Magento.Description.Entities.Select(e => (e.Entity, e.Label, e.DefaultFrequency, e.DefaultPageSize, e.DefaultSweep, e.HasDeltas)));
        Assert.All(store.Magento.Description.Entities, e => Assert.Equal(e.HasDeltas, e.HasNumericIds));
    }
}
