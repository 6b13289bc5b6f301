namespace XtndOrleans.Engine.Fleet;

/// <summary>All tenants' connections and runs at this moment.</summary>
/// <param name="Tenants">How many tenants there are; one that is being erased counts until nothing of it is left.</param>
/// <param name="Verified">Connections that work.</param>
/// <param name="Failing">Connections whose store refuses something.</param>
/// <param name="Unverified">Connections that never worked.</param>
/// <param name="Paused">Connections that a person has paused.</param>
/// <param name="Running">Runs that read.</param>
/// <param name="Queued">Runs that have not begun.</param>
/// <param name="Overdue">Slots that were due more than a minute ago and are not decided.</param>
/// <param name="OldestDueAt">When the oldest of them was due; null when there is none.</param>
/// <param name="Runs">Runs under way, the longest first, a few.</param>
public sealed record FleetNow(
    long Tenants, long Verified, long Failing, long Unverified, long Paused, long Running, long Queued, long Overdue, DateTimeOffset? OldestDueAt,
    IReadOnlyList<FleetRun> Runs)
{
    /// <summary>All connections.</summary>
    public long Connections => Verified + Failing + Unverified + Paused;
}

/// <summary>A run under way, as the platform sees it: whose it is, not what it reads.</summary>
/// <param name="Id">32 hexadecimal digits.</param>
/// <param name="Tenant">The tenant's name.</param>
/// <param name="Connection">The connection's name.</param>
/// <param name="Entity">The entity.</param>
/// <param name="State">queued or running.</param>
/// <param name="Since">When it was asked for.</param>
/// <param name="StartedAt">When it began; null while it waits for its turn.</param>
/// <param name="Pages">Pages committed.</param>
/// <param name="Retries">Requests that repeated one that failed.</param>
public sealed record FleetRun(
    string Id, string Tenant, string Connection, string Entity, string State, DateTimeOffset Since, DateTimeOffset? StartedAt, long Pages, long Retries);

/// <summary>A tenant in the platform's list.</summary>
/// <param name="Id">32 hexadecimal digits.</param>
/// <param name="Name">Its name.</param>
/// <param name="CreatedAt">When it came to be.</param>
/// <param name="ErasingSince">When its erasing began; null when it is not being erased.</param>
/// <param name="Connections">Its connections.</param>
/// <param name="Records">Records held for it.</param>
public sealed record FleetTenant(string Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset? ErasingSince, long Connections, long Records);

/// <summary>A page of the tenants found.</summary>
/// <param name="Items">The page's.</param>
/// <param name="Total">How many there are on all pages.</param>
public sealed record FleetTenants(IReadOnlyList<FleetTenant> Items, long Total);

/// <summary>Starts that schedules ask for, minute by minute over the next 24 hours of UTC, beginning with the hour that is under way.</summary>
/// <param name="From">The first minute.</param>
/// <param name="Minutes">Starts in each of 1,440 minutes.</param>
public sealed record FleetPlan(DateTimeOffset From, IReadOnlyList<int> Minutes)
{
    /// <summary>Hours that are told.</summary>
    public const int Hours = 24;

    /// <summary>All starts.</summary>
    public long Total => Minutes.Sum(starts => (long)starts);

    /// <summary>The first minute with the most starts.</summary>
    public (DateTimeOffset At, int Starts) Peak => Minutes.Index().MaxBy(minute => minute.Item) is var peak ? (From.AddMinutes(peak.Index), peak.Item) : default;

    /// <summary>Starts in an hour, counted from <see cref="From"/>.</summary>
    public int InHour(int hour) => Minutes.Skip(hour * 60).Take(60).Sum();
}
