using System.Collections.Frozen;

namespace XtndOrleans.Engine.Tenants;

/// <summary>What a key may do.</summary>
public static class Roles
{
    /// <summary>Tenants and the fleet; the key comes from configuration.</summary>
    public const string Platform = "platform";

    /// <summary>Everything in its tenant, keys included.</summary>
    public const string Owner = "owner";

    /// <summary>Connections, schedules, runs, records.</summary>
    public const string Operator = "operator";

    /// <summary>Reads only.</summary>
    public const string Viewer = "viewer";

    /// <summary>The roles that a tenant's key can have.</summary>
    public static FrozenSet<string> OfTenants { get; } = FrozenSet.Create(StringComparer.Ordinal, Owner, Operator, Viewer);
}
