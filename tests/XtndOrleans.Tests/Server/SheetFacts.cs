using System.Text;
using System.Text.Json;
using XtndOrleans.Engine.Records;
using XtndOrleans.Server.Records;

namespace XtndOrleans.Tests.Server;

/// <summary>What a page makes of a record, however strange its body is.</summary>
public sealed class SheetFacts
{
    const string Order = """
        {"subtotal": 209.7100, "shipping_amount": "15.50", "discount_amount": 0, "tax_amount": null, "total_due": 12345678901234567.8901,
         "billing_address": {"firstname": "Ann", "lastname": "Öst", "street": ["Storgatan 1", "2 tr"], "postcode": "111 22", "city": "Umeå", "country_id": "SE", "region": {"region": "Västerbotten"}},
         "payment": {"method": "checkmo"},
         "extension_attributes": {"shipping_assignments": [{"shipping": {"address": {"street": "One line", "city": 7}, "method": "flatrate"}}],
                                  "payment_additional_info": [{"key": "x", "value": "y"}, {"key": "method_title", "value": "Money order"}]}}
        """;

    [Fact]
    public void An_order_shows_what_the_store_says_with_exact_numbers()
    {
        var sheet = RecordSheet.Of("order", Record("order", Order));

        Assert.Equal(
            ["Subtotal 209.71\u00a0SEK", "Shipping 15.50\u00a0SEK", "Grand total 99.99\u00a0SEK", "Due 12,345,678,901,234,567.8901\u00a0SEK"],
            sheet.Totals.Select(total => $"{total.Label} {total.Value}"));
        Assert.Equal("Ann Öst|Storgatan 1|2 tr|111 22 Umeå|Västerbotten, SE", string.Join('|', sheet.Addresses[0].Lines));
        Assert.Equal("One line|7", string.Join('|', sheet.Addresses[1].Lines));
        Assert.Contains(sheet.Facts, fact => fact.Value == "Money order");
        Assert.Equal(("A", 2m, 0.10m), (sheet.Lines[0].Sku, sheet.Lines[0].Quantity, sheet.Lines[0].Price));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("17")]
    [InlineData("\"text\"")]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("""{"items": {"0": 1}, "billing_address": [], "extension_attributes": [], "payment": "x", "custom_attributes": {"a": 1}, "subtotal": {"a": 1}}""")]
    [InlineData("""{"items": [null, 1, "x", [], {"qty": []}], "billing_address": {"street": [null, 1, {}]}, "extension_attributes": {"shipping_assignments": [null]}, "subtotal": "many"}""")]
    [InlineData("""{"billing_address": {"city": "\ud800", "firstname": "\u0000"}, "\ud800": 1, "customer_id": 1e400}""")]
    public void A_strange_body_leaves_out_what_cannot_be_read_and_breaks_nothing(string body)
    {
        foreach (var entity in (string[])["product", "order", "invoice", "shipment", "accounting", "customer", "stock"])
        {
            var sheet = RecordSheet.Of(entity, Record(entity, body));
            Assert.All(sheet.Facts.Concat(sheet.Totals), fact => Assert.NotEmpty(fact.Value));
            Assert.NotNull(RecordCells.Line(entity, Record(entity, body), "Europe/Stockholm"));
        }

        Assert.NotNull(PrettyJson.Of(new(Encoding.UTF8.GetBytes(body))).Text);
    }

    [Fact]
    public void A_record_that_came_with_the_first_answer_reads_as_one_from_the_database()
    {
        var record = Record("order", Order);
        var kept = JsonSerializer.Deserialize<RecordView>(JsonSerializer.Serialize(record, JsonSerializerOptions.Web), JsonSerializerOptions.Web)!;

        Assert.Equal(JsonSerializer.Serialize(RecordSheet.Of("order", record)), JsonSerializer.Serialize(RecordSheet.Of("order", kept)));
        Assert.Equal(RecordCells.Line("order", record, "UTC").Cells, RecordCells.Line("order", kept, "UTC").Cells);
    }

    [Fact]
    public void Json_in_lines_keeps_every_byte_of_numbers_and_texts()
    {
        var (text, isCut) = PrettyJson.Of(new("""{"a":1.50,"b":[1e2,{}, []],"c\u00e5":"\u00e5\"x","d":{"e":null}}"""u8.ToArray()));

        Assert.Equal("{\n  \"a\": 1.50,\n  \"b\": [\n    1e2,\n    {},\n    []\n  ],\n  \"c\\u00e5\": \"\\u00e5\\\"x\",\n  \"d\": {\n    \"e\": null\n  }\n}", text);
        Assert.False(isCut);
        var big = PrettyJson.Of(new(Encoding.UTF8.GetBytes($"[\"{new string('x', PrettyJson.Most)}\"]")));
        Assert.Equal((PrettyJson.Most, true), (big.Text.Length, big.IsCut));
    }

    [Theory]
    [InlineData("12.5", "12.50")]
    [InlineData("12.5000", "12.50")]
    [InlineData("0.0001", "0.0001")]
    [InlineData("-1234567.891", "-1,234,567.891")]
    public void Money_keeps_every_digit_that_says_something(string amount, string shown) =>
        Assert.Equal(shown, Amounts.Money(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), null));

    static RecordView Record(string entity, string body) => new()
    {
        ExternalId = "7",
        Key = "000000007",
        SourceCreatedAt = null,
        SourceUpdatedAt = null,
        FirstSeenAt = DateTimeOffset.UnixEpoch,
        ChangedAt = DateTimeOffset.UnixEpoch,
        DeletedAt = null,
        Seq = 1,
        Fields = entity != "order" ? new Dictionary<string, object?>() : new Dictionary<string, object?>
        {
            ["status"] = "pending",
            ["currency"] = "SEK",
            ["grandTotal"] = 99.9900m,
            ["customerName"] = "Ann Öst",
            ["placedAt"] = DateTimeOffset.UnixEpoch,
            ["lines"] = new RawJson("""[{"sku":"A","name":"Chair","quantity":2,"price":0.10,"rowTotal":0.20}]"""u8.ToArray()),
        },
        Body = new RawJson(Encoding.UTF8.GetBytes(body)),
    };
}
