using Microsoft.Extensions.Logging.Abstractions;
using XtndOrleans.Engine.Database;
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

    Task<IReadOnlyList<string>> Apply(IReadOnlyList<MigrationScript> scripts) =>
        Migrator.Apply(database.DataSource, scripts, NullLogger.Instance, TestContext.Current.CancellationToken);
}
