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

    // More than fits into what a circuit accepts from a page when it begins.
    [Fact]
    public async Task Pages_full_of_failures_come_alive_too()
    {
        var (connection, _) = await world.Connect();
        await Failed(connection, 25);
        var tab = await SignedIn();
        await tab.GoTo(Runs(connection));
        var rows = tab.Page.GetByRole(AriaRole.Article);
        await Expect(rows).ToHaveCountAsync(25);
        await tab.Page.GetByLabel("Records").SelectOptionAsync("order");
        await Expect(rows).ToHaveCountAsync(4);
        await rows.First.GetByRole(AriaRole.Link).ClickAsync();
        await tab.Page.ReloadAsync();
        await tab.Interactive();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "All of the quarantine" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Article, new() { Name = "Order 22" })).ToBeVisibleAsync();
        await tab.GoTo($"/settings/connectors/{connection}/quarantine");
        await tab.Page.GetByLabel("Records").SelectOptionAsync("customer");
        await Expect(tab.Page.GetByRole(AriaRole.Article, new() { Name = "Customer 2", Exact = true })).ToBeVisibleAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Article, new() { Name = "Order 22" })).ToHaveCountAsync(0);
    }

    // Of every entity in turn, with a record of each in quarantine.
    Task<object?> Failed(string connection, int count) => world.World.Database.Scalar(
        """
        WITH number AS (
            SELECT n, (ARRAY['product', 'order', 'customer', 'invoice', 'shipment', 'accounting', 'stock'])[1 + n % 7] AS entity FROM generate_series(0, $1 - 1) n),
        parked AS (
            INSERT INTO xtnd.quarantine (tenant_id, connection_id, entity, external_id, code, reason, reply, first_seen_at, tried_at, attempts)
            SELECT c.tenant_id, c.id, entity, n::text, 'store_error', 'The store answered with an error of its own.',
                'what the store said ' || n % 7 || ' ' || repeat('Något gick snett på vägen. ', 40), now(), now(), 3
            FROM xtnd.connection c, number WHERE c.id = $2)
        INSERT INTO xtnd.run (tenant_id, connection_id, id, entity, mode, trigger, state, queued_at, started_at, finished_at, error_code, error_message, error_cure)
        SELECT c.tenant_id, c.id, ('01900000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, entity, 'incremental', 'schedule', 'failed', now(), now(), now(),
            'store_error', repeat('The store answered with an error of its own. ', 12), repeat('Ask whoever runs it. ', 12)
        FROM xtnd.connection c, number WHERE c.id = $2
        """,
        count, Guid.Parse(connection));

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
