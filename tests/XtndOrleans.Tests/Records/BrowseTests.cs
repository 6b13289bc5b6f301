using XtndOrleans.Connectors;
using XtndOrleans.Engine;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Records;
using static XtndOrleans.Tests.Records.RecordWorld;

namespace XtndOrleans.Tests.Records;

public sealed class BrowseTests : IAsyncLifetime
{
    RecordWorld world = null!;

    public async ValueTask InitializeAsync() => world = await Start();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Orders_come_newest_first_those_without_a_time_last_and_each_once()
    {
        var (orders, run) = await world.Begin(Guid.NewGuid(), "order");
        await world.Commit(orders, run, 1, [.. Enumerable.Range(1, 25).Select(id => Placed(id, id > 20 ? null : Now.AddHours(-(id / 3))))]);
        var expected = Enumerable.Range(1, 20).OrderByDescending(id => Now.AddHours(-(id / 3))).ThenBy(id => $"{id}", StringComparer.Ordinal).Concat(Enumerable.Range(21, 5));

        foreach (var size in (int[])[1, 3, 4, 25, 50])
        {
            Assert.Equal(expected.Select(id => $"{id}"), await Walk(orders, new(), size));
        }
    }

    [Fact]
    public async Task Other_records_come_by_their_last_change()
    {
        await world.Commit([.. Enumerable.Range(1, 9).Select(id => Product(id))]);
        await world.Commit(Product(4, "Other"));

        Assert.Equal("4,9,8,7,6,5,3,2,1", string.Join(',', await Walk(world.Products, new(), 2)));
    }

    [Theory]
    [InlineData("sku-1", "1,12")]
    [InlineData("SKU-12", "12")]
    [InlineData("åre", "12")]
    [InlineData("SKI åR", "12")]
    [InlineData("100%", "1")]
    [InlineData("2", "2")]
    [InlineData("marie", "1")]
    [InlineData("arie", "")]
    [InlineData("skis chair", "")]
    [InlineData("it's \\ & !(x)", "")]
    [InlineData("nothing\0", "")]
    [InlineData("  ", "1,12,2")]
    public async Task A_search_finds_the_beginnings_of_words_and_ids_whole(string typed, string expected)
    {
        await world.Commit(Product(1, "Wool 100% Ann-Marie"), Product(2, "Chair"), Product(12, "Skis of Åre"));

        Assert.Equal(expected, string.Join(',', (await Walk(world.Products, new(typed), 10)).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("100000002")]
    [InlineData("ann2@example.com")]
    [InlineData("ANN2@")]
    [InlineData("öst 2")]
    public async Task Orders_are_found_by_number_address_and_name(string typed)
    {
        var (orders, run) = await world.Begin(Guid.NewGuid(), "order");
        await world.Commit(orders, run, 1, Order(1), Order(2), Order(30));

        Assert.Equal(["2"], await Walk(orders, new(typed), 10));
        Assert.Equal(3, (await Walk(orders, new("example.com"), 10)).Count);
    }

    [Fact]
    public async Task Papers_are_found_by_their_number_with_or_without_zeros()
    {
        var (invoices, run) = await world.Begin(Guid.NewGuid(), "invoice");
        await world.Commit(invoices, run, 1, Invoice(1, "000000031"), Invoice(2, "000000314"), Invoice(3, "000000999"));

        Assert.Equal(["2", "1"], await Walk(invoices, new("31"), 10));
        Assert.Equal(["2"], await Walk(invoices, new("000000314"), 10));
        Assert.Empty(await Walk(invoices, new("_"), 10));
    }

    [Fact]
    public async Task A_word_that_very_many_have_gives_the_newest_of_them_and_goes_on_to_the_last()
    {
        await world.Commit([.. Enumerable.Range(1, 2300).Select(id => Product(id, id % 10 == 0 ? "Rare thing" : "Common thing"))]);

        var common = await Walk(world.Products, new("common"), 500);
        Assert.Equal(Enumerable.Range(1, 2300).Where(id => id % 10 != 0).Reverse().Select(id => $"{id}"), common);
        Assert.Equal(2300, (await Walk(world.Products, new("thing"), 1000)).Count);
        Assert.Equal(["2300", "2290"], (await Walk(world.Products, new("rare"), 500)).Take(2));
    }

    [Fact]
    public async Task Only_what_is_asked_for_is_listed()
    {
        var (orders, run) = await world.Begin(Guid.NewGuid(), "order");
        await world.Commit(orders, run, 1, [.. Enumerable.Range(1, 8).Select(id => Placed(id, Now.AddDays(-id), id % 2 == 0 ? "complete" : "pending"))]);
        await world.Commit(orders, run, 1, last: false, Now.AddHours(1), Placed(6, Now.AddDays(-6), "closed"));
        await world.Database.Scalar("UPDATE xtnd.order SET deleted_at = now() WHERE external_id = '2'");

        Assert.Equal(["4", "8"], await Walk(orders, new(Status: "complete"), 1));
        Assert.Equal(["2", "4", "8"], await Walk(orders, new(Status: "complete", IncludeDeleted: true), 1));
        Assert.Empty(await Walk(orders, new(Status: "com"), 10));
        Assert.Empty(await Walk(orders, new("=complete", Status: "closed"), 10));
        Assert.Equal(["8"], await Walk(orders, new("ann8", Status: "complete"), 10));
        Assert.Equal(["6"], await Walk(orders, new(ChangedSince: Now.AddHours(1)), 10));
        Assert.Equal(["6"], await Walk(orders, new("ann6", ChangedSince: Now.AddHours(1)), 10));
        Assert.Empty(await Walk(orders, new(ChangedSince: Now.AddHours(2)), 10));
        Assert.Equal(7, (await Walk(orders, new(ChangedSince: Now.AddYears(-1)), 2)).Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("cjE6MTc")] // of the REST API's list
    public async Task A_cursor_of_another_list_is_invalid(string cursor)
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(() => world.Queries.Browse(world.Products, new(), 10, cursor, Cancelled));
        Assert.Equal((ProblemKind.Invalid, "invalid_cursor"), (problem.Kind, problem.Code));
    }

    [Fact]
    public async Task A_stranger_sees_nothing()
    {
        await world.Commit(Product(1, "Chair"));
        EntityId[] strangers =
        [
            world.Products with { Connection = world.Products.Connection with { Tenant = Guid.NewGuid() } },
            world.Products with { Connection = world.Products.Connection with { Connection = Guid.NewGuid() } },
        ];
        foreach (var stranger in strangers)
        {
            Assert.Empty((await world.Queries.Browse(stranger, new("chair", IncludeDeleted: true), 10, null, Cancelled)).Items);
            Assert.Empty((await world.Queries.Browse(stranger, new(ChangedSince: Now.AddYears(-1)), 10, null, Cancelled)).Items);
        }
    }

    async Task<List<string>> Walk(EntityId id, RecordsAsked asked, int size)
    {
        var read = new List<string>();
        string? cursor = null;
        do
        {
            var page = await world.Queries.Browse(id, asked, size, cursor, Cancelled);
            Assert.True(page.Items.Count <= size);
            read.AddRange(page.Items.Select(record => record.ExternalId));
            cursor = page.Next;
        }
        while (cursor is not null);
        return read;
    }

    static StoreRecord Placed(int id, DateTimeOffset? at, string status = "pending") =>
        Record(id, (OrderFields)Order(id).Fields with { PlacedAt = at, Status = status }, $$"""{"entity_id":{{id}},"status":"{{status}}"}""");

    static StoreRecord Invoice(int id, string number) =>
        Record(id, new InvoiceFields { Number = number, OrderExternalId = "7", State = "paid", Currency = "SEK", GrandTotal = 10m, IssuedAt = Now }, $$"""{"entity_id":{{id}}}""");

    static CancellationToken Cancelled => TestContext.Current.CancellationToken;
}
