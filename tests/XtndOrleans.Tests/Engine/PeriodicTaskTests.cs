using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using XtndOrleans.Engine.Sweeping;
using XtndOrleans.Tests.Server;
using XtndOrleans.Tests.Support;

namespace XtndOrleans.Tests.Engine;

/// <summary>One silo at a time acts. Two tasks with one lock are two silos; one whose clock stands still is frozen.</summary>
public sealed class PeriodicTaskTests : IAsyncLifetime
{
    const string Holder = "FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'";

    TestDatabase database = null!;

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await TestDatabase.Create();

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task One_that_is_frozen_while_it_acts_does_not_keep_the_others_waiting()
    {
        using var frozen = new Round(database.DataSource, new FakeTimeProvider(), TimeSpan.FromSeconds(1));
        await frozen.StartAsync(Cancel);
        await frozen.Acts.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Cancel);
        using var other = new Round(database.DataSource, TimeProvider.System, TimeSpan.FromSeconds(30));
        await other.StartAsync(Cancel);
        await other.Acts.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Cancel);
        await other.StopAsync(Cancel);
        await frozen.StopAsync(Cancel);
    }

    [Fact]
    public async Task One_that_acts_for_long_says_so_to_the_database()
    {
        var clock = new FakeTimeProvider();
        using var busy = new Round(database.DataSource, clock, TimeSpan.FromMinutes(10));
        await busy.StartAsync(Cancel);
        await busy.Acts.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Cancel);
        for (var word = 0; word < 3; word++)
        {
            var before = await database.Scalar($"SELECT state_change {Holder}");
            clock.Advance(TimeSpan.FromMinutes(10) / 3);
            await Until.True(async () => await database.Scalar($"SELECT state_change {Holder}") is { } now && !now.Equals(before));
        }

        await busy.StopAsync(Cancel);
    }

    sealed class Round(NpgsqlDataSource database, TimeProvider clock, TimeSpan silence) : PeriodicTask(database, clock, NullLogger.Instance)
    {
        readonly TaskCompletionSource acts = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Ends when it acts, which it does until it is stopped.</summary>
        public Task Acts => acts.Task;

        protected override long LockKey => 1;

        protected override int AtOnce => 1;

        protected override TimeSpan Interval => TimeSpan.FromMilliseconds(50);

        protected override TimeSpan Silence => silence;

        protected override async Task Act(CancellationToken stopping)
        {
            acts.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stopping);
        }
    }
}
