namespace XtndOrleans.Engine.Overview;

/// <summary>What changed, by day.</summary>
public sealed partial class OverviewQueries
{
    /// <summary>Days that are told.</summary>
    public const int Days = 30;

    /// <summary>Runs of a day that are counted, of those that changed something. Three million in all take half a second.</summary>
    const int RunsOfDay = 100_000;

    /// <summary>
    /// The counters of runs, not the records: a run that changed nothing is not even looked at. The bounds come from us, so that the database needs to know no
    /// zones. A row for each span, and one for what runs now. $1 tenant, $2 where each span begins, $3 and ends, $4 limit.
    /// </summary>
    const string Changed = """
        SELECT span.place, ended.inserted, ended.updated, ended.deleted, ended.runs
        FROM unnest($2::timestamptz[], $3::timestamptz[]) WITH ORDINALITY AS span (begins, ends, place)
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(inserted), 0)::bigint AS inserted, coalesce(sum(updated), 0)::bigint AS updated, coalesce(sum(deleted), 0)::bigint AS deleted, count(*) AS runs
            FROM (SELECT inserted, updated, deleted FROM xtnd.run
                  WHERE tenant_id = $1 AND finished_at >= span.begins AND finished_at < span.ends AND inserted + updated + deleted > 0 AND finished_at IS NOT NULL
                  ORDER BY finished_at DESC LIMIT $4) newest) ended
        UNION ALL
        SELECT 0, coalesce(sum(inserted), 0)::bigint, coalesce(sum(updated), 0)::bigint, coalesce(sum(deleted), 0)::bigint, 0
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
        var midnights = Enumerable.Range(0, Days + 1).Select(day => Midnight(wall, first.AddDays(day))).ToList();
        var days = Enumerable.Range(0, Days).Select(day => new DayOfChanges(first.AddDays(day), 0, 0, 0)).ToArray();
        var (lastDay, isAtLeast) = (0L, false);
        // The last span is the 24 hours behind us.
        await database.Rows(
            Changed,
            [
                new() { Value = tenant }, new() { Value = midnights[..Days].Append(now.UtcDateTime.AddDays(-1)).ToArray() },
                new() { Value = midnights[1..].Append(midnights[Days]).ToArray() }, new() { Value = RunsOfDay },
            ],
            row =>
            {
                var (place, inserted, updated, deleted) = ((int)row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3));
                lastDay += place is 0 or Days + 1 ? inserted + updated + deleted : 0;
                if (place <= Days)
                {
                    ref var day = ref days[place == 0 ? Days - 1 : place - 1];
                    day = day with { Inserted = day.Inserted + inserted, Updated = day.Updated + updated, Deleted = day.Deleted + deleted };
                }

                isAtLeast |= row.GetInt64(4) == RunsOfDay;
                return true;
            },
            cancellationToken);
        return new(isKnown ? zone : "UTC", days, lastDay, isAtLeast);
    }

    // A zone that changes its clocks at midnight begins the day with the first minute after the gap.
    static DateTime Midnight(WallClock wall, DateOnly date)
    {
        var begins = wall.Find(date.ToDateTime(TimeOnly.MinValue));
        return (begins.First ?? begins.AfterGap!.Value).UtcDateTime;
    }
}
