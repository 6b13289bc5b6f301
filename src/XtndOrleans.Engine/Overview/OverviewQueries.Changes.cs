namespace XtndOrleans.Engine.Overview;

/// <summary>What changed, by day.</summary>
public sealed partial class OverviewQueries
{
    /// <summary>Days that are told.</summary>
    public const int Days = 30;

    /// <summary>Runs that are counted, the newest of those that changed something: half a second's work at most.</summary>
    const int RunsCounted = 500_000;

    /// <summary>
    /// The counters of runs, not the records: a run that changed nothing is not even looked at. The bounds of the days come from us, so that the database needs to know
    /// no zones. $1 tenant, $2 bounds of the days, $3 a day ago, $4 limit.
    /// </summary>
    const string Changed = """
        SELECT width_bucket(finished_at, $2::timestamptz[]), sum(inserted)::bigint, sum(updated)::bigint, sum(deleted)::bigint,
            coalesce(sum(inserted + updated + deleted) FILTER (WHERE finished_at >= $3), 0)::bigint, count(*), min(finished_at)
        FROM (SELECT finished_at, inserted, updated, deleted FROM xtnd.run
              WHERE tenant_id = $1 AND finished_at >= ($2::timestamptz[])[1] AND inserted + updated + deleted > 0 AND finished_at IS NOT NULL
              ORDER BY finished_at DESC LIMIT $4) ended
        GROUP BY 1
        UNION ALL
        SELECT cardinality($2::timestamptz[]), coalesce(sum(inserted), 0)::bigint, coalesce(sum(updated), 0)::bigint, coalesce(sum(deleted), 0)::bigint,
            coalesce(sum(inserted + updated + deleted), 0)::bigint, 0, NULL
        FROM xtnd.run WHERE tenant_id = $1 AND state IN ('queued', 'running')
        """;

    /// <summary>What changed on each of the last days.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="zone">Whose days, IANA name; one that this machine does not know is taken for UTC.</param>
    /// <param name="cancellationToken">Ends the question early.</param>
    public async Task<ChangesByDay> Changes(Guid tenant, string zone, CancellationToken cancellationToken)
    {
        var isKnown = TimeZones.TryRead(zone, out var found, out _);
        var wall = new WallClock(isKnown ? found! : TimeZoneInfo.Utc);
        var now = clock.GetUtcNow();
        var first = DateOnly.FromDateTime(wall.At(now)).AddDays(1 - Days);
        var bounds = Enumerable.Range(0, Days).Select(day => Midnight(wall, first.AddDays(day))).ToArray();
        var days = bounds.Select((_, day) => new DayOfChanges(first.AddDays(day), 0, 0, 0)).ToArray();
        var (lastDay, runs, oldest) = (0L, 0L, DateTimeOffset.MaxValue);
        await database.Rows(
            Changed,
            [new() { Value = tenant }, new() { Value = bounds }, new() { Value = now.ToUniversalTime().AddDays(-1) }, new() { Value = RunsCounted }],
            row =>
            {
                ref var day = ref days[Math.Clamp(row.GetInt32(0), 1, Days) - 1];
                day = day with { Inserted = day.Inserted + row.GetInt64(1), Updated = day.Updated + row.GetInt64(2), Deleted = day.Deleted + row.GetInt64(3) };
                (lastDay, runs) = (lastDay + row.GetInt64(4), runs + row.GetInt64(5));
                oldest = row.Nullable<DateTimeOffset>(6) is { } at && at < oldest ? at : oldest;
                return true;
            },
            cancellationToken);
        var countedFrom = runs < RunsCounted ? (DateOnly?)null : DateOnly.FromDateTime(wall.At(oldest)).AddDays(1);
        return new(isKnown ? zone : "UTC", days, lastDay, countedFrom);
    }

    // A zone that changes its clocks at midnight begins the day with the first minute after the gap.
    static DateTime Midnight(WallClock wall, DateOnly date)
    {
        var begins = wall.Find(date.ToDateTime(TimeOnly.MinValue));
        return (begins.First ?? begins.AfterGap!.Value).UtcDateTime;
    }
}
