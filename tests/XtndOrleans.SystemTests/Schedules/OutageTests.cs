using System.Globalization;
using System.Text.Json.Nodes;
using XtndOrleans.SystemTests.Support;

namespace XtndOrleans.SystemTests.Schedules;

public sealed class OutageTests
{
    [Fact]
    public async Task A_cluster_that_was_down_over_due_times_catches_up_with_one_run_and_lists_every_slot()
    {
        await using var world = await World.Create(new() { Products = 400, Orders = 1 });
        var first = await world.StartServer();
        using var api = await World.NewTenant(first);
        var connection = await world.Connect(api);
        await api.Put($"connections/{connection}/schedules/product", Hourly());
        await first.Stop();
        // Five hours pass while nothing runs: the row is what a server finds that was down for so long.
        await world.Database.Scalar("UPDATE xtnd.schedule SET next_due_at = next_due_at - interval '5 hours' WHERE entity = 'product' RETURNING 1");

        var second = await world.StartServer();
        using var again = api.At(second);
        var slots = new JsonArray();
        await Until.True(
            async () => (slots = (await again.Get($"connections/{connection}/schedules/product/slots"))["items"]!.AsArray()).Count >= 5,
            TimeSpan.FromMinutes(1), "the missed slots to be decided");

        Assert.Equal(5, slots.Count);
        Assert.All(slots.Skip(1), slot => Assert.Equal("caught_up", (string)slot!["outcome"]!));
        Assert.Contains((string)slots[0]!["outcome"]!, (string[])["late", "ran"]);
        var run = Assert.Single(slots.Select(slot => (string)slot!["runId"]!).Distinct());
        var ended = await again.End(connection, run);
        Assert.Equal("succeeded", (string)ended["state"]!);
        Assert.Equal("catch_up", (string)ended["trigger"]!);
        var due = slots.Select(slot => DateTimeOffset.Parse((string)slot!["dueAt"]!, CultureInfo.InvariantCulture)).ToList();
        Assert.All(due.Zip(due.Skip(1)), pair => Assert.Equal(TimeSpan.FromHours(1), pair.First - pair.Second));
    }

    [Fact]
    public async Task A_due_slot_runs_on_time_and_the_schedule_goes_on()
    {
        await using var world = await World.Create(new() { Products = 400, Orders = 1 });
        var server = await world.StartServer();
        using var api = await World.NewTenant(server);
        var connection = await world.Connect(api);
        // A whole minute soon, but not before it can be set: a reminder that is really waited for.
        var soon = TimeProvider.System.GetUtcNow().AddSeconds(140);
        await api.Put($"connections/{connection}/schedules/product", new
        {
            frequency = "daily",
            active = true,
            startDate = "2017-02-27",
            timeOfDay = soon.ToString("HH:mm"),
            timeZone = "UTC",
        });
        JsonNode? slot = null;
        await Until.True(
            async () => (slot = (await api.Get($"connections/{connection}/schedules/product/slots"))["items"]!.AsArray().FirstOrDefault()) is not null,
            TimeSpan.FromMinutes(4), "the slot to be decided");
        Assert.Equal("ran", (string)slot!["outcome"]!);
        Assert.InRange((int)slot["delaySeconds"]!, 0, 60);
        var ended = await api.End(connection, (string)slot["runId"]!);
        Assert.Equal("schedule", (string)ended["trigger"]!);
        var schedule = await api.Get($"connections/{connection}/schedules/product");
        Assert.Equal(soon.AddDays(1).ToString("yyyy-MM-dd HH:mm"), (string)schedule["nextRuns"]![0]!["local"]!);
    }

    [Fact]
    public async Task Slots_of_a_paused_connection_are_listed_as_skipped()
    {
        await using var world = await World.Create(new() { Products = 400, Orders = 1 });
        var server = await world.StartServer();
        using var api = await World.NewTenant(server);
        var connection = await world.Connect(api);
        await api.Put($"connections/{connection}/schedules/product", Hourly());
        await api.Post($"connections/{connection}/pause", new { note = "Stocktaking" });
        await world.Database.Scalar("UPDATE xtnd.schedule SET next_due_at = next_due_at - interval '3 hours' RETURNING 1");
        var slots = new JsonArray();
        await Until.True(
            async () => (slots = (await api.Get($"connections/{connection}/schedules/product/slots"))["items"]!.AsArray()).Count >= 3,
            TimeSpan.FromMinutes(1), "the slots to be decided");
        Assert.All(slots, slot => Assert.Equal("skipped_paused", (string)slot!["outcome"]!));
        Assert.Equal(0L, await world.Database.Scalar("SELECT count(*) FROM xtnd.run"));
    }

    /// <summary>Next due half an hour from now, so that no slot comes due while a test runs.</summary>
    static object Hourly() => new
    {
        frequency = "hourly",
        active = true,
        startDate = "2017-02-27",
        timeOfDay = $"08:{TimeProvider.System.GetUtcNow().AddMinutes(30):mm}",
        timeZone = "Europe/Stockholm",
    };
}
