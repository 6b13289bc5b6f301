using Npgsql;

namespace XtndOrleans.Engine.Syncs;

/// <summary>How a row of xtnd.run becomes a <see cref="RunView"/>. The only place that knows both.</summary>
internal static class RunRow
{
    /// <summary>How many columns <see cref="Columns"/> names.</summary>
    public const int Width = 25;

    /// <summary>The columns that <see cref="Read"/> expects, in its order, of the table under an alias.</summary>
    public static string Columns(string alias) => string.Join(", ", Names.Select(name => $"{alias}.{name}"));

    static readonly string[] Names =
    [
        "id", "connection_id", "entity", "mode", "trigger", "state", "started_at", "finished_at", "pages", "seen", "inserted", "updated", "unchanged",
        "deleted", "quarantined", "requests", "retries", "bytes", "total", "resumes", "error_code", "error_message", "error_cure",
        "missing", "confirm_deletions",
    ];

    /// <summary>Reads the columns from <paramref name="at"/> on. <paramref name="now"/> is what the speed so far is measured against.</summary>
    public static RunView Read(NpgsqlDataReader row, int at, DateTimeOffset now)
    {
        var run = new RunView
        {
            Id = row.GetGuid(at).ToString("N"),
            ConnectionId = row.GetGuid(at + 1).ToString("N"),
            Entity = row.GetString(at + 2),
            Mode = row.GetString(at + 3),
            Trigger = row.GetString(at + 4),
            State = row.GetString(at + 5),
            StartedAt = row.Nullable<DateTimeOffset>(at + 6),
            FinishedAt = row.Nullable<DateTimeOffset>(at + 7),
            Pages = row.GetInt64(at + 8),
            Seen = row.GetInt64(at + 9),
            Inserted = row.GetInt64(at + 10),
            Updated = row.GetInt64(at + 11),
            Unchanged = row.GetInt64(at + 12),
            Deleted = row.GetInt64(at + 13),
            Quarantined = row.GetInt64(at + 14),
            Requests = row.GetInt64(at + 15),
            Retries = row.GetInt64(at + 16),
            Bytes = row.GetInt64(at + 17),
            Total = row.Nullable<long>(at + 18),
            Resumes = row.GetInt32(at + 19),
            Error = row.Text(at + 20) is { } code ? new(code, row.Text(at + 21) ?? "", row.Text(at + 22)) : null,
            Missing = row.Nullable<long>(at + 23),
            ConfirmDeletions = !row.IsDBNull(at + 24) && row.GetBoolean(at + 24),
        };
        return run with { EtaSeconds = EtaSeconds(run, now) };
    }

    /// <summary>Seconds until all are seen at the speed so far; null when it is not running or nothing tells.</summary>
    public static long? EtaSeconds(RunView run, DateTimeOffset now)
    {
        if (run is not { State: "running", Total: { } total, Seen: > 0, StartedAt: { } started } || now <= started)
        {
            return null;
        }

        var speed = run.Seen / (now - started).TotalSeconds;
        return (long)Math.Ceiling(Math.Max(0, total - run.Seen) / speed);
    }
}
