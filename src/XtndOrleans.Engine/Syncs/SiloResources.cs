using Microsoft.Extensions.Options;

namespace XtndOrleans.Engine.Syncs;

/// <summary>What the runs of one silo share, bounded and given out in turn.</summary>
internal sealed class SiloResources(IOptions<SyncOptions> options, TimeProvider clock)
{
    static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);

    long aheadBytes;

    /// <summary>Requests to stores.</summary>
    public SiloSlots Requests { get; } = Shared(options.Value.RequestsPerSilo, options.Value.TenantShare);

    /// <summary>Pages being written. Held for one transaction only.</summary>
    public SiloSlots Writers { get; } = Shared(options.Value.WritersPerSilo, options.Value.TenantShare);

    /// <summary>Waits for a place among the requests to stores and for the writers. Dispose what it gives.</summary>
    public async Task<IDisposable> EnterRequests(Guid tenant, CancellationToken cancellationToken)
    {
        var place = await Requests.Enter(tenant, cancellationToken);
        try
        {
            await WritersCatchUp(cancellationToken);
            return place;
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Comes back when no more pages wait to be written than may be read at once. A database that is slower than all stores together would fill the memory with pages
    /// else, each run with one.
    /// </summary>
    public async Task WritersCatchUp(CancellationToken cancellationToken)
    {
        while (Writers.Waiting >= options.Value.RequestsPerSilo)
        {
            await Task.Delay(LookAgain, clock, cancellationToken);
        }
    }

    /// <summary>
    /// Reserves room for a page that is read while others wait to be written; false when there is none: write first, then read. Who has pages waiting already takes only of the
    /// first half, so that every run can read one page ahead before some read several.
    /// </summary>
    /// <param name="bytes">How large the page is thought to be.</param>
    /// <param name="waiting">Pages that the run has read ahead already.</param>
    public bool TryReserveAhead(long bytes, int waiting)
    {
        var limit = options.Value.AheadBytesPerSilo / (waiting > 0 ? 2 : 1);
        if (Interlocked.Add(ref aheadBytes, bytes) <= limit)
        {
            return true;
        }

        Interlocked.Add(ref aheadBytes, -bytes);
        return false;
    }

    /// <summary>Gives the room back.</summary>
    public void ReleaseAhead(long bytes) => Interlocked.Add(ref aheadBytes, -bytes);

    /// <summary>Bytes reserved now.</summary>
    public long AheadBytes => Interlocked.Read(ref aheadBytes);

    static SiloSlots Shared(int total, double share) => new(total, Math.Max(2, (int)(total * share)));
}
