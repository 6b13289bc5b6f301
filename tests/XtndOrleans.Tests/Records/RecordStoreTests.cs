using Npgsql;
using XtndOrleans.Connectors;
using XtndOrleans.Engine.Records;
using static XtndOrleans.Tests.Records.RecordWorld;

namespace XtndOrleans.Tests.Records;

public sealed class RecordStoreTests : IAsyncLifetime
{
    RecordWorld world = null!;

    public async ValueTask InitializeAsync() => world = await Start();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task New_records_are_written_with_their_fields_and_their_exact_body()
    {
        var body = """{"id":1, "sku":"A","price":12.5000,"big":123456789012345678901234567890.10,"b":1,"b":2,"text":"Å\u00e5\u0000"}""";
        await world.Commit(Record(1, new ProductFields { Sku = "A", Name = "Åre", Price = 1234567890123456789.012345m }, body));

        Assert.Equal(body, await world.Column("SELECT body::text FROM xtnd.product"));
        Assert.Equal("A|Åre|1234567890123456789.012345", await world.Column("SELECT concat_ws('|', sku, name, price) FROM xtnd.product"));
        Assert.Equal("true", await world.Column(
            "SELECT ((source_created_at, source_updated_at, first_seen_at, changed_at) = ('2026-11-21 08:00Z', '2026-11-22 08:00Z', '2026-11-23 08:00Z', '2026-11-23 08:00Z') AND deleted_at IS NULL)::text FROM xtnd.product"));
    }

    [Fact]
    public async Task A_person_can_ask_in_SQL_for_what_the_canonical_columns_lack()
    {
        await world.Commit(Product(1, "Chair"));

        Assert.Equal("SKU-1 Chair", await world.Column("SELECT sku || ' ' || (body->>'name') FROM xtnd.product"));
        Assert.Equal("12.50", await world.Column("SELECT body::jsonb->>'price' FROM xtnd.product"));
    }

    [Fact]
    public async Task Only_what_differs_is_written_and_gets_a_number()
    {
        var first = await world.Commit(Product(1), Product(2), Product(3));
        var before = await world.Column("SELECT xmin FROM xtnd.product WHERE external_id IN ('1', '3') ORDER BY external_id");
        var second = await world.Commit(world.Products, world.Run, 1, last: false, Now.AddHours(1), Product(1), Product(2, "Other"), Product(3), Product(4));

        Assert.Equal(new PageCommitted(3, 0, 0, 3), first);
        Assert.Equal(new PageCommitted(1, 1, 2, 5), second);
        Assert.Equal("1:1,2:4,3:3,4:5", await world.Column("SELECT external_id || ':' || seq FROM xtnd.product ORDER BY external_id"));
        Assert.Equal(before, await world.Column("SELECT xmin FROM xtnd.product WHERE external_id IN ('1', '3') ORDER BY external_id"));
        Assert.Equal("2026-11-23 08:00:00+00 2026-11-23 09:00:00+00", await world.Column("SELECT first_seen_at || ' ' || changed_at FROM xtnd.product WHERE external_id = '2'"));
    }

    [Fact]
    public async Task Numbers_are_given_in_page_order_without_a_gap_over_many_pages()
    {
        for (var page = 0; page < 5; page++)
        {
            await world.Commit([.. Enumerable.Range((page * 40) + 1, 60).Select(id => Product(id))]);
        }

        Assert.Equal(string.Join(',', Enumerable.Range(1, 220)), await world.Column("SELECT seq FROM xtnd.product ORDER BY external_id::int"));
    }

    [Fact]
    public async Task A_tombstone_that_is_seen_again_comes_back_as_a_change()
    {
        await world.Commit(Product(1), Product(2));
        await world.Database.Scalar("UPDATE xtnd.product SET deleted_at = now() WHERE external_id = '1'");
        await world.Database.Scalar("UPDATE xtnd.cursor SET held = 1, deleted = 1");

        Assert.Equal(new PageCommitted(1, 0, 1, 3), await world.Commit(Product(1), Product(2)));
        Assert.Equal("2 0 3", await world.Column("SELECT concat_ws(' ', held, deleted, last_seq) FROM xtnd.cursor"));
        Assert.Equal("1", await world.Column("SELECT external_id FROM xtnd.product WHERE seq = 3 AND deleted_at IS NULL"));
    }

    [Fact]
    public async Task The_last_read_wins_even_when_its_own_clock_says_it_is_older()
    {
        await world.Commit(Product(1, "New"));
        await world.Commit(new StoreRecord
        {
            ExternalId = "1",
            Fields = new ProductFields { Name = "Stale" },
            Hash = 1,
            Body = "{}"u8.ToArray(),
            SourceUpdatedAt = Now.AddYears(-1),
        });

        Assert.Equal("Stale", await world.Column("SELECT name FROM xtnd.product"));
    }

    [Fact]
    public async Task Pages_that_are_written_together_leave_what_they_would_have_left_alone()
    {
        using var first = new Page([Product(1), Product(2)], null) { Bytes = 10 };
        using var second = new Page([Product(2, "Changed meanwhile"), Product(3)], null) { Bytes = 20 };
        using var third = new Page([Product(3), Product(4)], null) { Bytes = 30 };
        var committed = await world.Store.CommitTogether([Of(first, 9), Of(second, 7), Of(third, 5)], TestContext.Current.CancellationToken);

        Assert.Equal([new(2, 0, 0, 2), new(1, 1, 0, 4), new(1, 0, 1, 5)], committed);
        Assert.Equal("1:1,2:3,3:4,4:5", await world.Column("SELECT external_id || ':' || seq FROM xtnd.product ORDER BY external_id"));
        Assert.Equal("4 5 4", await world.Column("SELECT concat_ws(' ', held, last_seq, after_id) FROM xtnd.cursor"));
        Assert.Equal("3 6 4 1 1 60 3 5", await world.Column("SELECT concat_ws(' ', pages, seen, inserted, updated, unchanged, bytes, requests, total) FROM xtnd.run"));
        Assert.Equal("0 {1,2},1 {2,3},2 {3,4}", await world.Column("SELECT page || ' ' || ids::text FROM xtnd.sweep_page ORDER BY page"));
        Assert.Equal("2 update", await world.Column("SELECT external_id || ' ' || op FROM xtnd.record_history"));

        PageCommit Of(Page page, int total) => new(world.Products, world.Run, 1, page, page.Next, false, 1, 0, total, Now) { KeepsIds = true };
    }

    [Fact]
    public async Task Of_pages_that_are_written_together_none_is_when_one_cannot_be()
    {
        using var first = new Page([Product(1)], null);
        using var second = new Page([Product(2, price: 1m), Record(3, new ProductFields(), "no JSON")], null);
        await Assert.ThrowsAsync<PostgresException>(() => world.Store.CommitTogether([Of(first), Of(second)], TestContext.Current.CancellationToken));

        Assert.Equal("0 0", await world.Column("SELECT concat_ws(' ', held, last_seq) FROM xtnd.cursor"));
        Assert.Equal("0 0", await world.Column("SELECT pages || ' ' || (SELECT count(*) FROM xtnd.product) FROM xtnd.run"));

        PageCommit Of(Page page) => new(world.Products, world.Run, 1, page, page.Next, false, 1, 0, null, Now);
    }

    [Fact]
    public async Task Cursor_and_counters_move_with_the_page()
    {
        await world.Commit(Product(1), Product(2));
        await world.Commit(Product(2), Product(3));

        Assert.Equal("3 0 3 3 t", await world.Column("SELECT concat_ws(' ', held, deleted, last_seq, after_id, run_id IS NOT NULL) FROM xtnd.cursor"));
        Assert.Equal("running 2 4 3 0 1 2000 4 2 100", await world.Column(
            "SELECT concat_ws(' ', state, pages, seen, inserted, updated, unchanged, bytes, requests, retries, total) FROM xtnd.run"));
    }

    [Fact]
    public async Task The_last_page_closes_the_window_and_the_run()
    {
        await world.Commit(Product(1));
        await world.Commit(world.Products, world.Run, 1, last: true, Now.AddMinutes(5));

        Assert.Equal("t t t 2026-11-23 08:00:00+00 2026-11-23 08:00:00+00", await world.Column(
            "SELECT concat_ws(' ', run_id IS NULL, after_id IS NULL, next_watermark IS NULL, watermark, fresh_at) FROM xtnd.cursor"));
        Assert.Equal("succeeded 2026-11-23 08:05:00+00 2 1", await world.Column("SELECT concat_ws(' ', state, finished_at, pages, seen) FROM xtnd.run"));
        await Assert.ThrowsAsync<FencedException>(() => world.Commit(Product(2)));
    }

    [Fact]
    public async Task A_loop_that_was_overtaken_writes_nothing()
    {
        await world.Commit(Product(1));
        await world.Database.Scalar("UPDATE xtnd.cursor SET epoch = 2");

        await Assert.ThrowsAsync<FencedException>(() => world.Commit(Product(2)));

        Assert.Equal("1", await world.Column("SELECT external_id FROM xtnd.product"));
        Assert.Equal("1 1", await world.Column("SELECT concat_ws(' ', pages, seen) FROM xtnd.run"));
        await world.Commit(world.Products, world.Run, 2, Product(2));
    }

    [Fact]
    public async Task A_page_that_fails_leaves_nothing_behind()
    {
        await world.Commit(Product(1));
        var broken = Record(2, new ProductFields { Sku = "B" }, "{not json");

        await Assert.ThrowsAsync<PostgresException>(() => world.Commit(Product(1, "Changed"), Product(3), broken));

        Assert.Equal("1:Thing", await world.Column("SELECT external_id || ':' || name FROM xtnd.product"));
        Assert.Equal("1 1 1", await world.Column("SELECT concat_ws(' ', c.last_seq, c.after_id, r.pages) FROM xtnd.cursor c, xtnd.run r"));
        Assert.Equal(new PageCommitted(1, 1, 0, 3), await world.Commit(Product(1, "Changed"), Product(3)));
    }

    [Fact]
    public async Task A_page_with_one_id_twice_is_refused_whole()
    {
        await Assert.ThrowsAsync<PostgresException>(() => world.Commit(Product(1), Product(2), Product(1, "Again")));

        Assert.Equal("", await world.Column("SELECT external_id FROM xtnd.product"));
    }

    [Fact]
    public async Task Of_two_loops_that_race_the_overtaken_one_stops_and_no_number_is_lost_or_doubled()
    {
        var old = Task.Run(async () =>
        {
            for (var page = 0; ; page++)
            {
                await world.Commit(world.Products, world.Run, 1, [.. Enumerable.Range(page * 10, 10).Select(id => Product(id, "old"))]);
            }
        }, TestContext.Current.CancellationToken);
        while (!old.IsCompleted && await world.Column("SELECT last_seq FROM xtnd.cursor") == "0")
        {
        }

        await world.Database.Scalar("UPDATE xtnd.cursor SET epoch = 2");
        var taken = long.Parse(await world.Column("SELECT last_seq FROM xtnd.cursor"));
        await world.Commit(world.Products, world.Run, 2, [.. Enumerable.Range(0, 10).Select(id => Product(id, "new"))]);

        await Assert.ThrowsAsync<FencedException>(() => old);
        Assert.Equal($"{taken + 10}", await world.Column("SELECT last_seq FROM xtnd.cursor"));
        Assert.Equal("0", await world.Column("SELECT count(*) - count(DISTINCT seq) FROM xtnd.product"));
        Assert.Equal(await world.Column("SELECT held FROM xtnd.cursor"), await world.Column("SELECT count(*) FROM xtnd.product"));
        Assert.Equal("10", await world.Column("SELECT count(*) FROM xtnd.product WHERE name = 'new'"));
    }

    [Fact]
    public async Task What_the_database_cannot_hold_does_not_stop_the_page()
    {
        await world.Commit(
            Record(1, new ProductFields { Sku = "a\0b", Name = "half \ud83d" }, """{"name":"a\u0000\ud83d"}"""),
            Record(2, new ProductFields { Sku = "c", Name = "whole 😀" }, [.. "{\"name\":\""u8, 0xC3, 0x28, .. "\"}"u8]));

        Assert.Equal("a\uFFFDb half \uFFFD,c whole 😀", await world.Column("SELECT sku || ' ' || name FROM xtnd.product ORDER BY sku"));
        Assert.Equal("{\"name\":\"\uFFFD(\"}", await world.Column("SELECT body::text FROM xtnd.product WHERE sku = 'c'"));
    }

    [Fact]
    public async Task Every_field_may_be_missing()
    {
        await world.Commit(new StoreRecord { ExternalId = "1", Fields = new ProductFields(), Hash = 1, Body = "{}"u8.ToArray() });

        Assert.Equal("0", await world.Column("SELECT num_nonnulls(sku, name, type, status, price, currency, quantity, source_created_at, source_updated_at, deleted_at) FROM xtnd.product"));
    }

    [Fact]
    public async Task The_lines_of_an_order_are_rows_with_exact_numbers()
    {
        var (orders, run) = await world.Begin(Guid.NewGuid(), "order");
        await world.Commit(orders, run, 1, Order(1, new OrderLine("A", "Chair \"x\"\0", 2m, 0.1m, 0.2000m), new("B", null, null, 12345678901234567890.123m, null)), Order(2));

        Assert.Equal("1 1 A Chair \"x\"\uFFFD 2 0.1 0.2000,1 2 B 12345678901234567890.123", await world.Column(
            "SELECT concat_ws(' ', order_external_id, position, sku, name, quantity, price, row_total) FROM xtnd.order_line ORDER BY order_external_id, position"));
        Assert.Equal("99.9900", await world.Column("SELECT grand_total::text FROM xtnd.order WHERE external_id = '1'"));
    }

    [Fact]
    public async Task Two_tenants_with_the_same_ids_do_not_see_each_other()
    {
        var (others, run) = await world.Begin(Guid.NewGuid());
        await world.Commit(Product(1, "mine"));
        Assert.Equal(new PageCommitted(1, 0, 0, 1), await world.Commit(others, run, 1, Product(1, "theirs")));

        await Assert.ThrowsAsync<FencedException>(() => world.Commit(others with { Connection = others.Connection with { Tenant = world.Products.Connection.Tenant } }, run, 1, Product(2)));
        await Assert.ThrowsAsync<FencedException>(() => world.Commit(world.Products, run, 1, Product(2)));
        Assert.Equal("mine,theirs", await world.Column("SELECT name FROM xtnd.product ORDER BY name"));
    }

    [Fact]
    public async Task A_connection_is_erased_in_batches_and_nothing_else_is()
    {
        var (others, run) = await world.Begin(Guid.NewGuid());
        await world.Commit(others, run, 1, Product(1));
        await world.Commit([.. Enumerable.Range(1, 95).Select(id => Product(id))]);

        Assert.Equal(95, await world.Store.EraseConnection(world.Products.Connection, 10, TestContext.Current.CancellationToken));
        Assert.Equal("1", await world.Column("SELECT count(*) FROM xtnd.product"));
        Assert.Equal(0, await world.Store.EraseConnection(world.Products.Connection, 10, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_first_read_looks_up_by_key_alone_although_the_table_has_no_statistics()
    {
        const int pages = 30;
        for (var page = 0; page < pages; page++)
        {
            await world.Commit([.. Enumerable.Range(page * 200, 200).Select(id => Product(id))]);
            await world.Commit([.. Enumerable.Range(page * 200, 200).Select(id => Product(id))]);
        }

        // Each record is found twice at most: to compare it, and to write it. A scan of the connection would read millions.
        world.Database.DataSource.Clear(); // a session tells its statistics when it ends, in its own time
        await Server.Until.True(async () => long.Parse(await world.Column("SELECT sum(idx_tup_read) FROM pg_stat_user_indexes WHERE relname LIKE 'product%'")) > 0);
        Assert.Equal("0", await world.Column("SELECT coalesce(sum(seq_scan), 0) FROM pg_stat_user_tables WHERE relname LIKE 'product%'"));
        Assert.InRange(long.Parse(await world.Column("SELECT sum(idx_tup_read) FROM pg_stat_user_indexes WHERE relname LIKE 'product%'")), 1, 4 * pages * 200);
    }

    [Fact]
    public async Task Bodies_are_compressed_in_every_partition()
    {
        // A server that was built without lz4 takes pglz.
        var expected = await world.Column("SELECT CASE WHEN 'lz4' = ANY(enumvals) THEN '112' ELSE '0' END FROM pg_settings WHERE name = 'default_toast_compression'");
        Assert.Equal(expected, await world.Column(
            "SELECT count(*) FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE a.attname = 'body' AND a.attcompression = 'l' AND c.relispartition AND c.relkind = 'r'"));
    }
}
