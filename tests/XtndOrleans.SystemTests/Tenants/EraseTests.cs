using System.Net;
using System.Text.Json.Nodes;
using Npgsql;
using XtndOrleans.SystemTests.Support;
using XtndOrleans.Tests.Support;

namespace XtndOrleans.SystemTests.Tenants;

/// <summary>What is deleted is gone from every table, whatever was under way, and nothing else is.</summary>
public sealed class EraseTests
{
    static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_deleted_connection_leaves_nothing_even_with_a_run_under_way()
    {
        await using var world = await World.Create(new() { Products = 2000, Orders = 200, Latency = TimeSpan.FromMilliseconds(50) });
        var server = await world.StartServer();
        var (_, api) = await Tenant(server);
        var kept = await Used(world, api);
        var gone = await Used(world, api);
        var untouched = await Held(world.Database, kept);
        var middle = world.HoldRequest("product", 5);
        var run = await api.Run(gone, "product", "full");
        await middle.Reached.WaitAsync(Limit);
        await Until.True(
            async () => (int)(await api.Get($"connections/{gone}/runs/{run}"))["pages"]! > 1, Limit, "the run to be in its middle");

        Assert.Equal(HttpStatusCode.Accepted, (await api.Delete($"connections/{gone}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await api.Delete($"connections/{gone}")).StatusCode);
        Assert.DoesNotContain((await api.Get("connections"))["items"]!.AsArray(), connection => (string)connection!["id"]! == gone);
        await IsGone(world, gone);

        Assert.Equal(untouched, await Held(world.Database, kept));
        Assert.Equal("succeeded", (string)(await api.End(kept, await api.Run(kept, "product")))["state"]!);
        api.Dispose();
    }

    [Fact]
    public async Task A_deleted_tenant_leaves_nothing_and_a_server_that_is_killed_meanwhile_is_finished_by_the_next()
    {
        await using var world = await World.Create(new() { Products = 1000, Orders = 200 });
        var server = await world.StartServer();
        var (other, otherApi) = await Tenant(server);
        var kept = await Used(world, otherApi);
        var (tenant, api) = await Tenant(server);
        await Used(world, api);
        await Used(world, api);
        await RepeatedCall(api);
        var untouched = await Held(world.Database, other, kept);
        using var platform = new Api(server.Address, World.PlatformKey);

        // Somebody reads the orders meanwhile: the erasing stands still in its middle, products gone and orders there.
        var reader = await world.Database.DataSource.OpenConnectionAsync();
        await using var reading = await reader.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("SELECT count(*) FROM (SELECT FROM xtnd.order WHERE tenant_id = $1 FOR UPDATE) held", reader, reading))
        {
            hold.Parameters.Add(new() { Value = Guid.Parse(tenant) });
            Assert.Equal(400L, await hold.ExecuteScalarAsync());
        }

        Assert.Equal(HttpStatusCode.Accepted, (await platform.Delete($"tenants/{tenant}")).StatusCode);
        await Until.True(
            async () => await world.Database.Scalar("SELECT count(*) FROM xtnd.product WHERE tenant_id = $1", Guid.Parse(tenant)) is 0L, Limit, "the products to be erased");
        await server.Kill();
        await world.Database.Scalar("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'XtndOrleans'");
        await reading.RollbackAsync();
        await reader.DisposeAsync();
        Assert.Equal(400L, await world.Database.Scalar("SELECT count(*) FROM xtnd.order WHERE tenant_id = $1", Guid.Parse(tenant)));

        await world.StartServer();
        await IsGone(world, tenant);
        Assert.Equal(untouched, await Held(world.Database, other, kept));
        api.Dispose();
        otherApi.Dispose();
    }

    [Fact]
    public async Task A_sign_in_that_ends_after_the_deletion_brings_nothing_back()
    {
        await using var world = await World.Create(new() { Products = 20, Orders = 5 });
        var server = await world.StartServer();
        var (_, api) = await Tenant(server);
        var gone = await world.Connect(api);
        world.Store.Users["admin"].Password = "Another1password";
        world.Store.Users.RevokeTokens();
        var signIn = world.Store.Gates.HoldNext("token");
        await api.Run(gone, "product");
        await signIn.Reached.WaitAsync(Limit);
        await api.Delete($"connections/{gone}");
        await Until.True(
            async () => await world.Database.Scalar("SELECT 1 FROM xtnd.connection WHERE id = $1", Guid.Parse(gone)) is null, Limit, "the connection to be erased");

        signIn.Release();
        await Until.True(() => Task.FromResult(server.Output.Contains("refused the sign-in", StringComparison.Ordinal)), Limit, "the refusal to arrive");
        world.Store.Users["admin"].Password = "Admin123demo";
        await world.Connect(api);
        await IsGone(world, gone);
        api.Dispose();
    }

    static async Task<(string Id, Api Owner)> Tenant(ServerProcess server)
    {
        using var platform = new Api(server.Address, World.PlatformKey);
        var tenant = (string)(await platform.Post("tenants", new { name = "Test" }))["id"]!;
        return (tenant, new(server.Address, (string)(await platform.Post($"tenants/{tenant}/keys", new { name = "test", role = "owner" }))["key"]!));
    }

    /// <summary>A connection that has something in every table: records, runs, cursors, a schedule, a slot, a reminder, grain state.</summary>
    static async Task<string> Used(World world, Api api)
    {
        var connection = await world.Connect(api);
        foreach (var entity in (string[])["product", "order", "invoice", "shipment", "accounting", "customer", "stock"])
        {
            Assert.Equal("succeeded", (string)(await api.End(connection, await api.Run(connection, entity)))["state"]!);
        }

        // A refused sign-in is what grain state remembers.
        world.Store.Users["admin"].Password = "Another1password";
        await api.Post($"connections/{connection}/verify", null);
        world.Store.Users["admin"].Password = "Admin123demo";
        await World.Verify(api, connection);
        // Next due half an hour from now: a slot more would look like harm done.
        var time = $"08:{TimeProvider.System.GetUtcNow().AddMinutes(30):mm}";
        await api.Put($"connections/{connection}/schedules/product", new { frequency = "hourly", active = true, startDate = "2017-02-27", timeOfDay = time, timeZone = "UTC" });
        await world.Database.Scalar("UPDATE xtnd.schedule SET next_due_at = next_due_at - interval '2 hours' WHERE connection_id = $1 RETURNING 1", Guid.Parse(connection));
        JsonNode? slot = null;
        await Until.True(
            async () => (slot = (await api.Get($"connections/{connection}/schedules/product/slots"))["items"]!.AsArray().FirstOrDefault()) is not null, Limit, "a slot");
        await api.End(connection, (string)slot!["runId"]!);
        await LeftOvers(world, connection);
        Assert.All(await Held(world.Database, connection), table => Assert.True(table.Value > 0, $"{table.Key} has nothing of a connection, so its erasing would prove nothing"));
        return connection;
    }

    /// <summary>What only a fault, a change or a sweep under way leaves.</summary>
    static async Task LeftOvers(World world, string connection) => await world.Database.Scalar(
        """
        WITH mine AS (SELECT tenant_id AS t, id AS c FROM xtnd.connection WHERE id = $1),
        parked AS (
            INSERT INTO xtnd.quarantine (tenant_id, connection_id, entity, external_id, code, reason, first_seen_at, tried_at, attempts, resolved_at)
            SELECT t, c, 'product', '9', 'store_error', 'broken', now(), now(), 1, now() FROM mine),
        changed AS (
            INSERT INTO xtnd.record_history (tenant_id, connection_id, entity, external_id, seq, op, changed_at, fields)
            SELECT t, c, 'product', '9', 1, 'update', now(), '{name}' FROM mine)
        INSERT INTO xtnd.sweep_page (tenant_id, connection_id, entity, run_id, page, ids) SELECT t, c, 'product', c, 0, '{9}' FROM mine
        """,
        Guid.Parse(connection));

    static async Task RepeatedCall(Api api)
    {
        using var rename = new HttpRequestMessage(HttpMethod.Patch, $"connections/{(await api.Get("connections"))["items"]![0]!["id"]}")
        {
            Content = new StringContent("""{"name":"Renamed"}""", null, "application/json"),
            Headers = { { "Idempotency-Key", "rename-1" } },
        };
        Assert.Equal(HttpStatusCode.OK, (await api.Send(rename)).StatusCode);
    }

    /// <summary>Nothing of it is in any table, nor in a backup, and no run of it puts anything back.</summary>
    static async Task IsGone(World world, string id)
    {
        await Until.True(async () => !Mentions(await Dump.Of(world.Database), id), Limit, $"nothing of {id} to be left");
        await Until.True(() => Task.FromResult(world.Store.Traffic.Counts.InFlight == 0), Limit, "the last request to end");
        Assert.False(Mentions(await Dump.Of(world.Database), id));
    }

    static bool Mentions(string dump, string id) =>
        dump.Contains(id, StringComparison.OrdinalIgnoreCase) || dump.Contains(Guid.Parse(id).ToString(), StringComparison.OrdinalIgnoreCase);

    /// <summary>Rows per table, of a connection or of a tenant with that connection: of the tables with a column for it, and of Orleans' by the grains' keys.</summary>
    static async Task<SortedDictionary<string, long>> Held(TestDatabase database, string connection) => await Rows(database, "connection_id", connection);

    static async Task<SortedDictionary<string, long>> Held(TestDatabase database, string tenant, string connection)
    {
        var rows = await Rows(database, "tenant_id", tenant);
        Assert.All(await Rows(database, "connection_id", connection), table => Assert.True(table.Value <= rows[table.Key]));
        return rows;
    }

    static async Task<SortedDictionary<string, long>> Rows(TestDatabase database, string column, string id)
    {
        var tables = (string[])(await database.Scalar(
            """
            SELECT array_agg(format('%I.%I', c.table_schema, c.table_name)::text) FROM information_schema.columns c
            JOIN pg_class t ON t.relname = c.table_name AND t.relnamespace = c.table_schema::regnamespace
            WHERE c.column_name = $1 AND t.relkind IN ('r', 'p') AND NOT t.relispartition
            """, column))!;
        var rows = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in tables)
        {
            rows[table] = (long)(await database.Scalar($"SELECT count(*) FROM {table} WHERE {column} = $1", Guid.Parse(id)))!;
        }

        rows["orleans.reminder"] = (long)(await database.Scalar("SELECT count(*) FROM orleans.reminder WHERE grainid LIKE $1", $"%{id}%"))!;
        rows["orleans.state"] = (long)(await database.Scalar("SELECT count(*) FROM orleans.state WHERE grainidextensionstring LIKE $1", $"%{id}%"))!;
        return rows;
    }
}
