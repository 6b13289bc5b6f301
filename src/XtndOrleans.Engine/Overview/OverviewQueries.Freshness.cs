using Npgsql;

namespace XtndOrleans.Engine.Overview;

/// <summary>What is fresh and what is not.</summary>
public sealed partial class OverviewQueries
{
    /// <summary>Up to so many entities of connections are all listed: those of six stores.</summary>
    const int FewLines = 42;

    /// <summary>Of more, so many of the worst.</summary>
    const int WorstLines = 20;

    /// <summary>What a line's rank means: the worst first.</summary>
    static readonly string[] States = ["late", "never", "fresh", "off"];

    /// <summary>Each entity with the one read the longest ago, and the lines. Reads wanted and thing of <see cref="Things"/>. $5 and $6 limits.</summary>
    const string Freshnesses = """
        entity AS MATERIALIZED (
            SELECT w.entity, min(w.nth) AS nth, sum(t.fresh)::bigint AS fresh, sum(t.late)::bigint AS late, sum(t.never)::bigint AS never, sum(t.off)::bigint AS off,
                sum(t.held)::bigint AS held, min(t.stalest_at) AS stalest_at
            FROM (SELECT nth, count(*) FILTER (WHERE rank = 2) AS fresh, count(*) FILTER (WHERE rank = 0) AS late, count(*) FILTER (WHERE rank = 1) AS never,
                      count(*) FILTER (WHERE rank = 3) AS off, sum(held) AS held, min(fresh_at) FILTER (WHERE rank <> 3) AS stalest_at
                  FROM thing GROUP BY nth) t
            JOIN wanted w ON w.nth = t.nth GROUP BY w.entity),
        few AS MATERIALIZED (SELECT coalesce(sum(fresh + late + never + off), 0) <= $5 AS few FROM entity),
        stalest AS (
            SELECT DISTINCT ON (e.entity) e.entity, t.*
            FROM entity e JOIN wanted w ON w.entity = e.entity JOIN thing t ON t.nth = w.nth AND t.fresh_at = e.stalest_at AND t.rank <> 3 ORDER BY e.entity, t.id),
        line AS (
            SELECT * FROM thing ORDER BY rank, fresh_at, id, nth LIMIT CASE WHEN (SELECT few FROM few) THEN $5 ELSE $6 END)
        """;

    static FreshnessLine Line(NpgsqlDataReader row) => new(
        row.GetGuid(2).ToString("N"), row.GetString(3), row.GetString(4), row.GetString(5), States[row.GetInt32(1)], row.Nullable<DateTimeOffset>(6), row.GetInt64(7));
}
