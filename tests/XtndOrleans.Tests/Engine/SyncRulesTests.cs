using CsCheck;
using XtndOrleans.Connectors;
using XtndOrleans.Engine.Syncs;

namespace XtndOrleans.Tests.Engine;

public sealed class SyncRulesTests
{
    static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    static readonly SyncOptions Options = new();

    [Fact]
    public void A_busy_stores_window_closes_at_its_newest_change() =>
        Assert.Equal(Now.AddMinutes(-3), SyncRules.NextWatermark(Now, Now.AddMinutes(-3), Now.AddHours(-2), Options));

    [Fact]
    public void A_quiet_store_is_not_read_again_from_its_last_change_long_ago() =>
        Assert.Equal(Now - Options.ClockLag, SyncRules.NextWatermark(Now, Now.AddYears(-1), null, Options));

    [Fact]
    public void A_record_from_the_future_does_not_hide_the_present() =>
        Assert.Equal(Now, SyncRules.NextWatermark(Now, Now.AddYears(10), null, Options));

    [Fact]
    public void A_store_without_a_clock_is_trusted_up_to_its_newest_change() =>
        Assert.Equal(Now.AddDays(-5), SyncRules.NextWatermark(null, Now.AddDays(-5), null, Options));

    [Fact]
    public void The_watermark_goes_back_only_out_of_the_stores_future() =>
        Gen.Select(Gen.Long[-1_000_000, 1_000_000].Nullable(), Gen.Long[-1_000_000, 1_000_000].Nullable(), Gen.Long[-1_000_000, 1_000_000])
            .Sample((store, newest, watermark) =>
            {
                var next = SyncRules.NextWatermark(At(store), At(newest), Now.AddSeconds(watermark), Options);
                return store < watermark ? next <= At(store) : next >= Now.AddSeconds(watermark);
            });

    /// <summary>Whatever the lag of the database's clock within the allowance, a change made after the window closed is at or after the watermark.</summary>
    [Fact]
    public void No_later_change_lies_before_the_watermark() => Gen.Select(Gen.Long[0, 26 * 3600], Gen.Long[0, 400 * 86_400], Gen.Long[1, 86_400])
        .Sample((lag, age, later) =>
        {
            var databaseNow = Now.AddSeconds(-lag);
            var newest = databaseNow.AddSeconds(-age);
            var nextChange = databaseNow.AddSeconds(later);
            return SyncRules.NextWatermark(Now, newest, null, Options) <= nextChange;
        });

    [Fact]
    public void An_incremental_window_that_begins_after_the_watermark_closes_nothing()
    {
        Assert.False(SyncRules.Closes(new(1, null, Now, null, Now.AddHours(-1), "incremental")));
        Assert.True(SyncRules.Closes(new(1, null, Now.AddHours(-2), null, Now.AddHours(-1), "incremental")));
        Assert.True(SyncRules.Closes(new(1, null, null, null, null, "full")));
        Assert.False(SyncRules.Closes(new(1, null, Now, null, null, "incremental")));
    }

    [Fact]
    public void The_store_is_given_the_time_it_asks_for()
    {
        var wait = SyncRules.WaitBefore(Failure(FailureKind.Rate, retryAfter: TimeSpan.FromSeconds(90)), attempt: 0, jitter: 0.5, Options);
        Assert.InRange(wait, TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(91));
    }

    [Fact]
    public void Waits_double_up_to_the_longest_and_never_vanish() => Gen.Select(Gen.Int[0, 1000], Gen.Double[0, 1]).Sample((attempt, jitter) =>
    {
        var wait = SyncRules.WaitBefore(Failure(FailureKind.StoreDown), attempt, jitter, Options);
        return wait >= Options.FirstWait / 2 && wait <= Options.LongestWait;
    });

    [Theory]
    [InlineData(FailureKind.Credentials, false)]
    [InlineData(FailureKind.Permission, false)]
    [InlineData(FailureKind.Rejected, false)]
    [InlineData(FailureKind.Rate, true)]
    [InlineData(FailureKind.StoreDown, true)]
    [InlineData(FailureKind.Blocked, true)]
    [InlineData(FailureKind.Data, true)]
    [InlineData(FailureKind.Unauthorized, true)]
    public void Only_what_waiting_can_mend_is_tried_again(FailureKind kind, bool expected) =>
        Assert.Equal(expected, SyncRules.TriesAgain(Failure(kind), 0, TimeSpan.Zero, Options));

    [Fact]
    public void A_refused_signature_is_left_to_the_door_and_an_ended_wait_for_a_person_is_not()
    {
        Assert.True(SyncRules.TriesAgain(new(FailureKind.Credentials, "c", "m", "") { Status = 401 }, 0, TimeSpan.Zero, Options));
        Assert.False(SyncRules.TriesAgain(new(FailureKind.Credentials, "c", "m", ""), 0, TimeSpan.Zero, Options));
    }

    [Fact]
    public void Patience_ends()
    {
        Assert.False(SyncRules.TriesAgain(Failure(FailureKind.StoreDown), 3, Options.Patience, Options));
        Assert.False(SyncRules.TriesAgain(Failure(FailureKind.Data), Options.MalformedRetries, TimeSpan.Zero, Options));
    }

    [Fact]
    public void A_runs_id_tells_when_it_was_made()
    {
        var made = DateTimeOffset.FromUnixTimeMilliseconds(1_795_447_866_123);
        Assert.Equal(made, RunIds.CreatedAt(Guid.CreateVersion7(made)));
    }

    static DateTimeOffset? At(long? seconds) => seconds is null ? null : Now.AddSeconds(seconds.Value);

    static ConnectorException Failure(FailureKind kind, TimeSpan? retryAfter = null) => new(kind, "code", "message", "cure") { RetryAfter = retryAfter };
}
