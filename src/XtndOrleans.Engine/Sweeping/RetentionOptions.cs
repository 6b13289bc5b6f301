using System.ComponentModel.DataAnnotations;

namespace XtndOrleans.Engine.Sweeping;

/// <summary>How long is kept what only grows. Section <c>Xtnd:Retention</c>. Each is longer than a day.</summary>
public sealed class RetentionOptions
{
    const string Shortest = "1.01:00:00";
    const string Longest = "36500.00:00:00";

    /// <summary>Runs, from their end; the newest of each entity stays. Default 90 days.</summary>
    [Range(typeof(TimeSpan), Shortest, Longest)]
    public TimeSpan Runs { get; set; } = TimeSpan.FromDays(90);

    /// <summary>What became of due slots, from their due time. Default 90 days.</summary>
    [Range(typeof(TimeSpan), Shortest, Longest)]
    public TimeSpan Slots { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Records set aside, from when they were resolved; open ones stay. Default 90 days.</summary>
    [Range(typeof(TimeSpan), Shortest, Longest)]
    public TimeSpan Quarantine { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Changes of records. Default 90 days.</summary>
    [Range(typeof(TimeSpan), Shortest, Longest)]
    public TimeSpan History { get; set; } = TimeSpan.FromDays(90);
}
