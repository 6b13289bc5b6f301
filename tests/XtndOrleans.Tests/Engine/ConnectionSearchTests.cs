using System.Diagnostics;
using XtndOrleans.Connectors;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Tests.Server;
using XtndOrleans.Tests.Support;

namespace XtndOrleans.Tests.Engine;

/// <summary>The page's list of connections, with five thousand of them.</summary>
public sealed class ConnectionSearchTests : IAsyncLifetime
{
    const int Many = 5000;
    static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(200);

    readonly Guid tenant = Guid.CreateVersion7();
    TestDatabase database = null!;
    ConnectionQueries queries = null!;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.Create();
        queries = new(database.DataSource, new ConnectorCatalog([new FakeConnector("magento")]), TimeProvider.System);
        await database.Scalar("INSERT INTO xtnd.tenant (id, name, created_at) VALUES ($1, 'Many', now()), (gen_random_uuid(), 'Other', now())", tenant);
        await database.Scalar(
            """
            INSERT INTO xtnd.connection (tenant_id, id, system, name, api_url, base_address, access_token, sealed_secret, status, created_at, updated_at)
            SELECT tenant.id, gen_random_uuid(), 'magento', format('Shop %s', lpad(i::text, 4, '0')), format('https://shop-%s.example/rest/V1', i), 'https://shop.example/', 'user', '\x01',
                (ARRAY['verified', 'failing', 'unverified', 'paused'])[1 + i % 4], now() + i * interval '1 second', now()
            FROM generate_series(1, $1) i CROSS JOIN xtnd.tenant tenant
            """,
            Many);
        await database.Scalar(
            """
            INSERT INTO xtnd.cursor (tenant_id, connection_id, entity, fresh_at, held)
            SELECT tenant_id, id, entity, now() - right(name, 4)::int * interval '1 minute', 7
            FROM xtnd.connection CROSS JOIN unnest(ARRAY['product', 'order']) entity WHERE right(name, 4)::int % 2 = 0
            """);
        await database.Scalar("ANALYZE");
    }

    public async ValueTask DisposeAsync() => await database.DisposeAsync();

    [Fact]
    public async Task Pages_cover_every_connection_once_in_order()
    {
        var names = new List<string>();
        for (var skip = 0; skip < Many; skip += 1000)
        {
            var page = await Search(new(), skip, 1000);
            Assert.Equal(Many, page.Total);
            names.AddRange(page.Items.Select(item => item.Name));
        }

        Assert.Equal(Enumerable.Range(1, Many).Select(i => $"Shop {i:0000}"), names);
        Assert.Equal((0, Many), ((await Search(new(), Many, 20)).Items.Count, (await Search(new(), Many, 20)).Total));
    }

    [Fact]
    public async Task A_search_finds_parts_of_names_and_addresses_and_takes_wildcards_as_they_are()
    {
        Assert.Equal("Shop 0042", Assert.Single((await Search(new("0042"), 0, 20)).Items).Name);
        Assert.Equal("Shop 0077", Assert.Single((await Search(new("SHOP-77.ex"), 0, 20)).Items).Name);
        Assert.Equal(0, (await Search(new("%"), 0, 20)).Total);
        Assert.Equal(0, (await Search(new("Shop\\"), 0, 20)).Total);
        Assert.Equal(Many, (await Search(new("  "), 0, 20)).Total);
    }

    [Fact]
    public async Task Status_and_system_narrow_the_list()
    {
        var failing = await Search(new(Status: "failing"), 0, 20);
        Assert.Equal(Many / 4, failing.Total);
        Assert.All(failing.Items, item => Assert.Equal("failing", item.Status));
        Assert.Equal(0, (await Search(new(System: "shopify"), 0, 20)).Total);
    }

    [Fact]
    public async Task What_needs_a_person_comes_first_and_what_was_never_read_before_the_stale()
    {
        Assert.Equal("failing", (await Search(new(Order: ConnectionOrder.Status), 0, 1)).Items[0].Status);
        Assert.Equal("Shop 0001", (await Search(new(Order: ConnectionOrder.Freshness), 0, 1)).Items[0].Name);
        Assert.Equal($"Shop {Many}", (await Search(new(Order: ConnectionOrder.Freshness), Many / 2, 1)).Items[0].Name);
        Assert.Equal($"Shop {Many}", (await Search(new(Order: ConnectionOrder.Newest), 0, 1)).Items[0].Name);
    }

    [Fact]
    public async Task A_page_comes_quickly_in_whatever_order()
    {
        foreach (var order in Enum.GetValues<ConnectionOrder>())
        {
            // What it can do; a machine that does much else holds up some.
            var best = TimeSpan.MaxValue;
            for (var i = 0; i < 50 && best >= Quick; i++)
            {
                var began = Stopwatch.GetTimestamp();
                await Search(new("shop", Order: order), 2000, 20);
                best = TimeSpan.FromTicks(Math.Min(best.Ticks, Stopwatch.GetElapsedTime(began).Ticks));
            }

            Assert.True(best < Quick, $"{order}: {best.TotalMilliseconds:0} ms");
        }
    }

    Task<ConnectionsFound> Search(ConnectionFilter filter, int skip, int take) => queries.Search(tenant, filter, skip, take, CancellationToken.None);
}
