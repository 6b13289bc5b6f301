namespace XtndOrleans.Engine.Sweeping;

/// <summary>How long is kept what only grows. Section <c>Xtnd:Retention</c>. Each is longer than a day.</summary>
public sealed class RetentionOptions
{
    /// <summary>Runs, from their end; the newest of each entity stays. Default 90 days.</summary>
    public TimeSpan Runs { get; set; } = TimeSpan.FromDays(90);

    /// <summary>What became of due slots, from their due time. Default 90 days.</summary>
    public TimeSpan Slots { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Records set aside, from when they were resolved; open ones stay. Default 90 days.</summary>
    public TimeSpan Quarantine { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Changes of records. Default 90 days.</summary>
    public TimeSpan History { get; set; } = TimeSpan.FromDays(90);

    internal bool IsValid => new[] { Runs, Slots, Quarantine, History }.All(time => time > TimeSpan.FromDays(1));
}
