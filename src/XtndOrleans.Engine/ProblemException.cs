namespace XtndOrleans.Engine;

/// <summary>What kind of answer a problem is.</summary>
public enum ProblemKind
{
    /// <summary>The input is wrong: 400.</summary>
    Invalid,

    /// <summary>No such thing in this tenant: 404.</summary>
    NotFound,

    /// <summary>The thing is not in a state for this: 409.</summary>
    Conflict,

    /// <summary>Somebody else changed it meanwhile: 412.</summary>
    Stale,

    /// <summary>The input is right, but the store refused it: 422.</summary>
    Refused,
}

/// <summary>A request that cannot be fulfilled, with what to do about it. Never holds a credential. Crosses grain calls.</summary>
[GenerateSerializer, Alias("xtnd.problem")]
public sealed class ProblemException(ProblemKind kind, string code, string detail) : Exception(detail)
{
    /// <summary>What kind of answer it is.</summary>
    [Id(0)] public ProblemKind Kind { get; } = kind;

    /// <summary>Stable snake_case name.</summary>
    [Id(1)] public string Code { get; } = code;

    /// <summary>What to do, in words.</summary>
    [Id(2)] public string Detail { get; } = detail;

    /// <summary>Per field of the input, by its JSON name, what is wrong with it.</summary>
    [Id(3)] public Dictionary<string, string[]> Errors { get; init; } = [];

    /// <summary>No such thing in this tenant. The same for a stranger's id as for one that never was.</summary>
    public static ProblemException NotFound(string what) => new(ProblemKind.NotFound, "not_found", $"There is no such {what}.");
}
