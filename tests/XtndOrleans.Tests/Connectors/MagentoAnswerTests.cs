using System.Text;
using XtndOrleans.Connectors;

namespace XtndOrleans.Tests.Connectors;

/// <summary>Answers that are not what they should be.</summary>
public sealed class MagentoAnswerTests
{
    [Theory]
    [InlineData("", "empty")]
    [InlineData("   ", "cut off")]
    [InlineData("[]", "not an object")]
    [InlineData("\"text\"", "not an object")]
    [InlineData("null", "not an object")]
    [InlineData("{}", "no list")]
    [InlineData("""{"message":"Internal Error"}""", "no list")]
    [InlineData("""{"items":{},"total_count":0}""", "not a list")]
    [InlineData("""{"items":[],"total_count":3}""", "no items")]
    [InlineData("""{"items":null,"total_count":3}""", "no items")]
    [InlineData("""{"items":[]}""", "no items")]
    [InlineData("""{"items":[{"id":1}],"total_count":"many"}""", "total_count")]
    [InlineData("""{"items":[{"id":1}],"total_count":-1}""", "total_count")]
    [InlineData("""{"items":[{"id":1},null],"total_count":2}""", "position 2")]
    [InlineData("""{"items":[{"id":1},{"sku":"secret"}],"total_count":2}""", "position 2")]
    [InlineData("""{"items":[{"id":"x"}],"total_count":1}""", "position 1")]
    [InlineData("""{"items":[{"id":0}],"total_count":1}""", "position 1")]
    [InlineData("""{"items":[{"id":1}],"total_count":""", "cut off")]
    [InlineData("""{"items":[{"id":1},{"id":2,"na""", "cut off")]
    [InlineData("""{"items":[{"id":1}],"total_count":1}{"messages":{"error":[{"code":500}]}}""", "cut off")]
    [InlineData("""{"items":[{"\ud800":1,"id":1}],"total_count":1}""", "cut off")]
    [InlineData("""{"\ud800":1,"items":[{"id":1}],"total_count":1}""", "cut off")]
    [InlineData("<html><body>Home</body></html>", "web page")]
    [InlineData("\uFEFF\n<!doctype html>", "web page")]
    public async Task What_is_not_a_list_is_a_failure_and_never_an_empty_page(string body, string expected)
    {
        await using var store = await StoreStub.Answering(200, body);

        var failure = await store.Failure();

        Assert.Equal((FailureCodes.MalformedAnswer, FailureKind.Data), (failure.Code, failure.Kind));
        Assert.Contains(expected, failure.Message);
        Assert.DoesNotContain("secret", failure.ToString());
    }

    [Fact]
    public async Task An_answer_nested_without_end_is_a_failure()
    {
        await using var store = await StoreStub.Answering(200, MagentoReadTests.List(1, $$"""{"id":1,"x":{{new string('[', 100_000)}}}"""));
        Assert.Equal(FailureCodes.MalformedAnswer, (await store.Failure()).Code);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_a_failure()
    {
        await using var store = await StoreStub.Start(c => c.Response.Body.WriteAsync((byte[])[.. "{\"items\":[{\"id\":1,\"name\":\""u8, 0xFF, .. "\"}],\"total_count\":1}"u8]).AsTask());
        Assert.Equal(FailureCodes.MalformedAnswer, (await store.Failure()).Code);
    }

    [Theory]
    [InlineData("""{"items":[],"total_count":0}""")]
    [InlineData("""{"items":null,"total_count":0}""")]
    [InlineData("\uFEFF {\"items\":[],\"search_criteria\":{\"filter_groups\":[]},\"total_count\":0}\n")]
    public async Task A_list_of_nothing_is_the_last_page(string body)
    {
        await using var store = await StoreStub.Answering(200, body);
        using var page = await store.Read();
        Assert.Empty(page.Records);
        Assert.True(page.IsLast);
    }

    [Theory]
    [InlineData(1, 2, true)]
    [InlineData(2, 2, true)]
    [InlineData(5, 2, false)]
    public async Task A_short_page_is_the_last_only_when_the_store_counts_no_more(int total, int records, bool isLast)
    {
        await using var store = await StoreStub.Answering(200, MagentoReadTests.List(total, Products(records)));
        using var page = await store.Read(size: 100);
        Assert.Equal(isLast, page.IsLast);
        Assert.Equal(total, page.Total);
    }

    [Fact]
    public async Task A_full_page_is_not_the_last_even_when_the_store_counts_no_more()
    {
        await using var store = await StoreStub.Answering(200, MagentoReadTests.List(2, Products(2)));
        using var page = await store.Read(size: 2);
        Assert.False(page.IsLast);
    }

    [Fact]
    public async Task A_store_that_ignores_the_filter_fails_instead_of_being_read_for_ever()
    {
        await using var store = await StoreStub.Answering(200, MagentoReadTests.List(2, Products(2)));
        var failure = await store.Failure(after: "2");
        Assert.Equal((FailureCodes.MalformedAnswer, FailureKind.Data), (failure.Code, failure.Kind));
        Assert.Contains("ignores the filter", failure.Message);
    }

    [Fact]
    public async Task A_store_that_ignores_the_order_fails_because_records_between_would_be_lost()
    {
        await using var store = await StoreStub.Answering(200, MagentoReadTests.List(9, """{"id":9}""", """{"id":3}"""));
        Assert.Contains("order of ids", (await store.Failure(size: 2)).Message);
    }

    [Fact]
    public async Task A_whole_list_out_of_order_is_put_in_order_and_the_last_sighting_of_an_id_wins()
    {
        await using var store = await StoreStub.Answering(200, MagentoReadTests.List(3, """{"id":9,"sku":"a"}""", """{"id":3,"sku":"b"}""", """{"id":9,"sku":"c"}""", """{"id":10,"sku":"d"}"""));
        using var page = await store.Read();
        Assert.Equal([("3", "b"), ("9", "c"), ("10", "d")], page.Records.Select(r => (r.ExternalId, r.Fields.Key!)));
    }

    [Fact]
    public async Task An_id_twice_in_a_row_comes_once()
    {
        await using var store = await StoreStub.Answering(200, MagentoReadTests.List(9, """{"id":1,"sku":"a"}""", """{"id":"1","sku":"b"}""", """{"id":2,"sku":"c"}"""));
        using var page = await store.Read(size: 3);
        Assert.Equal([("1", "b"), ("2", "c")], page.Records.Select(r => (r.ExternalId, r.Fields.Key!)));
    }

    [Fact]
    public async Task A_short_page_with_an_id_twice_is_not_the_last_when_another_record_is_counted()
    {
        await using var store = await StoreStub.Answering(200, MagentoReadTests.List(3, """{"id":1}""", """{"id":1}""", """{"id":2}"""));
        using var page = await store.Read(size: 25);
        Assert.Equal((false, "2"), (page.IsLast, page.Next));
    }

    [Theory]
    [InlineData("19.990000", "19.99")]
    [InlineData("\"19.990000\"", "19.99")]
    [InlineData("\"-0.5\"", "-0.5")]
    [InlineData("1e2", "100")]
    [InlineData("0.1", "0.1")]
    [InlineData("12345678901234567890.1234", "12345678901234567890.1234")]
    [InlineData("null", null)]
    [InlineData("\"\"", null)]
    [InlineData("\"abc\"", null)]
    [InlineData("1e99", null)]
    [InlineData("{\"x\":[1]}", null)]
    [InlineData("true", null)]
    public async Task An_amount_is_exact_however_it_is_written(string written, string? expected)
    {
        await using var store = await StoreStub.Answering(200, MagentoReadTests.List(1, $$"""{"price":{{written}},"id":"07","status":"2"}"""));
        using var page = await store.Read();
        var record = Assert.Single(page.Records);
        var product = Assert.IsType<ProductFields>(record.Fields);
        Assert.Equal(expected is null ? null : decimal.Parse(expected), product.Price);
        Assert.Equal(("7", "disabled"), (record.ExternalId, product.Status));
    }

    [Theory]
    [InlineData("\"2026-02-28 23:59:59\"", "2026-02-28T23:59:59Z")]
    [InlineData("\"2024-02-29T01:02:03\"", "2024-02-29T01:02:03Z")]
    [InlineData("\"0000-00-00 00:00:00\"", null)]
    [InlineData("\"2026-02-29 00:00:00\"", null)]
    [InlineData("\"2026-13-01 00:00:00\"", null)]
    [InlineData("\"2026-01-01 24:00:00\"", null)]
    [InlineData("\"20x6-01-01 00:00:00\"", null)]
    [InlineData("\"yesterday\"", null)]
    [InlineData("1763900000", null)]
    [InlineData("null", null)]
    [InlineData("[]", null)]
    public async Task A_time_is_utc_or_unknown(string written, string? expected)
    {
        await using var store = await StoreStub.Answering(200, MagentoReadTests.List(1, $$"""{"id":1,"updated_at":{{written}}}"""));
        using var page = await store.Read();
        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected), Assert.Single(page.Records).SourceUpdatedAt);
    }

    [Fact]
    public async Task Text_that_the_database_cannot_hold_is_left_out()
    {
        await using var store = await StoreStub.Answering(200, MagentoReadTests.List(1, """{"id":1,"sku":"a\u0000b","name":"\ud800","type_id":"\udc00","status":"\ud83d"}"""));
        using var page = await store.Read();
        Assert.Equal(new ProductFields { Sku = "ab" }, Assert.Single(page.Records).Fields);
    }

    [Fact]
    public async Task An_order_is_read_with_its_lines()
    {
        const string order = """
            {"created_at":"2026-11-23 15:53:00","customer_email":"a@example.com","entity_id":12,"grand_total":564.1,"increment_id":"000000900-1","order_currency_code":"EUR","state":"complete","status":"shipped_out","items":[
            {"sku":"C-1","name":"Shirt","qty_ordered":2,"price":"10.5000","row_total":21,"product_type":"configurable","item_id":1},
            {"sku":"C-1","name":"Shirt M","qty_ordered":2,"price":0,"row_total":0,"item_id":2,"parent_item_id":1,"parent_item":{"sku":"X","price":10.5}},
            {"sku":"D"}],"billing_address":{"firstname":"José","lastname":"Peña López","city":"Madrid"},"extension_attributes":[]}
            """;
        await using var store = await StoreStub.Answering(200, MagentoReadTests.List(1, order));
        using var page = await store.Read(Entities.Order);

        var fields = Assert.IsType<OrderFields>(Assert.Single(page.Records).Fields);
        Assert.Equal(
            ("000000900-1", "complete", "shipped_out", "EUR", 564.1m, "a@example.com", "José Peña López", new DateTimeOffset(2026, 11, 23, 15, 53, 0, TimeSpan.Zero)),
            (fields.Number, fields.State, fields.Status, fields.Currency, fields.GrandTotal, fields.CustomerEmail, fields.CustomerName, fields.PlacedAt));
        Assert.Equal([new OrderLine("C-1", "Shirt", 2, 10.5m, 21), new OrderLine("D", null, null, null, null)], fields.Lines);
    }

    [Fact]
    public async Task A_hash_changes_with_any_byte_and_with_nothing_else()
    {
        await using var one = await StoreStub.Answering(200, MagentoReadTests.List(2, """{"id":1,"x":1}""", """{"id":2,"x":1}"""));
        await using var other = await StoreStub.Answering(200, MagentoReadTests.List(2, """{"id":1,"x":1}""", """{"id":2,"x":2}"""));
        using var before = await one.Read();
        using var after = await other.Read();
        Assert.Equal(before.Records[0].Hash, after.Records[0].Hash);
        Assert.NotEqual(before.Records[1].Hash, after.Records[1].Hash);
    }

    [Fact]
    public async Task A_page_can_be_disposed_twice_and_not_read_afterwards_by_another()
    {
        await using var store = await StoreStub.Answering(200, MagentoReadTests.List(2, Products(2)));
        var page = await store.Read();
        page.Dispose();
        page.Dispose();
        using var next = await store.Read();
        using var another = await store.Read();
        Assert.Equal("{\"id\":1}", Encoding.UTF8.GetString(next.Records[0].Body.Span));
        Assert.NotSame(next.Records[0], another.Records[0]);
    }

    static string[] Products(int count) => [.. Enumerable.Range(1, count).Select(i => $$"""{"id":{{i}}}""")];
}
