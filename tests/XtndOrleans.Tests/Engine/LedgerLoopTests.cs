using XtndOrleans.Connectors;

namespace XtndOrleans.Tests.Engine;

/// <summary>The comparison of the store's own count with what is held, and the repair of a difference.</summary>
public sealed class LedgerLoopTests : IAsyncLifetime
{
    const string Ledger = "SELECT state, held, store_total, up_to_id, note FROM xtnd.completeness";

    LoopWorld world = null!;

    public async ValueTask InitializeAsync() => world = await LoopWorld.Start();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task After_a_full_read_the_ledger_says_that_all_is_held()
    {
        var run = await world.Run();
        Assert.Equal("complete 5 5 5 -", await world.Row(Ledger));
        Assert.Equal((1, 5), (world.Store.Counted, run.Requests));
    }

    [Fact]
    public async Task New_records_do_not_disturb_the_window_that_is_compared()
    {
        world.Store.Before = (request, _) =>
        {
            if (request.CountOnly)
            {
                world.Store.Save(6, "Newer", RunWorld.Now);
            }

            return Task.CompletedTask;
        };
        await world.Run();
        Assert.Equal("complete 5 5 5 -", await world.Row(Ledger));
    }

    [Fact]
    public async Task A_record_that_no_page_had_is_found_by_halving_ranges_and_read()
    {
        for (var id = 6; id <= 64; id++)
        {
            world.Store.Save(id, "Old", RunWorld.Now.AddHours(-id));
        }

        world.Store.Hidden.Add(23);
        world.Options.PageSize = 4;
        var run = await world.Run();

        Assert.Equal(("succeeded", 64), (run.State, run.Inserted));
        Assert.Equal("complete 64 64 64 -", await world.Row(Ledger));
        Assert.Single(world.Store.Requests, request => request.UpToId is not null && !request.CountOnly);
        Assert.InRange(world.Store.Counted, 3, 8);
        Assert.Equal("- read", await world.Row("SELECT after_id, phase FROM xtnd.cursor"));
    }

    [Fact]
    public async Task A_store_that_counts_wrongly_is_called_so_and_not_searched_by_each_delta()
    {
        world.Store.Miscounts = 2;
        await world.Run();
        Assert.Equal("differs 5 7 5 The store counts 2 more than it gives when asked for each range of ids.", await world.Row(Ledger));

        var counted = world.Store.Counted;
        world.Store.Save(3, "New", RunWorld.Now.AddMinutes(-5));
        var run = await world.Run();
        Assert.Equal(("incremental", "succeeded", 1), (run.Mode, run.State, world.Store.Counted - counted));
        Assert.StartsWith("differs", await world.Row(Ledger), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repair_that_is_too_long_for_one_run_goes_on_in_the_next()
    {
        for (var id = 1; id <= 440; id++)
        {
            world.Store.Save(id, "Old", RunWorld.Now.AddHours(-id));
            if (id % 2 == 1)
            {
                world.Store.Hidden.Add(id);
            }
        }

        world.Options.PageSize = 2;
        await world.Run();
        Assert.StartsWith("repairing", await world.Row(Ledger), StringComparison.Ordinal);
        Assert.Contains("are still missing; the next run goes on.", await world.Row(Ledger), StringComparison.Ordinal);

        for (var next = 0; next < 5; next++)
        {
            Assert.Equal(0, (await world.Run()).Updated);
        }

        Assert.Equal("complete 440 440 440 -", await world.Row(Ledger));
    }

    [Fact]
    public async Task A_repair_that_is_too_long_and_finds_nothing_is_not_gone_on_with()
    {
        for (var id = 2; id <= 440; id += 2)
        {
            world.Store.Save(id, "Old", RunWorld.Now.AddHours(-id));
            world.Store.Ghosts.Add(id + 1);
        }

        await world.Run();
        Assert.StartsWith("differs", await world.Row(Ledger), StringComparison.Ordinal);
        var counted = world.Store.Counted;
        await world.Run();
        Assert.Equal(counted, world.Store.Counted);
    }

    [Fact]
    public async Task A_store_that_cannot_count_is_read_all_the_same()
    {
        world.Store.Before = (request, _) => request.CountOnly
            ? throw new ConnectorException(FailureKind.Rejected, FailureCodes.RequestRefused, "No.", "")
            : Task.CompletedTask;
        Assert.Equal(("succeeded", 5), ((await world.Run()) is var run ? run.State : "", run.Inserted));
        Assert.Equal("", await world.Row(Ledger));
    }

    [Fact]
    public async Task A_delta_of_nothing_takes_one_request()
    {
        await world.Run();
        var requests = world.Store.Requests.Count;
        var unchanged = await world.Run();
        world.Store.Time = RunWorld.Now.AddDays(3);
        await world.Run();
        var nothing = await world.Run();

        Assert.Equal(3, world.Store.Requests.Count - requests);
        Assert.Equal(("succeeded", 1, 1), (unchanged.State, unchanged.Unchanged, unchanged.Requests));
        Assert.Equal(("succeeded", 0, 1), (nothing.State, nothing.Seen, nothing.Requests));
        Assert.Equal(RunWorld.Now.AddDays(3) - world.Options.ClockLag, await world.Watermark());
    }

    [Fact]
    public async Task A_timeout_halves_the_page_and_the_next_run_begins_there()
    {
        var failed = false;
        world.Store.Before = (request, _) =>
        {
            if (!failed && request is { NewestOnly: false, Size: 2 })
            {
                failed = true;
                throw new ConnectorException(FailureKind.StoreDown, FailureCodes.Timeout, "No answer.", "");
            }

            return Task.CompletedTask;
        };
        var run = await world.Run();
        Assert.Equal(("succeeded", 5), (run.State, run.Inserted));
        Assert.Equal([2, 1, 1, 1, 1, 1], world.Store.Sizes);
        Assert.Equal("1", await world.Row("SELECT page_size FROM xtnd.cursor"));

        await world.Run();
        Assert.Equal(1, world.Store.Sizes[^1]);
    }
}
