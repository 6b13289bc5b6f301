using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using XtndOrleans.Engine.Sweeping;
using XtndOrleans.Tests.Server;

namespace XtndOrleans.Tests.Engine;

public sealed class JanitorTests : IAsyncLifetime
{
    static readonly TimeSpan Round = TimeSpan.FromSeconds(5);

    readonly FakeTimeProvider clock = new(RunWorld.Now);
    RunWorld world = null!;

    public async ValueTask InitializeAsync() => world = await RunWorld.Start();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task What_is_older_than_its_retention_goes_and_what_tells_how_things_stand_stays()
    {
        var runs = new[] { await Run("product", "failed", -3), await Run("product", "succeeded", -2), await Run("order", "failed", -3), await Run("order", "running", -2) };
        var old = await Run("product", "succeeded", 1);
        await Insert("slot (tenant_id, connection_id, entity, due_at, outcome, delay_seconds)", "'product', $3, 'ran', 0", -1);
        await Insert("slot (tenant_id, connection_id, entity, due_at, outcome, delay_seconds)", "'product', $3, 'ran', 0", 1);
        const string Parked = "quarantine (tenant_id, connection_id, entity, external_id, code, reason, first_seen_at, tried_at, attempts, resolved_at)";
        await Insert(Parked, "'product', 'open', 'c', 'r', $3, $3, 1, NULL", -9);
        await Insert(Parked, "'product', 'old', 'c', 'r', $3, $3, 1, $3", -1);
        await Insert(Parked, "'product', 'new', 'c', 'r', $3, $3, 1, $3", 1);
        const string Changed = "record_history (tenant_id, connection_id, entity, external_id, seq, op, changed_at, fields)";
        await Insert(Changed, "'product', '1', 1, 'update', $3, '{}'", -1);
        await Insert(Changed, "'product', '1', 2, 'update', $3, '{}'", 1);

        clock.Advance(TimeSpan.FromDays(90));
        await UntilHistoryIs("2");
        Assert.Equal($"{runs[3]},{old}", await All("SELECT id FROM xtnd.run ORDER BY queued_at"));
        Assert.Equal("1", await world.Row("SELECT count(*) FROM xtnd.slot"));
        Assert.Equal("new,open", await All("SELECT external_id FROM xtnd.quarantine ORDER BY 1"));

        clock.Advance(TimeSpan.FromDays(400));
        await UntilHistoryIs("");
        Assert.Equal($"{runs[3]},{old}", await All("SELECT id FROM xtnd.run ORDER BY queued_at"));
        Assert.Equal("open", await All("SELECT external_id FROM xtnd.quarantine"));
    }

    [Fact]
    public async Task A_round_takes_no_more_than_a_batch_and_the_next_goes_on()
    {
        await world.Database.Scalar("""
            INSERT INTO xtnd.record_history (tenant_id, connection_id, entity, external_id, seq, op, changed_at, fields)
            SELECT $1, $2, 'product', '1', n, 'update', '2020-01-01', '{}' FROM generate_series(1, 12000) n
            """, world.Connection.Tenant, world.Connection.Connection);
        using var janitor = Janitor();
        await janitor.StartAsync(TestContext.Current.CancellationToken);
        await Until.True(async () => await world.Row("SELECT count(*) FROM xtnd.record_history") == "7000");
        await Until.True(async () =>
        {
            clock.Advance(Round);
            return await world.Row("SELECT count(*) FROM xtnd.record_history") == "0";
        });
        await janitor.StopAsync(TestContext.Current.CancellationToken);
    }

    Janitor Janitor() => new(world.Database.DataSource, Options.Create(new RetentionOptions()), clock, NullLogger<Janitor>.Instance);

    /// <summary>The history is what a round looks at last.</summary>
    async Task UntilHistoryIs(string seqs)
    {
        using var janitor = Janitor();
        await janitor.StartAsync(TestContext.Current.CancellationToken);
        await Until.True(async () => await All("SELECT seq FROM xtnd.record_history ORDER BY seq") == seqs);
        await janitor.StopAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>A run that ended (or, running, began) so many minutes after what is 90 days old when the clock has moved.</summary>
    async Task<Guid> Run(string entity, string state, int minutes)
    {
        var (run, at) = (Guid.CreateVersion7(RunWorld.Now.AddMinutes(minutes)), RunWorld.Now.AddMinutes(minutes).UtcDateTime);
        await world.Database.Scalar(
            """
            INSERT INTO xtnd.run (tenant_id, connection_id, id, entity, mode, trigger, state, queued_at, finished_at)
            VALUES ($1, $2, $3, $4, 'full', 'manual', $5, $6, CASE WHEN $5 <> 'running' THEN $6 END)
            """,
            world.Connection.Tenant, world.Connection.Connection, run, entity, state, at);
        return run;
    }

    async Task Insert(string into, string values, int minutes) => await world.Database.Scalar(
        $"INSERT INTO xtnd.{into} VALUES ($1, $2, {values})", world.Connection.Tenant, world.Connection.Connection, RunWorld.Now.AddMinutes(minutes).UtcDateTime);

    async Task<string> All(string sql) => (string)(await world.Database.Scalar($"SELECT coalesce(string_agg(x::text, ','), '') FROM ({sql}) AS t(x)"))!;
}
