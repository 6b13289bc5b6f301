using System.Globalization;
using XtndOrleans.Connectors;

namespace XtndOrleans.Engine.Syncs;

/// <summary>
/// What a full read did not see is asked for once more by id: what comes is written, and only what the store does not have then becomes a tombstone. When too
/// much would go at once, nothing does: a store that shows only a part of itself looks the same.
/// </summary>
internal sealed class Burial(RunWork work, RunQuarantine quarantine)
{
    /// <summary>Stable name of the failure that a person may confirm away.</summary>
    internal const string Suspected = "mass_deletion_suspected";

    const int IdsPerRequest = 50;
    const int PerQuestion = 1000;

    public async Task Run(CancellationToken cancellationToken)
    {
        var (records, runs) = (work.Services.Records, work.Services.Runs);
        var held = await runs.Held(work.Id);
        // Of a first read all that is held came with the run itself.
        var missing = held <= work.View.Inserted ? 0 : await records.CountMissing(work.Id, work.Run, cancellationToken);
        await runs.NoteMissing(work.Id, work.Run, work.Position.Epoch, missing);
        work.Progress.Missing(missing);
        if (missing == 0)
        {
            return;
        }

        if (SyncRules.TooMuchGone(missing, held) && !work.Position.ConfirmDeletions)
        {
            throw new RunFailedException(TooMuch(missing, held));
        }

        string? after = null;
        while (await records.Missing(work.Id, work.Run, after, PerQuestion, cancellationToken) is { Count: > 0 } ids)
        {
            for (var at = 0; at < ids.Count;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var batch = ids.Skip(at).Take(AtOnce).ToList();
                at += batch.Count;
                await AskAgain(batch, cancellationToken);
            }

            after = ids[^1];
        }

        await quarantine.Prove(cancellationToken);
    }

    int AtOnce => Math.Min(Math.Min(IdsPerRequest, work.Entity.MaximumIds), work.Reader.Sizer.Limit);

    async Task AskAgain(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        Page page;
        try
        {
            page = await work.Ask(new(work.Id.Entity, null, null, ids.Count) { Ids = ids }, cancellationToken);
        }
        catch (ConnectorException failure) when (failure.Kind == FailureKind.Data && ids.Count == 1)
        {
            quarantine.Suspect(ids[0], failure);
            return;
        }
        catch (ConnectorException failure) when (failure.Kind == FailureKind.Rejected && ids.Count == 1)
        {
            // The store will not tell, so it stays.
            work.Services.Log.WillNotTell(work.Id, work.Run, failure.Code);
            return;
        }
        catch (ConnectorException failure) when (ids.Count > 1 && failure.Kind is FailureKind.Data or FailureKind.Rejected)
        {
            foreach (var fewer in ids.Chunk(Math.Min(failure.MaximumPageSize ?? ids.Count, (ids.Count + 1) / 2)))
            {
                await AskAgain(fewer, cancellationToken);
            }

            return;
        }

        using (page)
        {
            await Settle(ids, page);
        }
    }

    async Task Settle(IReadOnlyList<string> ids, Page page)
    {
        if (page.Records.Count > 0)
        {
            await quarantine.Convict();
            await work.Commit(page, null, PageEnd.Reading);
        }

        var gone = ids.Except(page.Records.Select(record => record.ExternalId)).ToList();
        if (gone.Count > 0)
        {
            SyncPoints.Reached(SyncPoints.BeforeBury, (int)work.View.Pages);
            var buried = await work.Services.Records.Bury(
                work.Id, work.Run, work.Position.Epoch, gone, work.Services.Clock.GetUtcNow(), CancellationToken.None);
            SyncPoints.Reached(SyncPoints.AfterBury, (int)work.View.Pages);
            work.Progress.Buried(buried);
        }
    }

    static RunError TooMuch(long missing, long held) => new(
        Suspected,
        string.Create(CultureInfo.InvariantCulture, $"The store no longer shows {missing:N0} of {held:N0} records. That is too much to believe, so nothing was deleted."),
        "See whether the store shows its whole catalogue to this user. If the records are really gone, start a run with {\"confirmDeletions\": true}.");
}
