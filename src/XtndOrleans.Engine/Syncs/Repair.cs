using XtndOrleans.Connectors;
using static XtndOrleans.Engine.Syncs.NumericId;

namespace XtndOrleans.Engine.Syncs;

/// <summary>
/// Finds records that the store counts and we do not hold: ranges of ids are halved where the counts differ, until one is small enough to be read. Its pages move
/// no cursor: they come after the last page of the run.
/// </summary>
internal sealed class Repair(RunWork work, RunQuarantine quarantine)
{
    /// <summary>Requests that one run spends on it.</summary>
    internal const int MostRequests = 200;

    readonly int before = work.Reader.Made;
    List<long> held = [];
    Narrowing narrowing = null!;

    /// <summary>Whether it stopped before its end; the next run goes on.</summary>
    public bool IsUnfinished { get; private set; }

    /// <summary>Reads what is missing up to an id.</summary>
    /// <param name="upTo">The highest id of the window.</param>
    /// <param name="inStore">How many the store counts in it, without those set aside.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public async Task Run(string upTo, long inStore, CancellationToken cancellationToken)
    {
        var high = Number(upTo);
        var aside = quarantine.Open.Select(Number).ToHashSet();
        held = [.. (await work.Services.Records.HeldIds(work.Id, 0, high, cancellationToken)).Where(id => !aside.Contains(id))];
        narrowing = new((request, thorough) => work.Ask(request, cancellationToken, thorough), Deliver, quarantine.Suspect);
        await Descend(0, high, inStore, cancellationToken);
        await quarantine.Prove(cancellationToken);
    }

    async Task Descend(long low, long high, long inStore, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (inStore <= Held(low, high))
        {
            return;
        }

        if (work.Reader.Made - before >= MostRequests)
        {
            IsUnfinished = true;
            return;
        }

        var size = work.Reader.Sizer.Size;
        if (inStore <= size || high - low <= size)
        {
            await narrowing.Range(Like(low) with { Size = size }, low, high);
            return;
        }

        var middle = low + ((high - low) / 2);
        using var counted = await work.Ask(Like(low) with { AfterId = Text(low), UpToId = Text(middle), CountOnly = true }, cancellationToken);
        var below = counted.Total ?? 0;
        await Descend(low, middle, below, cancellationToken);
        await Descend(middle, high, inStore - below, cancellationToken);
    }

    async Task Deliver(Page page, string next)
    {
        using (page)
        {
            await quarantine.Convict();
            await work.Commit(page, null, PageEnd.Reading);
        }
    }

    PageRequest Like(long low) => new(work.Id.Entity, null, null, 1) { Except = quarantine.Except(Text(low)) };

    int Held(long low, long high) => Until(high) - Until(low);

    /// <summary>How many are held up to an id.</summary>
    int Until(long id)
    {
        var at = held.BinarySearch(id);
        return at < 0 ? ~at : at + 1;
    }
}
