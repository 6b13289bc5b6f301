namespace XtndOrleans.Engine.Connections;

/// <summary>What must outlive an activation so that a user is never locked out by us. Kept by Orleans' grain storage: nobody lists or searches it.</summary>
[GenerateSerializer, Alias("xtnd.sign-in-state")]
internal sealed record SignInState
{
    /// <summary>Sign-ins that the store refused since the credentials last worked or changed.</summary>
    [Id(0)] public int Refusals { get; init; }

    /// <summary>The code of the last refusal.</summary>
    [Id(1)] public string Code { get; init; } = "";

    /// <summary>What to do about it.</summary>
    [Id(2)] public string Cure { get; init; } = "";

    /// <summary>What it was, in words.</summary>
    [Id(3)] public string Message { get; init; } = "";

    /// <summary>Per entity whose last run failed, why. The connection is failing while there is one.</summary>
    [Id(4)] public Dictionary<string, string> Failing { get; init; } = [];
}
