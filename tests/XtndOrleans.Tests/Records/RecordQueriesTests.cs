using System.Text.Json;
using XtndOrleans.Connectors;
using XtndOrleans.Engine;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Records;
using static XtndOrleans.Tests.Records.RecordWorld;

namespace XtndOrleans.Tests.Records;

public sealed class RecordQueriesTests : IAsyncLifetime
{
    static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    RecordWorld world = null!;

    public async ValueTask InitializeAsync() => world = await Start();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_record_is_one_flat_object_with_exact_numbers()
    {
        await world.Commit(Product(7, "Chair", 12.5000m));

        var json = JsonSerializer.Serialize(await world.Queries.Find(world.Products, "7", Cancelled), Web);

        Assert.Contains("\"externalId\":\"7\"", json);
        Assert.Contains("\"key\":\"SKU-7\"", json);
        Assert.Contains("\"price\":12.5000,", json);
        Assert.Contains("\"quantity\":3.0000", json);
        Assert.Contains("\"body\":{\"id\":7,\"sku\":\"SKU-7\",\"name\":\"Chair\",\"price\":12.5000}", json);
        Assert.Contains("\"deletedAt\":null", json);
        Assert.DoesNotContain("\"fields\"", json);
    }

    [Fact]
    public async Task An_order_carries_its_lines_and_a_list_no_bodies()
    {
        var (orders, run) = await world.Begin(Guid.NewGuid(), "order");
        await world.Commit(orders, run, 1, Order(1, new OrderLine("A", "Chair", 2m, 0.10m, 0.20m)));

        var json = JsonSerializer.Serialize(await world.Queries.List(orders, new(), 10, null, Cancelled), Web);

        using var list = JsonDocument.Parse(json);
        var order = list.RootElement.GetProperty("items")[0];
        Assert.Equal("0.10", order.GetProperty("lines")[0].GetProperty("price").GetRawText());
        Assert.Equal("2026-11-23T07:00:00+00:00", order.GetProperty("placedAt").GetString());
        Assert.False(order.TryGetProperty("body", out _));
    }

    [Fact]
    public async Task A_list_is_read_whole_by_its_cursor_while_records_change()
    {
        await world.Commit([.. Enumerable.Range(1, 25).Select(id => Product(id))]);
        var read = new List<string>();
        string? cursor = null;
        var changes = 0;
        do
        {
            var page = await world.Queries.List(world.Products, new(), 4, cursor, Cancelled);
            read.AddRange(page.Items.Select(r => r.ExternalId));
            cursor = page.Next;
            await world.Commit([.. Enumerable.Range(1, 25).Select(id => Product(id, $"changed {changes}"))]);
            changes++;
        }
        while (cursor is not null);

        Assert.Equal(Enumerable.Range(1, 25).Select(i => $"{i}").Order(StringComparer.Ordinal), read);
    }

    [Fact]
    public async Task A_list_that_fits_has_no_next()
    {
        await world.Commit(Product(1), Product(2));

        Assert.Null((await world.Queries.List(world.Products, new(), 2, null, Cancelled)).Next);
        Assert.NotNull((await world.Queries.List(world.Products, new(), 1, null, Cancelled)).Next);
    }

    [Theory]
    [InlineData("SKU-12", "12")]
    [InlineData("sku-1", "1,12")]
    [InlineData("2", "2")]
    [InlineData("åre", "12")]
    [InlineData("100%", "1")]
    [InlineData("0_", "")]
    [InlineData("\\", "")]
    [InlineData("nothing\0", "")]
    [InlineData("  ", "1,12,2")]
    public async Task A_search_finds_keys_by_their_beginning_ids_whole_and_names_by_a_part(string query, string expected)
    {
        await world.Commit(Product(1, "Wool 100%"), Product(2, "Chair"), Product(12, "Skis of Åre"));

        var found = await world.Queries.List(world.Products, new(query), 10, null, Cancelled);

        Assert.Equal(expected, string.Join(',', found.Items.Select(r => r.ExternalId)));
    }

    [Fact]
    public async Task Orders_are_found_by_the_customers_name_and_address()
    {
        var (orders, run) = await world.Begin(Guid.NewGuid(), "order");
        await world.Commit(orders, run, 1, Order(1), Order(2));

        Assert.Equal("2", Assert.Single((await world.Queries.List(orders, new("ann2@"), 10, null, Cancelled)).Items).ExternalId);
        Assert.Equal("1", Assert.Single((await world.Queries.List(orders, new("öst 1"), 10, null, Cancelled)).Items).ExternalId);
    }

    [Fact]
    public async Task Updated_since_goes_by_what_we_saw_change()
    {
        await world.Commit(Product(1), Product(2));
        await world.Commit(world.Products, world.Run, 1, last: false, Now.AddHours(1), Product(1), Product(2, "Other"));

        var found = await world.Queries.List(world.Products, new(UpdatedSince: Now.AddHours(1)), 10, null, Cancelled);

        Assert.Equal("2", Assert.Single(found.Items).ExternalId);
    }

    [Fact]
    public async Task Deleted_records_are_listed_only_when_asked_for_and_counted_apart()
    {
        await world.Commit(Product(1), Product(2));
        await world.Database.Scalar("UPDATE xtnd.product SET deleted_at = now() WHERE external_id = '1'");
        await world.Database.Scalar("UPDATE xtnd.cursor SET held = 1, deleted = 1");

        Assert.Single((await world.Queries.List(world.Products, new(), 10, null, Cancelled)).Items);
        Assert.Equal(2, (await world.Queries.List(world.Products, new(IncludeDeleted: true), 10, null, Cancelled)).Items.Count);
        Assert.Equal(new RecordCount(1, 1), await world.Queries.Count(world.Products, Cancelled));
        Assert.Equal(new RecordCount(0, 0), await world.Queries.Count(world.Orders, Cancelled));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("!!!")]
    [InlineData("_____w")]
    public async Task A_cursor_that_no_list_gave_is_invalid(string cursor)
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(() => world.Queries.List(world.Products, new(), 10, cursor, Cancelled));

        Assert.Equal((ProblemKind.Invalid, "invalid_cursor"), (problem.Kind, problem.Code));
    }

    [Fact]
    public async Task An_entity_that_is_not_kept_is_not_found()
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(() => world.Queries.Count(world.Products with { Entity = "tenant; DROP" }, Cancelled));

        Assert.Equal(ProblemKind.NotFound, problem.Kind);
    }

    [Fact]
    public async Task A_reader_of_the_change_feed_ends_with_what_is_held()
    {
        var replica = new Dictionary<string, string>();
        var (after, lastSeen) = (0L, 0L);
        var random = new Random(4);
        for (var round = 0; round < 12; round++)
        {
            await world.Commit([.. Enumerable.Range(1, 30).Where(_ => random.Next(3) > 0).Select(id => Product(id, $"v{random.Next(3)}"))]);
            if (round == 6)
            {
                await world.Database.Scalar("WITH c AS (UPDATE xtnd.cursor SET last_seq = last_seq + 1 RETURNING last_seq) UPDATE xtnd.product SET deleted_at = now(), seq = c.last_seq FROM c WHERE external_id = '5'");
            }

            ChangePage page;
            do
            {
                page = await world.Queries.Changes(world.Products, after, 7, Cancelled);
                foreach (var change in page.Items)
                {
                    Assert.True(change.Seq > lastSeen);
                    lastSeen = change.Seq;
                    replica[change.ExternalId] = change.Op == "delete" ? "gone" : $"{change.Body}";
                }

                after = page.Next;
            }
            while (page.More);
        }

        Assert.Equal(
            await world.Column("SELECT external_id || CASE WHEN deleted_at IS NULL THEN body::text ELSE 'gone' END FROM xtnd.product ORDER BY external_id"),
            string.Join(',', replica.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => p.Key + p.Value)));
        Assert.Equal(after, (await world.Queries.Changes(world.Products, after, 7, Cancelled)).Next);
    }

    [Fact]
    public async Task A_stranger_sees_nothing()
    {
        await world.Commit(Product(1));
        EntityId[] strangers =
        [
            world.Products with { Connection = world.Products.Connection with { Tenant = Guid.NewGuid() } },
            world.Products with { Connection = world.Products.Connection with { Connection = Guid.NewGuid() } },
        ];

        foreach (var stranger in strangers)
        {
            Assert.Empty((await world.Queries.List(stranger, new(IncludeDeleted: true), 10, null, Cancelled)).Items);
            Assert.Null(await world.Queries.Find(stranger, "1", Cancelled));
            Assert.Equal(new RecordCount(0, 0), await world.Queries.Count(stranger, Cancelled));
            Assert.Empty((await world.Queries.Changes(stranger, 0, 10, Cancelled)).Items);
        }
    }

    static CancellationToken Cancelled => TestContext.Current.CancellationToken;
}
