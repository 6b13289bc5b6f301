namespace XtndOrleans.Tests.Database;

public sealed class ReminderQueryTests : IAsyncLifetime
{
    static readonly DateTime Start = new(2026, 11, 23, 8, 0, 0, 123, DateTimeKind.Utc);

    ProviderQueries queries = null!;

    public async ValueTask InitializeAsync() => queries = await ProviderQueries.Open();

    public ValueTask DisposeAsync() => queries.DisposeAsync();

    [Fact]
    public async Task A_reminder_is_read_back_as_it_was_written_whatever_its_period()
    {
        var first = await Upsert("sched/a", 1, period: 60_000);
        var second = await Upsert("sched/a", 1, period: 3_000_000_000L);

        var row = Assert.Single(await queries.Rows("ReadReminderRowKey", ("ServiceId", "svc"), ("GrainId", "sched/a"), ("ReminderName", "due")));
        Assert.NotEqual(first, second);
        Assert.Equal(("sched/a", "due", Start, 3_000_000_000L, second), (row["GrainId"], row["ReminderName"], row["StartTime"], row["Period"], row["Version"]));
        Assert.Single(await queries.Rows("ReadReminderRowsKey", ("ServiceId", "svc"), ("GrainId", "sched/a")));
        Assert.Empty(await queries.Rows("ReadReminderRowKey", ("ServiceId", "svc"), ("GrainId", "sched/a"), ("ReminderName", "other")));
    }

    [Fact]
    public async Task A_reminder_made_anew_is_not_the_one_that_was_deleted()
    {
        var old = await Upsert("sched/a", 1);
        Assert.Equal(true, await Delete("sched/a", old));
        var anew = await Upsert("sched/a", 1);

        Assert.NotEqual(old, anew);
        Assert.Equal(false, await Delete("sched/a", old));
        Assert.Equal(true, await Delete("sched/a", anew));
        Assert.Equal(false, await Delete("sched/a", anew));
    }

    [Fact]
    public async Task Writers_at_once_leave_one_reminder_with_the_version_of_one_of_them()
    {
        var versions = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Upsert("sched/a", 1)));

        Assert.Equal(20, versions.Distinct().Count());
        var row = Assert.Single(await queries.Rows("ReadReminderRowsKey", ("ServiceId", "svc"), ("GrainId", "sched/a")));
        Assert.Contains((int)row["Version"]!, versions);
    }

    [Theory]
    [InlineData(-10, 10, "-5,0,10")]
    [InlineData(int.MinValue, -5, "-2147483647,-5")]
    [InlineData(10, int.MaxValue, "2147483647")]
    public async Task A_range_excludes_its_begin_and_includes_its_end(int begin, int end, string expected) =>
        Assert.Equal(expected, await Range("ReadRangeRows1Key", begin, end));

    [Theory]
    [InlineData(10, -5, "-2147483648,-2147483647,-5,2147483647")]
    [InlineData(0, 0, "-2147483648,-2147483647,-5,0,10,2147483647")]
    [InlineData(10, 10, "-2147483648,-2147483647,-5,0,10,2147483647")]
    [InlineData(int.MaxValue, int.MinValue, "-2147483648")]
    public async Task A_range_that_wraps_goes_round_and_the_whole_ring_is_everything(int begin, int end, string expected) =>
        Assert.Equal(expected, await Range("ReadRangeRows2Key", begin, end));

    [Fact]
    public async Task Ranges_are_read_through_the_index()
    {
        await queries.Scalar("INSERT INTO orleans.reminder SELECT 'svc', 'g/' || i, 'due', now(), 60000, i * 1000, i FROM generate_series(1, 20000) i");
        await queries.Scalar("ANALYZE orleans.reminder");

        var plan = await queries.Scalar("EXPLAIN (FORMAT JSON) SELECT * FROM orleans.reminder WHERE serviceid = 'svc' AND grainhash > 5000 AND grainhash <= 90000");

        Assert.Contains("reminder_ring", (string)plan!);
    }

    [Fact]
    public async Task The_reminders_of_a_service_are_removed_without_touching_another()
    {
        await Upsert("sched/a", 1);
        await Upsert("sched/a", 1, service: "other");

        await queries.Rows("DeleteReminderRowsKey", ("ServiceId", "svc"));

        Assert.Equal("other", await queries.Scalar("SELECT serviceid FROM orleans.reminder"));
    }

    async Task<string> Range(string key, int begin, int end)
    {
        foreach (var hash in new[] { int.MinValue, int.MinValue + 1, -5, 0, 10, int.MaxValue })
        {
            await Upsert($"sched/{hash}", hash);
        }

        await Upsert("sched/stranger", 0, service: "other");
        var rows = await queries.Rows(key, ("ServiceId", "svc"), ("BeginHash", begin), ("EndHash", end));
        return string.Join(',', rows.Select(r => int.Parse(((string)r["GrainId"]!)["sched/".Length..])).Order());
    }

    async Task<int> Upsert(string grain, int hash, object? period = null, string service = "svc")
    {
        var row = Assert.Single(await queries.Rows("UpsertReminderRowKey", ("ServiceId", service), ("GrainId", grain), ("ReminderName", "due"),
            ("StartTime", Start), ("Period", period ?? 60_000), ("GrainHash", hash)));
        return (int)row["Version"]!;
    }

    Task<object?> Delete(string grain, int version) =>
        queries.Value("DeleteReminderRowKey", ("ServiceId", "svc"), ("GrainId", grain), ("ReminderName", "due"), ("Version", version));
}
