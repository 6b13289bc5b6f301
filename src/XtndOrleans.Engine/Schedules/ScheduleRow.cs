using Npgsql;
using XtndOrleans.Connectors;

namespace XtndOrleans.Engine.Schedules;

/// <summary>How a row of xtnd.schedule, or its absence, becomes what people see. The only place that knows the default.</summary>
internal static class ScheduleRow
{
    /// <summary>How many columns <see cref="Columns"/> names.</summary>
    public const int Width = 7;

    /// <summary>The columns that <see cref="Read"/> expects, of xtnd.schedule under the alias <c>schedule</c>.</summary>
    public const string Columns = """
        schedule.frequency, schedule.active, schedule.start_date, schedule.time_of_day, schedule.time_zone, schedule.next_due_at, schedule.version
        """;

    /// <summary>Reads the columns from <paramref name="at"/> on.</summary>
    public static (ScheduleSummary Summary, long Version) Read(NpgsqlDataReader row, int at, SystemEntity entity, DateTimeOffset connectedAt, string zone) =>
        row.IsDBNull(at)
            ? (new(Parse(entity.DefaultFrequency), false, DateOnly.FromDateTime(connectedAt.UtcDateTime), TimeOnly.MinValue, zone, null), 0)
            : (new(
                Parse(row.GetString(at)),
                row.GetBoolean(at + 1),
                row.GetFieldValue<DateOnly>(at + 2),
                row.GetFieldValue<TimeOnly>(at + 3),
                row.Text(at + 4) ?? zone,
                row.Nullable<DateTimeOffset>(at + 5)), row.GetInt64(at + 6));

    static Frequency Parse(string frequency) => frequency switch
    {
        "hourly" => Frequency.Hourly,
        "weekly" => Frequency.Weekly,
        _ => Frequency.Daily,
    };
}
