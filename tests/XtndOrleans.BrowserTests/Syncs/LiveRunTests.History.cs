namespace XtndOrleans.BrowserTests.Syncs;

public sealed partial class LiveRunTests
{
    [Fact]
    public async Task A_long_history_is_read_on_filtered_and_gone_through_by_keyboard()
    {
        var (connection, _) = await world.Connect();
        await Ended(connection, 30);
        var tab = await SignedIn();
        await tab.GoTo(Runs(connection));
        var rows = tab.Page.GetByRole(AriaRole.Article);
        await Expect(rows).ToHaveCountAsync(25);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Load more" }).ClickAsync();
        await Expect(rows).ToHaveCountAsync(30);
        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Load more" })).ToHaveCountAsync(0);

        await tab.Page.GetByLabel("State").SelectOptionAsync("failed");
        await Expect(rows).ToHaveCountAsync(3);
        await tab.Page.ReloadAsync();
        await tab.Interactive();
        await Expect(rows).ToHaveCountAsync(3);
        await Expect(rows.First).ToContainTextAsync("The store answered with an error of its own.");
        await tab.Page.GetByLabel("Records").SelectOptionAsync("customer");
        await Expect(tab.Page.GetByText("No such run")).ToBeVisibleAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Show all" }).ClickAsync();
        await Expect(rows).ToHaveCountAsync(25);

        await rows.First.GetByRole(AriaRole.Link).PressAsync("Enter");
        await Expect(Live(tab)).ToContainTextAsync("30 new");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Run before" }).PressAsync("Enter");
        await Expect(Live(tab)).ToContainTextAsync("29 new");
        await Expect(tab.Page.GetByRole(AriaRole.Link, new() { Name = "Run after" })).ToBeVisibleAsync();
    }

    // The ids of runs are ordered by time; each tenth failed.
    Task<object?> Ended(string connection, int count) => world.World.Database.Scalar(
        """
        INSERT INTO xtnd.run (tenant_id, connection_id, id, entity, mode, trigger, state, queued_at, started_at, finished_at, inserted, error_code, error_message)
        SELECT c.tenant_id, c.id, ('01900000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'product', 'incremental', 'schedule',
            CASE WHEN n % 10 = 0 AND n < 30 OR n = 5 THEN 'failed' ELSE 'succeeded' END, at, at, at + interval '70 s', n,
            CASE WHEN n % 10 = 0 AND n < 30 OR n = 5 THEN 'store_error' END, 'The store answered with an error of its own.'
        FROM xtnd.connection c, generate_series(1, $1) n, LATERAL (SELECT now() - make_interval(days => $1 - n + 1) AS at) t WHERE c.id = $2
        """,
        count, Guid.Parse(connection));
}
