using XtndOrleans.Engine;
using XtndOrleans.Engine.Schedules;
using XtndOrleans.Engine.Syncs;

namespace XtndOrleans.Tests.Engine;

/// <summary>The schedule grain on real reminders. The connection is paused, so that a due slot is decided without a run.</summary>
public sealed class EntityScheduleGrainTests(EngineFixture engine) : IClassFixture<EngineFixture>, IAsyncLifetime
{
    static readonly Schedule Armed = new(Frequency.Daily, new(2026, 1, 5), new(8, 5), "America/New_York");

    IEntityScheduleGrain Grain => engine.Grains.GetGrain<IEntityScheduleGrain>(engine.Runs.Products.ScheduleKey);

    DateTimeOffset Now => engine.Clock.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        // Hours after the slots that the tests arm: whether one moved by an hour is due must not hang on the time of day at which they run.
        var now = TimeProvider.System.GetUtcNow();
        engine.Clock.Shift = new DateTimeOffset(now.Date, TimeSpan.Zero).AddHours(15) - now;
        await engine.Runs.Database.Scalar("UPDATE xtnd.connection SET status = 'paused', time_zone = 'Europe/Stockholm'");
        await engine.Runs.Database.Scalar("DELETE FROM xtnd.slot");
        await engine.Runs.Database.Scalar("DELETE FROM xtnd.run");
        await engine.Runs.Database.Scalar("DELETE FROM xtnd.schedule");
        await engine.Runs.Database.Scalar("DELETE FROM xtnd.cursor");
    }

    public async ValueTask DisposeAsync() => await Grain.Remove();

    [Fact]
    public async Task A_slot_that_was_due_in_the_zone_that_was_armed_is_decided_although_the_zone_changed()
    {
        var due = await Due();
        await Grain.EnsureArmed();

        Assert.Equal((due.UtcDateTime, "1 skipped_paused"), await Slots());
        Assert.Equal(ScheduleRules.Next(Armed with { TimeZone = "Europe/Stockholm" }, Now), await NextDue());
        Assert.Equal("Europe/Stockholm", await engine.Runs.Row("SELECT armed_zone FROM xtnd.schedule"));
    }

    /// <summary>A government moved the clocks' change after the slot was armed: it was armed for an hour later, or earlier, than it now is due.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_slot_whose_zone_changed_its_rules_while_it_was_armed_is_decided_once(int hours)
    {
        var due = await Due();
        await engine.Runs.Database.Scalar(
            "UPDATE xtnd.schedule SET time_zone = armed_zone, next_due_at = $1", due.AddHours(hours).UtcDateTime);
        await Grain.EnsureArmed();
        await Grain.EnsureArmed();

        Assert.Equal((due.UtcDateTime, "1 skipped_paused"), await Slots());
        Assert.Equal(ScheduleRules.Next(Armed, Now), await NextDue());
    }

    [Fact]
    public async Task A_slot_whose_outcome_could_not_be_written_keeps_the_run_that_it_started()
    {
        var due = await Due();
        await engine.Runs.Database.Scalar("UPDATE xtnd.connection SET status = 'verified', verified_at = now()");
        await engine.Runs.Database.Scalar(
            """
            INSERT INTO xtnd.run (tenant_id, connection_id, id, entity, mode, trigger, state, queued_at, finished_at)
            VALUES ($1, $2, $3, 'product', 'full', 'schedule', 'succeeded', $4, $4)
            """,
            engine.Runs.Connection.Tenant, engine.Runs.Connection.Connection, Guid.CreateVersion7(due.AddSeconds(1)), due.AddSeconds(1).UtcDateTime);
        await Grain.EnsureArmed();

        Assert.Equal((due.UtcDateTime, "1 late"), await Slots());
        Assert.Equal("1 1", await engine.Runs.Row("SELECT count(*), count(slot.run_id) FROM xtnd.run LEFT JOIN xtnd.slot ON slot.run_id = run.id"));
    }

    [Fact]
    public async Task What_was_due_is_decided_before_another_schedule_is_set()
    {
        var due = await Due();
        await Grain.Set(Draft() with { IfVersion = 1 });

        Assert.Equal((due.UtcDateTime, "1 skipped_paused"), await Slots());
        Assert.Equal(ScheduleRules.Next(new(Frequency.Weekly, new(2026, 11, 2), new(9, 15), "Asia/Tokyo"), Now), await NextDue());
        Assert.Equal("2", await engine.Runs.Row("SELECT version FROM xtnd.schedule"));
    }

    [Fact]
    public async Task A_change_of_what_somebody_else_has_changed_is_refused()
    {
        await Grain.Set(Draft());
        var stale = await Assert.ThrowsAsync<ProblemException>(() => Grain.Set(Draft(active: false) with { IfVersion = 7 }));

        Assert.Equal(ProblemKind.Stale, stale.Kind);
        Assert.Equal("True 1", await engine.Runs.Row("SELECT active, version FROM xtnd.schedule"));
    }

    [Fact]
    public async Task An_inactive_schedule_has_no_reminder()
    {
        await Grain.Set(Draft());
        Assert.Equal("1", await Reminders());
        await Grain.Set(Draft(active: false));

        Assert.Equal("0", await Reminders());
        Assert.Equal("False -", await engine.Runs.Row("SELECT active, next_due_at FROM xtnd.schedule"));
    }

    [Fact]
    public async Task Another_rhythm_of_sweeps_moves_the_next_and_off_takes_it_away()
    {
        await engine.Runs.Database.Scalar(
            "INSERT INTO xtnd.cursor (tenant_id, connection_id, entity, watermark) VALUES ($1, $2, 'product', now())", engine.Runs.Connection.Tenant, engine.Runs.Connection.Connection);
        await Grain.Set(Draft());
        Assert.Equal("-", await SweepDue());

        await Grain.Set(Draft() with { Sweep = "weekly" });
        var due = new DateTimeOffset((DateTime)(await engine.Runs.Database.Scalar("SELECT sweep_due_at FROM xtnd.cursor"))!, TimeSpan.Zero);
        Assert.Equal(SweepRules.Next(engine.Runs.Connection, "weekly", "Europe/Stockholm", Now), due);

        await Grain.Set(Draft() with { Sweep = "off" });
        Assert.Equal("-", await SweepDue());
        await Grain.Set(Draft());
        Assert.Equal("off", await engine.Runs.Row("SELECT sweep FROM xtnd.schedule"));
        var wrong = await Assert.ThrowsAsync<ProblemException>(() => Grain.Set(Draft() with { Sweep = "monthly" }));
        Assert.Equal(["sweep"], wrong.Errors.Keys);
    }

    Task<string> SweepDue() => engine.Runs.Row("SELECT sweep_due_at FROM xtnd.cursor");

    /// <summary>A schedule whose last slot came due while nobody looked.</summary>
    async Task<DateTimeOffset> Due()
    {
        var due = ScheduleRules.Next(Armed, Now.AddDays(-1));
        await engine.Runs.Database.Scalar(
            """
            INSERT INTO xtnd.schedule (tenant_id, connection_id, entity, frequency, active, start_date, time_of_day, armed_zone, next_due_at)
            VALUES ($1, $2, 'product', 'daily', true, '2026-01-05', '08:05', 'America/New_York', $3)
            """,
            engine.Runs.Connection.Tenant, engine.Runs.Connection.Connection, due.UtcDateTime);
        return due;
    }

    async Task<(DateTime First, string Found)> Slots() => (
        (DateTime)(await engine.Runs.Database.Scalar("SELECT min(due_at) FROM xtnd.slot"))!, await engine.Runs.Row("SELECT count(*), min(outcome) FROM xtnd.slot"));

    async Task<DateTimeOffset> NextDue() => new((DateTime)(await engine.Runs.Database.Scalar("SELECT next_due_at FROM xtnd.schedule"))!, TimeSpan.Zero);

    Task<string> Reminders() => engine.Runs.Row("SELECT count(*) FROM orleans.reminder");

    static ScheduleDraft Draft(bool active = true) => new("weekly", active, "2026-11-02", "09:15", "Asia/Tokyo");
}
