using System.Text.Json.Serialization;

namespace XtndOrleans.Engine.Schedules;

/// <summary>How often a schedule is due.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Frequency>))]
public enum Frequency
{
    /// <summary>Each hour, at the minute of the time of day.</summary>
    [JsonStringEnumMemberName("hourly")] Hourly,

    /// <summary>Each day at the time of day.</summary>
    [JsonStringEnumMemberName("daily")] Daily,

    /// <summary>Each week at the time of day, on the start date's weekday.</summary>
    [JsonStringEnumMemberName("weekly")] Weekly,
}

/// <summary>When an entity is due. Wall clock of a zone.</summary>
/// <param name="Frequency">How often.</param>
/// <param name="StartDate">The first day; a day in the past is fine.</param>
/// <param name="TimeOfDay">The time of day, to the minute; hourly uses its minute.</param>
/// <param name="TimeZone">IANA name.</param>
[GenerateSerializer, Immutable, Alias("xtnd.schedule")]
public sealed record Schedule(
    [property: Id(0)] Frequency Frequency, [property: Id(1)] DateOnly StartDate, [property: Id(2)] TimeOnly TimeOfDay, [property: Id(3)] string TimeZone);

/// <summary>One time a schedule is due.</summary>
/// <param name="At">When, in UTC.</param>
/// <param name="Local">The zone's wall clock then.</param>
/// <param name="Note">What the clocks' change does to it, in words; null when nothing.</param>
public sealed record Occurrence(DateTimeOffset At, DateTime Local, string? Note)
{
    /// <summary>The time that was asked for, when the zone skips it and this run takes its place; else null.</summary>
    [JsonIgnore] public DateTime? MovedFrom { get; init; }

    /// <summary>Whether the same wall time was due before: clocks go back.</summary>
    [JsonIgnore] public bool IsAgain { get; init; }

    /// <summary>The first and the last wall time before this that would be due, had clocks not gone forward over them; else null.</summary>
    [JsonIgnore] public (DateTime First, DateTime Last)? Skipped { get; init; }
}

/// <summary>A schedule inside a connection's view.</summary>
public sealed record ScheduleSummary(
    Frequency Frequency, bool Active, DateOnly StartDate, TimeOnly TimeOfDay, string TimeZone, DateTimeOffset? NextRunAt);

/// <summary>What a person typed in the schedule dialog; null is missing.</summary>
[GenerateSerializer, Immutable, Alias("xtnd.schedule-draft")]
public sealed record ScheduleDraft(
    [property: Id(0)] string? Frequency,
    [property: Id(1)] bool? Active,
    [property: Id(2)] string? StartDate,
    [property: Id(3)] string? TimeOfDay,
    [property: Id(4)] string? TimeZone)
{
    /// <summary>The version that the change is meant for (from the ETag); null for any.</summary>
    [Id(5)] public long? IfVersion { get; init; }

    /// <summary>How often the whole entity is read: nightly, weekly or off. Null leaves it as it is.</summary>
    [Id(6)] public string? Sweep { get; init; }
}
