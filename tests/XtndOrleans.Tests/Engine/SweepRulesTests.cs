using CsCheck;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Syncs;

namespace XtndOrleans.Tests.Engine;

public sealed class SweepRulesTests
{
    static readonly Gen<ConnectionId> Connections = Gen.Guid.Select(id => new ConnectionId(Guid.Empty, id));

    static readonly Gen<DateTimeOffset> Moments = Gen.Int[0, 2 * 365 * 24 * 60].Select(minutes => At("2026-01-01").AddMinutes(minutes));

    [Theory]
    [InlineData("Europe/Stockholm")]
    [InlineData("America/New_York")]
    [InlineData("Asia/Kolkata")]
    [InlineData("Pacific/Apia")]
    [InlineData("no/such/zone")]
    public void A_nightly_sweep_comes_once_in_each_night_between_two_and_five(string zone) =>
        Gen.Select(Connections, Moments).Sample((connection, now) =>
        {
            var next = SweepRules.Next(connection, "nightly", zone, now)!.Value;
            var local = TimeZoneInfo.ConvertTime(next, Zone(zone));
            var second = SweepRules.Next(connection, "nightly", zone, next)!.Value;
            Assert.True(next > now && next - now <= TimeSpan.FromHours(26), $"{now} {next}");
            Assert.InRange(local.TimeOfDay, TimeSpan.FromHours(2), TimeSpan.FromHours(5));
            Assert.InRange(second - next, TimeSpan.FromHours(22), TimeSpan.FromHours(26));
        });

    [Fact]
    public void A_weekly_sweep_comes_in_the_small_hours_of_sunday() =>
        Gen.Select(Connections, Moments).Sample((connection, now) =>
        {
            var next = SweepRules.Next(connection, "weekly", "Europe/Stockholm", now)!.Value;
            Assert.Equal(DayOfWeek.Sunday, TimeZoneInfo.ConvertTime(next, Zone("Europe/Stockholm")).DayOfWeek);
            Assert.True(next > now && next - now <= TimeSpan.FromDays(7) + TimeSpan.FromHours(1));
        });

    [Fact]
    public void A_minute_that_the_clocks_skip_is_the_first_after_the_gap()
    {
        var connection = Between(TimeSpan.FromHours(2), TimeSpan.FromHours(3));
        var next = SweepRules.Next(connection, "nightly", "Europe/Stockholm", At("2026-03-28T12:00:00Z"))!.Value;
        Assert.Equal(At("2026-03-29T01:00:00Z"), next);
        Assert.Equal(At("2026-03-30").Day, SweepRules.Next(connection, "nightly", "Europe/Stockholm", next)!.Value.Day);
    }

    [Fact]
    public void A_minute_that_comes_twice_is_one_sweep_at_its_first()
    {
        var connection = Between(TimeSpan.FromHours(2), TimeSpan.FromHours(3));
        var next = SweepRules.Next(connection, "nightly", "Europe/Stockholm", At("2026-10-24T12:00:00Z"))!.Value;
        Assert.InRange(next, At("2026-10-25T00:00:00Z"), At("2026-10-25T00:59:59Z"));
        Assert.Equal(26, SweepRules.Next(connection, "nightly", "Europe/Stockholm", next)!.Value.Day);
    }

    [Fact]
    public void A_fleet_is_spread_over_the_night() => Assert.InRange(
        Enumerable.Range(0, 1000).Select(_ => SweepRules.TimeOf(new(Guid.Empty, Guid.CreateVersion7()))).Distinct().Count(), 150, 181);

    [Fact]
    public void Off_is_never() => Assert.Null(SweepRules.Next(new(Guid.Empty, Guid.NewGuid()), "off", "UTC", At("2026-01-01")));

    static ConnectionId Between(TimeSpan from, TimeSpan to)
    {
        while (true)
        {
            var connection = new ConnectionId(Guid.Empty, Guid.NewGuid());
            if (SweepRules.TimeOf(connection).ToTimeSpan() is var time && time > from && time < to)
            {
                return connection;
            }
        }
    }

    static TimeZoneInfo Zone(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;

    static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal);
}
