namespace XtndOrleans.SystemTests.Chaos;

/// <summary>How servers in a storm are set: they wait briefly and give up soon.</summary>
internal static class ChaosSettings
{
    /// <summary>Small pages, so that a run has many; a short overlap, so that a delta leaves out what it may.</summary>
    public static readonly IReadOnlyDictionary<string, string> Short = new Dictionary<string, string>
    {
        ["Xtnd__Sync__PageSize"] = "25",
        ["Xtnd__Sync__Overlap"] = "00:00:15",
        ["Xtnd__Sync__FirstWait"] = "00:00:00.05",
        ["Xtnd__Sync__LongestWait"] = "00:00:00.5",
        ["Xtnd__Sync__Patience"] = "00:00:20",
        ["Xtnd__Connections__FirstBreak"] = "00:00:00.1",
        ["Xtnd__Connections__MaximumBreak"] = "00:00:00.5",
        ["Xtnd__Egress__IdleLimit"] = "00:00:05",
        ["Xtnd__RateLimit__PermitsPerSecond"] = "1000",
        ["Xtnd__RateLimit__Burst"] = "1000",
    };
}
