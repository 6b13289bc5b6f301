using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using XtndOrleans.Engine.Database;
using XtndOrleans.Tests.Server;
using XtndOrleans.Tests.Support;

namespace XtndOrleans.Tests.Database;

public sealed class MigratorTests : IAsyncLifetime
{
    TestDatabase database = null!;

    public async ValueTask InitializeAsync() => database = await TestDatabase.Create(migrated: false);

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Every_script_is_applied_once_and_in_order()
    {
        var applied = await Apply(Migrator.Scripts());

        Assert.Equal(applied.Order(StringComparer.Ordinal), applied);
        Assert.Contains("orleans.0001_providers.sql", applied);
        Assert.Contains("xtnd.0001_core.sql", applied);
        Assert.Empty(await Apply(Migrator.Scripts()));
        Assert.Equal((long)applied.Count, await database.Scalar("SELECT count(*) FROM xtnd_migration.applied WHERE length(sha256) = 32"));
    }

    [Fact]
    public async Task Silos_that_start_at_once_apply_each_script_once_between_them()
    {
        var rounds = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Apply(Migrator.Scripts()))));

        Assert.Equal(Migrator.Scripts().Select(s => s.Name), rounds.SelectMany(r => r));
    }

    [Fact]
    public async Task A_script_that_fails_leaves_nothing_and_the_ones_before_it_stay()
    {
        MigrationScript[] scripts = [new("a.sql", "CREATE TABLE a ()"), new("b.sql", "CREATE TABLE b (); SELECT 1 / 0")];

        var failure = await Assert.ThrowsAsync<DatabaseException>(() => Apply(scripts));

        Assert.Contains("b.sql", failure.Message);
        Assert.Equal("a.sql", await database.Scalar("SELECT string_agg(script, ',') FROM xtnd_migration.applied"));
        Assert.Equal(true, await database.Scalar("SELECT to_regclass('b') IS NULL"));
        Assert.Equal(["b.sql"], await Apply([scripts[0], new("b.sql", "CREATE TABLE b ()")]));
    }

    [Fact]
    public async Task A_changed_script_stops_the_start_and_says_what_to_do()
    {
        await Apply([new("a.sql", "SELECT 1")]);

        var failure = await Assert.ThrowsAsync<DatabaseException>(() => Apply([new("a.sql", "SELECT 2")]));

        Assert.Contains("a.sql was changed after it was applied", failure.Message);
    }

    [Fact]
    public async Task A_database_of_a_newer_build_stops_the_start_and_says_what_to_do()
    {
        await Apply([new("a.sql", "SELECT 1"), new("b.sql", "SELECT 1")]);

        var failure = await Assert.ThrowsAsync<DatabaseException>(() => Apply([new("a.sql", "SELECT 1")]));

        Assert.Contains("newer build", failure.Message);
        Assert.Contains("b.sql", failure.Message);
    }

    [Fact]
    public async Task The_lock_is_given_back_after_a_failure()
    {
        await Assert.ThrowsAsync<DatabaseException>(() => Apply([new("a.sql", "SELECT 1 / 0")]));

        Assert.Equal(["a.sql"], await Apply([new("a.sql", "SELECT 1")]));
        // The view shows the locks of all databases, and other tests' silos take some.
        Assert.Equal(0L, await database.Scalar(
            "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE l.locktype = 'advisory' AND d.datname = current_database()"));
    }

    [Fact]
    public async Task A_connection_that_breaks_within_a_script_is_told_with_its_name_and_leaves_nothing()
    {
        var failure = await Assert.ThrowsAsync<DatabaseException>(() => Apply([new("a.sql", "CREATE TABLE a (); SELECT pg_terminate_backend(pg_backend_pid())")]));

        Assert.Contains("a.sql failed and nothing of it was kept", failure.Message);
        Assert.Equal(["a.sql"], await Apply([new("a.sql", "CREATE TABLE a ()")]));
    }

    [Fact]
    public async Task A_database_that_is_slow_to_answer_is_asked_again_and_one_that_never_does_is_told_in_words()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = ((IPEndPoint)silent.LocalEndpoint).Port,
            Username = "xtnd",
            Timeout = 1,
            SslMode = SslMode.Disable,
        });
        var failure = await Assert.ThrowsAsync<DatabaseException>(() => Migrator.Apply(source, NullLogger.Instance, TestContext.Current.CancellationToken));

        Assert.Contains("ConnectionStrings:Xtnd does not answer", failure.Message);
        for (var attempt = 1; attempt <= 4; attempt++)
        {
            using var asked = await silent.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_limit_of_the_role_does_not_cut_a_script_short()
    {
        await database.Scalar("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET statement_timeout = 2000', current_database()); END $$");
        database.DataSource.Clear();

        Assert.Equal(["a.sql"], await Apply([new("a.sql", "SELECT pg_sleep(3)")]));
    }

    [Fact]
    public async Task A_user_who_may_make_nothing_finds_nothing_to_do_or_is_told_what_it_lacks()
    {
        var user = $"reader_{Guid.NewGuid():N}";
        await database.Scalar($"CREATE ROLE {user} LOGIN PASSWORD 'reader'");
        try
        {
            await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = user, Password = "reader", Pooling = false });

            var refused = await Assert.ThrowsAsync<DatabaseException>(() => Migrator.Apply(source, NullLogger.Instance, Cancelled));
            Assert.Contains("CREATE on it", refused.Message);
            await Apply(Migrator.Scripts());
            await database.Scalar($"GRANT USAGE ON SCHEMA xtnd_migration TO {user}; GRANT SELECT ON xtnd_migration.applied TO {user}");
            Assert.Empty(await Migrator.Apply(source, NullLogger.Instance, Cancelled));
        }
        finally
        {
            await database.Scalar($"DROP OWNED BY {user}; DROP ROLE {user}");
        }
    }

    [Fact]
    public async Task Who_makes_no_tables_waits_until_the_last_script_is_applied()
    {
        var clock = new FakeTimeProvider();
        var scripts = Migrator.Scripts();
        await Apply([.. scripts.SkipLast(1)]);

        var waiting = Migrator.WaitUntilApplied(database.DataSource, NullLogger.Instance, clock, Cancelled);
        Assert.False(waiting.IsCompleted);
        await Apply(scripts);
        await Until.True(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(2));
            return Task.FromResult(waiting.IsCompleted);
        });
        await waiting;
    }

    [Theory]
    [InlineData("xtnd.0001_core.sql")]
    [InlineData("xtnd.0002_records.sql")]
    [InlineData("xtnd.0003_completeness.sql")]
    public async Task A_database_that_was_in_use_is_brought_up_to_date_from_any_earlier_build(string last)
    {
        var scripts = Migrator.Scripts();
        await Apply([.. scripts.TakeWhile(script => string.CompareOrdinal(script.Name, last) <= 0)]);
        await database.Scalar(InUse);
        if (last != "xtnd.0001_core.sql")
        {
            await database.Scalar(AnOrder);
        }

        await Apply(scripts);

        Assert.Equal("password,verified,succeeded,read", await database.Scalar(
            "SELECT concat_ws(',', c.auth_kind, c.status, r.state, p.phase) FROM xtnd.connection c JOIN xtnd.run r ON r.connection_id = c.id JOIN xtnd.cursor p ON p.connection_id = c.id"));
        if (last != "xtnd.0001_core.sql")
        {
            Assert.Equal(1L, await database.Scalar("SELECT count(*) FROM xtnd.order WHERE strpos(xtnd.words(connection_id, number, customer_name, customer_email, status)::text, 'anna') > 0"));
        }

        if (last == "xtnd.0002_records.sql")
        {
            Assert.Equal(true, await database.Scalar("SELECT highest_id = 42 AND sweep_due_at > now() FROM xtnd.cursor"));
        }
    }

    const string InUse = """
        INSERT INTO xtnd.tenant (id, name, created_at) VALUES ('00000000-0000-0000-0000-000000000001', 'Tenant', now());
        INSERT INTO xtnd.api_key (id, tenant_id, name, role, hash, created_at)
        VALUES ('00000000-0000-0000-0000-000000000002', '00000000-0000-0000-0000-000000000001', 'key', 'owner', '\x00', now());
        INSERT INTO xtnd.connection (tenant_id, id, system, name, api_url, base_address, access_token, sealed_secret, status, created_at, updated_at)
        VALUES ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000003', 'magento', 'Shop', 'u', 'u', 'user', '\x00', 'verified', now(), now());
        INSERT INTO xtnd.schedule (tenant_id, connection_id, entity, frequency, active, start_date, time_of_day, next_due_at)
        VALUES ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000003', 'order', 'hourly', true, '2026-01-01', '08:05', now());
        INSERT INTO xtnd.slot (tenant_id, connection_id, entity, due_at, outcome, delay_seconds)
        VALUES ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000003', 'order', now(), 'ran', 0);
        INSERT INTO xtnd.run (tenant_id, connection_id, id, entity, mode, trigger, state, queued_at, finished_at)
        VALUES ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000003', '00000000-0000-0000-0000-000000000004', 'order', 'full', 'manual', 'succeeded', now(), now());
        INSERT INTO xtnd.cursor (tenant_id, connection_id, entity, watermark, last_seq, held)
        VALUES ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000003', 'order', now(), 1, 1);
        """;

    const string AnOrder = """
        INSERT INTO xtnd.order (tenant_id, connection_id, external_id, number, customer_name, lines, first_seen_at, changed_at, seq, hash, body)
        VALUES ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000003', '42', '000000042', 'Anna Öst', '[]', now(), now(), 1,
                '00000000-0000-0000-0000-000000000000', '{}');
        """;

    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    Task<IReadOnlyList<string>> Apply(IReadOnlyList<MigrationScript> scripts) =>
        Migrator.Apply(database.DataSource, scripts, NullLogger.Instance, Cancelled);
}
