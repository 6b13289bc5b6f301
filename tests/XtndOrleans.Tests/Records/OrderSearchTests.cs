using XtndOrleans.Connectors;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Records;
using static XtndOrleans.Tests.Records.RecordWorld;

namespace XtndOrleans.Tests.Records;

public sealed class OrderSearchTests : IAsyncLifetime
{
    readonly Guid tenant = Guid.NewGuid();
    RecordWorld world = null!;

    OrderSearch Search => new(world.Database.DataSource);

    public async ValueTask InitializeAsync() => world = await Start();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Theory]
    [InlineData("000012345", "000012345,000012345-1")]
    [InlineData("12345", "000012345,000012345-1")]
    [InlineData(" #000012345 ", "000012345,000012345-1")]
    [InlineData("0000000012345", "000012345,000012345-1")]
    [InlineData("000012345-1", "000012345-1")]
    [InlineData("12345-1", "000012345-1")]
    [InlineData("00001234", "000012345,000012345-1,000012346")]
    [InlineData("1234", "000012345,000012345-1,000012346")]
    [InlineData("web-77", "WEB-77")]
    [InlineData("WEB-7", "WEB-77")]
    [InlineData("99", "")]
    [InlineData("0", "000012345,000012345-1,000012346,000500000")]
    [InlineData("%", "")]
    [InlineData("' | \\", "")]
    [InlineData("\0", "")]
    [InlineData("  # ", "")]
    public async Task A_number_is_found_whole_with_its_edits_and_otherwise_by_its_beginning(string typed, string expected)
    {
        await Hold(Numbered(1, "000012345"), Numbered(2, "000012345-1"), Numbered(3, "000012346"), Numbered(4, "000500000"), Numbered(5, "WEB-77"), Numbered(6, null));

        Assert.Equal(expected, string.Join(',', (await Search.Find(tenant, typed, Cancelled)).Select(hit => hit.Number).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task All_stores_of_the_tenant_are_looked_through_and_no_strangers()
    {
        var first = await Hold(Numbered(1, "000000007"));
        var second = await Hold(Numbered(1, "7"));
        var (strange, run) = await world.Begin(Guid.NewGuid(), "order");
        await world.Commit(strange, run, 1, Numbered(1, "000000007"));

        var hits = await Search.Find(tenant, "7", Cancelled);

        Assert.Equal(
            new[] { first, second }.Select(id => id.Connection.ToString()).Order(), hits.Select(hit => hit.Connection).Order());
        Assert.Equal(strange.Connection.ToString(), Assert.Single(await Search.Find(strange.Connection.Tenant, "7", Cancelled)).Connection);
        Assert.Empty(await Search.Find(Guid.NewGuid(), "7", Cancelled));
    }

    [Fact]
    public async Task A_hit_tells_what_a_person_asks_for_and_a_deleted_order_is_found_last()
    {
        var orders = await Hold(Numbered(1, "000000007"), Numbered(2, "000000007-1"));
        await world.Database.Scalar("UPDATE xtnd.order SET deleted_at = now() WHERE external_id = '1'");

        var hits = await Search.Find(tenant, "7", Cancelled);

        Assert.Equal(["000000007-1", "000000007"], hits.Select(hit => hit.Number));
        Assert.Equal([false, true], hits.Select(hit => hit.DeletedAt is not null));
        Assert.Equal((orders.Connection.ToString(), "C", "SEK", 99.9900m, "pending", "2"), (hits[0].Connection, hits[0].Store, hits[0].Currency, hits[0].GrandTotal, hits[0].Status, hits[0].ExternalId));
    }

    [Fact]
    public async Task A_connection_that_is_being_deleted_is_no_longer_looked_into()
    {
        var orders = await Hold(Numbered(1, "7"));
        await world.Database.Scalar("UPDATE xtnd.connection SET deleting_since = now() WHERE tenant_id = $1 AND id = $2", tenant, orders.Connection.Connection);

        Assert.Empty(await Search.Find(tenant, "7", Cancelled));
        Assert.Equal(0, (await Search.Places(tenant, Cancelled)).Total);
    }

    [Fact]
    public async Task No_more_hits_are_given_than_people_read()
    {
        for (var store = 0; store < 3; store++)
        {
            await Hold([.. Enumerable.Range(1, 30).Select(id => Numbered(id, $"5{id:00}"))]);
        }

        Assert.Equal(OrderSearch.MostHits, (await Search.Find(tenant, "5", Cancelled)).Count);
    }

    [Fact]
    public async Task The_places_say_how_fresh_each_store_is()
    {
        var read = await Hold(Numbered(1, "7"));
        await world.Database.Scalar("UPDATE xtnd.cursor SET fresh_at = $2 WHERE tenant_id = $1", tenant, Now.UtcDateTime);
        var (never, _) = await world.Begin(tenant, "product");

        var places = await Search.Places(tenant, Cancelled);

        Assert.Equal(2, places.Total);
        Assert.Equal([read.Connection.ToString(), never.Connection.ToString()], places.Items.Select(place => place.Connection));
        Assert.Equal([Now, null], places.Items.Select(place => place.FreshAt));
        Assert.Equal([1, 0], places.Items.Select(place => place.Held));
    }

    async Task<EntityId> Hold(params StoreRecord[] orders)
    {
        var (id, run) = await world.Begin(tenant, "order");
        await world.Commit(id, run, 1, orders);
        return id;
    }

    static StoreRecord Numbered(int id, string? number) => Record(id, (OrderFields)Order(id).Fields with { Number = number }, "{}");

    static CancellationToken Cancelled => TestContext.Current.CancellationToken;
}
