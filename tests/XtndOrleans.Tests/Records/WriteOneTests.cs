using XtndOrleans.Connectors;
using XtndOrleans.Engine;
using static XtndOrleans.Tests.Records.RecordWorld;

namespace XtndOrleans.Tests.Records;

public sealed class WriteOneTests : IAsyncLifetime
{
    RecordWorld world = null!;

    public async ValueTask InitializeAsync() => world = await Start();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task One_record_is_inserted_updated_deleted_and_comes_back()
    {
        Assert.Equal(("inserted", "", 1), await Write(Product(1)));
        Assert.Equal(("unchanged", "", 1), await Write(Product(1)));
        Assert.Equal(("updated", "name", 2), await Write(Product(1, "Other")));
        Assert.Equal(("deleted", "", 3), await Write(null));
        Assert.Equal(("absent", "", 3), await Write(null));
        Assert.Equal(("inserted", "", 4), await Write(Product(1, "Other")));

        Assert.Equal("1 0 4", await world.Column("SELECT concat_ws(' ', held, deleted, last_seq) FROM xtnd.cursor"));
        Assert.Equal("2 update,3 delete,4 return", await world.Column("SELECT seq || ' ' || op FROM xtnd.record_history WHERE run_id IS NULL ORDER BY seq"));
        Assert.Equal("0 0", await world.Column("SELECT concat_ws(' ', pages, seen) FROM xtnd.run"));
    }

    [Fact]
    public async Task It_needs_neither_a_cursor_nor_a_run()
    {
        Assert.Equal("inserted", (await world.Store.WriteOne(world.Orders, Order(1), "1", Now, TestContext.Current.CancellationToken)).Outcome);
        Assert.Equal("1 1 0", await world.Column("SELECT concat_ws(' ', held, last_seq, epoch) FROM xtnd.cursor WHERE entity = 'order'"));
    }

    [Fact]
    public async Task A_connection_that_is_going_gets_nothing_anew()
    {
        await world.Database.Scalar("UPDATE xtnd.connection SET deleting_since = now()");
        await Assert.ThrowsAsync<ProblemException>(() => Write(Product(1)));
        await Assert.ThrowsAsync<ProblemException>(() => Write(null));
        var never = world.Products with { Connection = new(world.Products.Connection.Tenant, Guid.NewGuid()) };
        await Assert.ThrowsAsync<ProblemException>(() => world.Store.WriteOne(never, Product(1), "1", Now, TestContext.Current.CancellationToken));
        Assert.Equal("0", await world.Column("SELECT count(*) FROM xtnd.product"));
    }

    [Fact]
    public async Task Beside_a_run_no_number_is_lost_or_doubled()
    {
        var run = Task.Run(async () =>
        {
            for (var page = 0; page < 40; page++)
            {
                await world.Commit([.. Enumerable.Range(page * 10, 10).Select(id => Product(id))]);
            }
        }, TestContext.Current.CancellationToken);
        var person = Task.Run(async () =>
        {
            for (var id = 0; id < 80; id++)
            {
                await world.Store.WriteOne(world.Products, id % 2 == 0 ? Product(10_000 + id) : null, $"{10_000 + id - (id % 2)}", Now, CancellationToken.None);
            }
        }, TestContext.Current.CancellationToken);
        await Task.WhenAll(run, person);

        Assert.Equal("480 400 40 440", await world.Column("SELECT concat_ws(' ', last_seq, held, deleted, (SELECT count(*) FROM xtnd.product)) FROM xtnd.cursor"));
        Assert.Equal("480 440", await world.Column("SELECT max(seq) || ' ' || count(DISTINCT seq) FROM xtnd.product"));
    }

    async Task<(string, string, long)> Write(StoreRecord? record)
    {
        var written = await world.Store.WriteOne(world.Products, record, "1", Now, TestContext.Current.CancellationToken);
        return (written.Outcome, string.Join('+', written.Fields), written.Seq);
    }
}
