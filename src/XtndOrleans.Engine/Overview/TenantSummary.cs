namespace XtndOrleans.Engine.Overview;

/// <summary>A tenant's connections by status.</summary>
/// <param name="Verified">Those that work.</param>
/// <param name="Failing">Those whose store refuses something.</param>
/// <param name="Unverified">Those that never worked.</param>
/// <param name="Paused">Those that a person has paused.</param>
/// <param name="Zone">The zone that all of them live in, IANA name; UTC when they live in several.</param>
public sealed record TenantSummary(long Verified, long Failing, long Unverified, long Paused, string Zone)
{
    /// <summary>All of them.</summary>
    public long Connections => Verified + Failing + Unverified + Paused;
}

/// <summary>The runs of a tenant that are under way.</summary>
/// <param name="Running">Those that read.</param>
/// <param name="Queued">Those that have not begun.</param>
/// <param name="Longest">Those that have been under way the longest, a few.</param>
public sealed record RunsUnderWay(long Running, long Queued, IReadOnlyList<RunUnderWay> Longest);

/// <summary>A run that is under way.</summary>
/// <param name="ConnectionId">32 hexadecimal digits.</param>
/// <param name="Connection">The connection's name.</param>
/// <param name="Id">The run, 32 hexadecimal digits.</param>
/// <param name="Entity">What it reads.</param>
/// <param name="State">queued or running.</param>
/// <param name="Since">When it was asked for.</param>
/// <param name="Seen">Records read.</param>
/// <param name="Total">Records there are to read, as the store counts; null when unknown.</param>
public sealed record RunUnderWay(
    string ConnectionId, string Connection, string Id, string Entity, string State, DateTimeOffset Since, long Seen, long? Total);
