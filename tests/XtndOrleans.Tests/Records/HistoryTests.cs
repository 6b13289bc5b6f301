using XtndOrleans.Connectors;
using static XtndOrleans.Tests.Records.RecordWorld;

namespace XtndOrleans.Tests.Records;

public sealed class HistoryTests : IAsyncLifetime
{
    const string History = "SELECT concat_ws(' ', external_id, seq, op, array_to_string(fields, '+')) FROM xtnd.record_history ORDER BY seq";

    RecordWorld world = null!;

    public async ValueTask InitializeAsync() => world = await Start();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_change_is_kept_with_its_run_and_the_names_of_what_differs_and_a_first_sight_is_not()
    {
        await world.Commit(Product(1), Product(2), Product(3));
        Assert.Equal("", await world.Column(History));

        await world.Commit(world.Products, world.Run, 1, last: false, Now.AddHours(1), Product(1), Product(2, "Other", 9m), Product(3, price: 3m), Product(4));
        Assert.Equal("2 4 update name+price,3 5 update price", await world.Column(History));
        Assert.Equal("2", await world.Column($"SELECT count(*) FROM xtnd.record_history WHERE run_id = '{world.Run}' AND changed_at = '2026-11-23 09:00Z'"));
    }

    [Fact]
    public async Task What_is_read_again_unchanged_leaves_no_trace()
    {
        await world.Commit(Product(1), Product(2));
        var rows = await world.Column("SELECT xmin FROM xtnd.product ORDER BY external_id");
        await world.Commit(Product(1), Product(2));

        Assert.Equal(rows, await world.Column("SELECT xmin FROM xtnd.product ORDER BY external_id"));
        Assert.Equal("", await world.Column(History));
    }

    [Fact]
    public async Task A_record_that_comes_back_is_kept_as_a_return()
    {
        await world.Commit(Product(1), Product(2));
        await world.Store.Bury(world.Products, world.Run, 1, ["1", "2"], Now, TestContext.Current.CancellationToken);
        await world.Commit(Product(1), Product(2, "Other"));

        Assert.Equal("1 3 delete ,2 4 delete ,1 5 return ,2 6 return name", await world.Column(History));
    }

    [Theory]
    [InlineData("""{"a":1,"b":[1,2],"c":{"d":1}}""", """{"c":{"d":2},"b":[1,2],"a":1,"e":null}""", "c+e")]
    [InlineData("""{"custom_attributes":[{"attribute_code":"special_price","value":"1"},{"attribute_code":"url_key","value":"x"}]}""",
        """{"custom_attributes":[{"attribute_code":"url_key","value":"x"},{"attribute_code":"special_price","value":"2"}]}""", "custom_attributes.special_price")]
    [InlineData("""{"extension_attributes":{"stock_item":{"qty":1},"website_ids":[1]}}""", """{"extension_attributes":{"stock_item":{"qty":2},"website_ids":[1]}}""",
        "extension_attributes.stock_item")]
    [InlineData("""{"extension_attributes":[],"name":"x"}""", """{"extension_attributes":{"a":1},"name":"x"}""", "extension_attributes+extension_attributes.a")]
    [InlineData("""{"name":"a\u0000b","other":"\u00e5"}""", """{"name":"a","other":"\u00e5"}""", "name")]
    [InlineData("""{"name":"half \ud83d","other":"\\u0000"}""", """{"name":"whole \ud83d\ude00","other":"\\u0000"}""", "name")]
    [InlineData("""{"name":"a","name":"b"}""", """{"name":"a","name":"c"}""", "name")]
    [InlineData("""[1]""", """{"name":"a"}""", "name")]
    [InlineData("""{"name":"a"}""", """{ "name" : "a" }""", "")]
    public async Task The_names_are_those_of_the_stores_fields(string old, string changed, string fields)
    {
        await world.Commit(Record(1, new ProductFields(), old));
        await world.Commit(Record(1, new ProductFields(), changed));

        Assert.Equal($"1 2 update {fields}", await world.Column(History));
    }

    [Fact]
    public async Task The_history_goes_with_its_connection()
    {
        var (others, run) = await world.Begin(Guid.NewGuid());
        foreach (var name in new[] { "A", "B", "C" })
        {
            await world.Commit([.. Enumerable.Range(1, 25).Select(id => Product(id, name))]);
            await world.Commit(others, run, 1, Product(1, name));
        }

        await world.Store.EraseConnection(world.Products.Connection, 10, TestContext.Current.CancellationToken);

        Assert.Equal($"{others.Connection.Connection}", await world.Column("SELECT DISTINCT connection_id FROM xtnd.record_history"));
        Assert.Equal("2", await world.Column("SELECT count(*) FROM xtnd.record_history"));
    }
}
