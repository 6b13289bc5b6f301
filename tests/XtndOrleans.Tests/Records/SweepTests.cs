using XtndOrleans.Connectors;
using XtndOrleans.Engine.Records;
using static XtndOrleans.Tests.Records.RecordWorld;

namespace XtndOrleans.Tests.Records;

public sealed class SweepTests : IAsyncLifetime
{
    RecordWorld world = null!;

    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => world = await Start();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_full_read_keeps_the_ids_of_each_page_until_the_run_closes()
    {
        await Sweep(Product(1), Product(2));
        await Sweep(Product(3));
        Assert.Equal("0 {1,2},1 {3}", await world.Column("SELECT page || ' ' || ids::text FROM xtnd.sweep_page ORDER BY page"));

        await world.Commit(world.Products, world.Run, 1, last: true, Now);
        Assert.Equal("0", await world.Column("SELECT count(*) FROM xtnd.sweep_page"));
    }

    [Fact]
    public async Task The_last_page_of_a_run_that_goes_on_to_reckon_leaves_it_open()
    {
        await Commit(page => page with { EndsReading = true, KeepsIds = true, PageSize = 50 }, Product(1));
        Assert.Equal("reckon t t 50 t", await world.Column("SELECT concat_ws(' ', phase, after_id IS NULL, run_id IS NOT NULL, page_size, watermark IS NULL) FROM xtnd.cursor"));
        Assert.Equal("running", await world.Column("SELECT state FROM xtnd.run"));

        await world.Commit(world.Products, world.Run, 1, last: true, Now);
        Assert.Equal("read 2026-11-23 08:00:00+00 50", await world.Column("SELECT concat_ws(' ', phase, swept_at, page_size) FROM xtnd.cursor"));
    }

    [Fact]
    public async Task An_incremental_run_that_closes_is_no_sweep()
    {
        await world.Database.Scalar("UPDATE xtnd.run SET mode = 'incremental'");
        await world.Commit(world.Products, world.Run, 1, last: true, Now);
        Assert.Equal("t t", await world.Column("SELECT concat_ws(' ', swept_at IS NULL, fresh_at IS NOT NULL) FROM xtnd.cursor"));
    }

    [Fact]
    public async Task The_last_fifty_cursors_are_kept_each_with_its_run()
    {
        var (others, theirs) = await world.Begin(Guid.NewGuid());
        await world.Commit(others, theirs, 1, last: true, Now);
        var (run, runs) = (world.Run, new List<Guid>());
        for (var epoch = 1; epoch <= 53; epoch++)
        {
            runs.Add(run);
            await world.Commit(world.Products, run, epoch, last: true, Now.AddMinutes(epoch));
            run = await world.BeginRun(world.Products);
        }

        Assert.Equal(
            string.Join(',', runs.Skip(3).Select((id, i) => $"{id} full {i + 4}")),
            await world.Column($"SELECT concat_ws(' ', run_id, mode, extract(epoch FROM closed_at - '2026-11-23 08:00Z')::int / 60) FROM xtnd.cursor_log WHERE tenant_id = '{world.Products.Connection.Tenant}' ORDER BY run_id"));
        Assert.Equal("51", await world.Column("SELECT count(watermark) FROM xtnd.cursor_log"));
    }

    [Fact]
    public async Task What_no_page_had_is_missing_unless_it_is_set_aside_or_came_since()
    {
        await world.Commit([.. Enumerable.Range(1, 9).Select(id => Product(id))]);
        var run = await NextRun();
        await Commit(page => page with { Run = run, Epoch = 2, KeepsIds = true, Now = Now.AddHours(2) }, Product(1), Product(3), Product(5), Product(100));
        await world.Store.Bury(world.Products, run, 2, ["2"], Now, Cancelled);
        await new QuarantineStore(world.Database.DataSource).Park(world.Products, run, 2, "4", "c", "r", null, Now, Cancelled);
        await new QuarantineStore(world.Database.DataSource).Park(world.Products, run, 2, "6", "c", "r", null, Now, Cancelled);
        await new QuarantineStore(world.Database.DataSource).Resolve(world.Products, run, 2, ["6"], Now, Cancelled);
        await world.Store.WriteOne(world.Products, Product(101), "101", Now.AddHours(2), Cancelled);

        Assert.Equal(4, await world.Store.CountMissing(world.Products, run, Cancelled));
        Assert.Equal(["6", "7"], await world.Store.Missing(world.Products, run, null, 2, Cancelled));
        Assert.Equal(["8", "9"], await world.Store.Missing(world.Products, run, "7", 10, Cancelled));
        Assert.Empty(await world.Store.Missing(world.Products with { Connection = new(Guid.NewGuid(), world.Products.Connection.Connection) }, run, null, 10, Cancelled));
    }

    [Fact]
    public async Task What_is_missing_among_200000_is_found_without_a_loop_over_all_of_them_for_each()
    {
        await world.Database.Scalar("""
            INSERT INTO xtnd.product (tenant_id, connection_id, external_id, hash, body, first_seen_at, changed_at, seq)
            SELECT $1, $2, n::text, gen_random_uuid(), '{}', '2026-01-01', '2026-01-01', n FROM generate_series(1, 200000) n
            """, world.Products.Connection.Tenant, world.Products.Connection.Connection);
        await world.Database.Scalar("UPDATE xtnd.cursor SET held = 200000, last_seq = 200000");
        await world.Database.Scalar("""
            INSERT INTO xtnd.sweep_page SELECT $1, $2, 'product', $3, n, ARRAY(SELECT (n * 1000 + i)::text FROM generate_series(1, 1000) i WHERE i <> 7) FROM generate_series(0, 199) n
            """, world.Products.Connection.Tenant, world.Products.Connection.Connection, world.Run);

        // A loop would compare 40 billion times: it would not end within the time that a command has.
        Assert.Equal(200, await world.Store.CountMissing(world.Products, world.Run, Cancelled));
        Assert.Equal(["100007", "10007"], await world.Store.Missing(world.Products, world.Run, null, 2, Cancelled));
        Assert.Equal(200, await world.Store.Bury(world.Products, world.Run, 1, await world.Store.Missing(world.Products, world.Run, null, 1000, Cancelled), Now, Cancelled));
        Assert.Equal(0, await world.Store.CountMissing(world.Products, world.Run, Cancelled));
    }

    [Fact]
    public async Task What_is_buried_stays_with_its_body_and_gets_numbers_without_a_gap()
    {
        await world.Commit(Product(1), Product(2), Product(3));
        Assert.Equal(2, await world.Store.Bury(world.Products, world.Run, 1, ["3", "1", "3", "77"], Now.AddHours(1), Cancelled));

        Assert.Equal("1 4,2 2,3 5", await world.Column("SELECT external_id || ' ' || seq FROM xtnd.product ORDER BY external_id"));
        Assert.Equal("1,3", await world.Column("SELECT external_id FROM xtnd.product WHERE deleted_at = '2026-11-23 09:00Z' AND changed_at = deleted_at ORDER BY 1"));
        Assert.Equal("1 2 5", await world.Column("SELECT concat_ws(' ', held, deleted, last_seq) FROM xtnd.cursor"));
        Assert.Equal("2", await world.Column("SELECT deleted FROM xtnd.run"));
        Assert.Equal("1 4 delete {},3 5 delete {}", await world.Column($"SELECT concat_ws(' ', external_id, seq, op, fields::text) FROM xtnd.record_history WHERE run_id = '{world.Run}' ORDER BY seq"));
        var changes = await world.Queries.Changes(world.Products, 3, 10, Cancelled);
        Assert.Equal(["delete", "delete"], changes.Items.Select(change => change.Op));
        Assert.Contains("\"name\":\"Thing\"", changes.Items[0].Body.ToString());
    }

    [Fact]
    public async Task To_bury_twice_is_to_bury_once_and_an_overtaken_loop_buries_nothing()
    {
        await world.Commit(Product(1), Product(2));
        Assert.Equal(1, await world.Store.Bury(world.Products, world.Run, 1, ["1"], Now, Cancelled));
        Assert.Equal(0, await world.Store.Bury(world.Products, world.Run, 1, ["1"], Now.AddHours(1), Cancelled));
        Assert.Equal("2026-11-23 08:00:00+00 3 1", await world.Column("SELECT concat_ws(' ', p.deleted_at, p.seq, r.deleted) FROM xtnd.product p, xtnd.run r WHERE external_id = '1'"));

        await Assert.ThrowsAsync<FencedException>(() => world.Store.Bury(world.Products, world.Run, 2, ["2"], Now, Cancelled));
        await Assert.ThrowsAsync<FencedException>(() => world.Store.Bury(world.Products, Guid.NewGuid(), 1, ["2"], Now, Cancelled));
        Assert.Equal("1 1 3", await world.Column("SELECT concat_ws(' ', held, deleted, last_seq) FROM xtnd.cursor"));
    }

    [Fact]
    public async Task Held_ids_are_listed_as_numbers()
    {
        await world.Commit([.. new[] { 2, 9, 10, 100, 1000 }.Select(id => Product(id))]);
        await world.Commit(new StoreRecord { ExternalId = "default:24", Fields = new ProductFields(), Hash = 1, Body = "{}"u8.ToArray() });
        await world.Store.Bury(world.Products, world.Run, 1, ["1000"], Now, Cancelled);

        Assert.Equal([2, 9, 10, 100], await world.Store.HeldIds(world.Products, 0, long.MaxValue, Cancelled));
        Assert.Equal([2, 9], await world.Store.HeldIds(world.Products, 0, 9, Cancelled));
        Assert.Equal([9, 10], await world.Store.HeldIds(world.Products, 2, 10, Cancelled));
        // A tombstone's id counts: a store never gives it again, so a window up to it has no new record either.
        Assert.Equal("1000", await world.Store.HighestId(world.Products, Cancelled));
        Assert.Null(await world.Store.HighestId(world.Orders, Cancelled));
    }

    Task<PageCommitted> Sweep(params StoreRecord[] records) => Commit(page => page with { KeepsIds = true }, records);

    async Task<PageCommitted> Commit(Func<PageCommit, PageCommit> change, params StoreRecord[] records)
    {
        using var page = new Page(records, null);
        return await world.Store.Commit(change(new(world.Products, world.Run, 1, page, records[^1].ExternalId, false, 1, 0, null, Now)), Cancelled);
    }

    async Task<Guid> NextRun()
    {
        await world.Commit(world.Products, world.Run, 1, last: true, Now);
        var run = await world.BeginRun(world.Products);
        await world.Database.Scalar("UPDATE xtnd.run SET started_at = $1 WHERE id = $2", Now.AddHours(1).UtcDateTime, run);
        return run;
    }
}
