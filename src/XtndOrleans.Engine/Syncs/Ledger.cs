using System.Globalization;
using XtndOrleans.Connectors;
using static XtndOrleans.Engine.Syncs.NumericId;

namespace XtndOrleans.Engine.Syncs;

/// <summary>
/// Compares the store's own count with the records held, for a window that new records do not disturb: up to the highest id ever held. When the store has more, what
/// is missing is sought by halving ranges of ids, and read.
/// </summary>
internal sealed class Ledger(RunWork work, RunQuarantine quarantine)
{
    /// <summary>A difference that a repair could not explain is not looked into again before this.</summary>
    static readonly TimeSpan RepairsAtMost = TimeSpan.FromHours(24);

    readonly RunStore runs = work.Services.Runs;

    public async Task Run(CancellationToken cancellationToken)
    {
        var upTo = work.Entity.HasNumericIds ? await work.Services.Records.HighestId(work.Id, cancellationToken) : null;
        var found = await Compare(upTo, cancellationToken);
        if (found.Missing <= 0 || upTo is null)
        {
            await Save(found, found.State, await NoteFor(found), cancellationToken);
        }
        else if (await IsExplained(found))
        {
            await Save(found, "differs", Unexplained(found), cancellationToken);
        }
        else
        {
            await Mend(found, cancellationToken);
        }
    }

    async Task Mend(Comparison found, CancellationToken cancellationToken)
    {
        await Save(found, "repairing", $"The store has {Count(found.Missing)} more; they are being read.", cancellationToken);
        var repair = new Repair(work, quarantine);
        await repair.Run(found.UpToId!, found.InStore, cancellationToken);
        var after = await Compare(found.UpToId, cancellationToken);
        // A repair of so many requests that found nothing would find nothing the next time either: the store's count is wrong.
        if (after.Missing > 0 && after.Missing < found.Missing && repair.IsUnfinished)
        {
            await Save(after, "repairing", $"{Count(after.Missing)} are still missing; the next run goes on.", cancellationToken);
        }
        else
        {
            var note = after.Missing > 0 ? Unexplained(after) : await NoteFor(after);
            await Save(after, after.State, note, cancellationToken);
        }
    }

    async Task<Comparison> Compare(string? upTo, CancellationToken cancellationToken)
    {
        var end = upTo is null ? long.MaxValue : Number(upTo);
        var aside = work.Entity.HasNumericIds ? quarantine.Open.Where(id => Number(id) <= end).ToList() : [];
        var except = work.Entity.HasNumericIds ? quarantine.Except(null) : [];
        using var page = await work.Ask(new(work.Id.Entity, null, null, 1) { CountOnly = true, UpToId = upTo, Except = except }, cancellationToken);
        var total = page.Total ?? throw new ConnectorException(FailureKind.Data, FailureCodes.MalformedAnswer, "The store does not count.", "");
        // More may be set aside than a request can name.
        var inStore = total - aside.Except(except).Count();
        var held = await runs.Held(work.Id);
        var heldAside = aside.Count == 0 ? 0 : await work.Services.Records.CountHeldOf(work.Id, aside, cancellationToken);
        return new(upTo, inStore, held - heldAside, held, aside.Count);
    }

    /// <summary>Whether a repair of a delta before this one already found no more than is found now.</summary>
    async Task<bool> IsExplained(Comparison found) => !work.Position.IsFull
        && await runs.LastCheck(work.Id) is { State: "differs" } last
        && last.Difference == found.Difference
        && last.CheckedAt > work.Services.Clock.GetUtcNow() - RepairsAtMost;

    Task Save(Comparison found, string state, string? note, CancellationToken cancellationToken) => work.Services.Completeness.Save(
        work.Id,
        work.Run,
        work.Position.Epoch,
        new(work.Id.Entity, found.Held, found.StoreTotal, found.Difference, work.Services.Clock.GetUtcNow(), new(found.UpToId), state, note)
        {
            Quarantined = found.Aside,
        },
        cancellationToken);

    async Task<string?> NoteFor(Comparison found)
    {
        if (found.Missing > 0)
        {
            return $"{Count(found.Missing)} more in the store than here; the next full read reads them.";
        }

        if (found.Missing == 0)
        {
            return found.Aside == 0 ? null : $"{Count(found.Aside)} of the store's records {(found.Aside == 1 ? "is" : "are")} in quarantine: it cannot deliver them.";
        }

        var fewer = $"{Count(-found.Missing)} fewer in the store than here";
        return work.Position.IsFull
            ? $"{fewer}, although it gave each of them: its count is wrong, or they were deleted during the read."
            : await runs.SweepDueAt(work.Id) is { } sweep
                ? string.Create(CultureInfo.InvariantCulture, $"{fewer}: probably deleted there; the sweep at {sweep:yyyy-MM-dd HH:mm} UTC finds out.")
                : $"{fewer}: probably deleted there; a full read finds out.";
    }

    static string Unexplained(Comparison found) => $"The store counts {Count(found.Missing)} more than it gives when asked for each range of ids.";

    static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>One comparison.</summary>
    /// <param name="UpToId">The window; null: all.</param>
    /// <param name="InStore">What the store counts without those set aside.</param>
    /// <param name="Here">What is held without them.</param>
    /// <param name="Held">What is held.</param>
    /// <param name="Aside">How many are set aside within the window.</param>
    sealed record Comparison(string? UpToId, long InStore, long Here, long Held, int Aside)
    {
        public long Missing => InStore - Here;

        public long StoreTotal => InStore + Aside;

        public long Difference => StoreTotal - Held;

        /// <summary>A record that is set aside and not held is missing all the same: complete is said of all or not at all.</summary>
        public string State => Missing == 0 && Difference == 0 ? "complete" : "differs";
    }
}
