using System.Globalization;
using System.Text.Json.Nodes;
using XtndOrleans.SystemTests.Connections;
using XtndOrleans.SystemTests.Support;

namespace XtndOrleans.SystemTests.Schedules;

public sealed class NextRunTests(VerifyWorld shared) : IClassFixture<VerifyWorld>
{
    readonly Api api = shared.Api;

    [Fact]
    public async Task A_daily_schedule_of_years_ago_lists_the_next_ten_mornings_by_the_clock_on_the_wall()
    {
        var connection = await shared.World.Connect(api);
        var asked = TimeProvider.System.GetUtcNow();
        await api.Put($"connections/{connection}/schedules/product", new
        {
            frequency = "daily",
            active = true,
            startDate = "2017-02-27",
            timeOfDay = "08:05",
            timeZone = "Europe/Stockholm",
        });
        var schedule = await api.Get($"connections/{connection}/schedules/product");

        var runs = schedule["nextRuns"]!.AsArray();
        var first = Enumerable.Range(0, 2).Select(days => Morning(asked, days)).First(morning => morning > asked);
        Assert.Equal(10, runs.Count);
        Assert.Equal(Enumerable.Range(0, 10).Select(days => Morning(first, days)), runs.Select(run => At(run!["at"])));
        Assert.All(runs, run => Assert.Equal(Local(At(run!["at"])), (string)run["local"]!));
        Assert.All(runs, run => Assert.EndsWith(" 08:05", (string)run!["local"]!));
        var shown = (await api.Get($"connections/{connection}"))["entities"]!.AsArray().Single(entity => (string)entity!["entity"]! == "product")!["schedule"]!;
        Assert.Equal(first, At(shown["nextRunAt"]));
        Assert.Equal("2017-02-27 08:05 Europe/Stockholm", $"{shown["startDate"]} {shown["timeOfDay"]} {shown["timeZone"]}");
        Assert.True((bool)shown["active"]!);
    }

    [Fact]
    public async Task A_new_connection_has_products_daily_and_orders_hourly_and_nothing_active()
    {
        var connection = (string)(await api.Post("connections", shared.World.Draft()))["id"]!;
        var schedules = (await api.Get($"connections/{connection}"))["entities"]!.AsArray().ToDictionary(entity => (string)entity!["entity"]!, entity => entity!["schedule"]!);

        Assert.Equal(("daily", "hourly"), ((string)schedules["product"]["frequency"]!, (string)schedules["order"]["frequency"]!));
        Assert.All(schedules.Values, schedule => Assert.False((bool)schedule["active"]!));
        Assert.All(schedules.Values, schedule => Assert.Null(schedule["nextRunAt"]));
        Assert.Empty((await api.Get($"connections/{connection}/schedules/order"))["nextRuns"]!.AsArray());
        Assert.Null(await shared.World.Database.Scalar("SELECT 1 FROM orleans.reminder WHERE grainid LIKE $1", $"%{connection}%"));
    }

    static DateTimeOffset At(JsonNode? node) => DateTimeOffset.Parse((string)node!, CultureInfo.InvariantCulture);

    static string Local(DateTimeOffset at) => at.ToOffset(Offset(at)).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>08:05 on the wall in Stockholm, so many days after the day of <paramref name="from"/>.</summary>
    static DateTimeOffset Morning(DateTimeOffset from, int days)
    {
        var local = from.ToOffset(Offset(from)).Date.AddDays(days).AddHours(8).AddMinutes(5);
        return new DateTimeOffset(local, Offset(new(local, TimeSpan.FromHours(1)))).ToUniversalTime();
    }

    // By the Union's directive, not by the time zone database that the product uses: summer is from 01:00 UTC on the last Sunday of March to that of October.
    static TimeSpan Offset(DateTimeOffset at) => TimeSpan.FromHours(at >= LastSunday(at.Year, 3) && at < LastSunday(at.Year, 10) ? 2 : 1);

    static DateTimeOffset LastSunday(int year, int month)
    {
        var last = new DateTimeOffset(year, month, 31, 1, 0, 0, TimeSpan.Zero);
        return last.AddDays(-(int)last.DayOfWeek);
    }
}
