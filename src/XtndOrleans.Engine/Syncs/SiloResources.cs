using Microsoft.Extensions.Options;

namespace XtndOrleans.Engine.Syncs;

/// <summary>What the runs of one silo share, bounded and given out in turn.</summary>
internal sealed class SiloResources(IOptions<SyncOptions> options)
{
    long aheadBytes;

    /// <summary>Requests to stores.</summary>
    public SiloSlots Requests { get; } = Shared(options.Value.RequestsPerSilo, options.Value.TenantShare);

    /// <summary>Pages being written. Held for one transaction only.</summary>
    public SiloSlots Writers { get; } = Shared(options.Value.WritersPerSilo, options.Value.TenantShare);

    /// <summary>Reserves room for a page that waits to be written while the next is read; false when there is none: write first, then read.</summary>
    public bool TryReserveAhead(long bytes)
    {
        if (Interlocked.Add(ref aheadBytes, bytes) <= options.Value.AheadBytesPerSilo)
        {
            return true;
        }

        Interlocked.Add(ref aheadBytes, -bytes);
        return false;
    }

    /// <summary>Gives the room back.</summary>
    public void ReleaseAhead(long bytes) => Interlocked.Add(ref aheadBytes, -bytes);

    static SiloSlots Shared(int total, double share) => new(total, Math.Max(2, (int)(total * share)));
}
