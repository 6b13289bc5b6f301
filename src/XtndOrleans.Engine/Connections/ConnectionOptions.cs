using System.ComponentModel.DataAnnotations;

namespace XtndOrleans.Engine.Connections;

/// <summary>How a store is treated. Section <c>Xtnd:Connections</c>.</summary>
public sealed class ConnectionOptions
{
    /// <summary>Requests at once to one store to begin with. Default 2: what a small shop bears beside its customers.</summary>
    [Range(1, 32)] public int InitialConcurrency { get; set; } = 2;

    /// <summary>Requests at once to one store at most, when it answers quickly. Default 4: stores fell over above 5 (their issue trackers).</summary>
    [Range(1, 32)] public int MaximumConcurrency { get; set; } = 4;

    /// <summary>Requests to one store in a second at most. Default 500: what a store bears is learnt from how it answers; this is for those that say how fast they may be asked.</summary>
    [Range(1, 10_000)] public int RequestsPerSecond { get; set; } = 500;

    /// <summary>How long a right to one request is good for before it counts as lost. Default 3 minutes; must exceed the request's time limit.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")] public TimeSpan LeaseTime { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>How long a call waits for its turn before it is told to ask again. Default 2 s: a cancelled run must not wait longer to hear of it.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:05")] public TimeSpan TurnWait { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the circuit stays open at first; it doubles up to <see cref="MaximumBreak"/>. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "01:00:00")] public TimeSpan FirstBreak { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the circuit stays open at most: one probe a minute. Default 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "01:00:00")] public TimeSpan MaximumBreak { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Failures in a row that open the circuit. Default 4, of requests within a minute.</summary>
    [Range(2, 100)] public int FailuresToBreak { get; set; } = 4;

    /// <summary>Life of a token that does not tell its own. Default 50 minutes: Magento's shortest default is 60.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")] public TimeSpan UnknownTokenLife { get; set; } = TimeSpan.FromMinutes(50);

    /// <summary>Automatic sign-ins with credentials that the store refused, before a person must act. Default 2; six lock the user for half an hour.</summary>
    [Range(1, 3)] public int RefusedSignIns { get; set; } = 2;
}
