using XtndOrleans.Connectors;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Records;

namespace XtndOrleans.Engine.Syncs;

/// <summary>
/// Moves the pages of one window from the store into the database. While one page is written the next is read, within the silo's bounded room; the cursor moves
/// with the records, so after any crash the next page is the one after the last commit.
/// </summary>
internal sealed class PagePump(
    EntityId id, Guid run, CursorPosition position, PageReader reader, SyncServices services, RunProgress progress, Action stayActive)
{
    string? after = position.AfterId;
    bool windowIsOpen = position.NextWatermark is not null || !SyncRules.Closes(position);
    Task<Page>? ahead;

    /// <summary>Reads and writes to the end of the window. At its end the run has succeeded.</summary>
    public async Task Run(CancellationToken cancellationToken)
    {
        if (position.ChangedSince is null && !windowIsOpen)
        {
            await OpenWindow(cancellationToken);
        }

        try
        {
            while (true)
            {
                stayActive();
                using var page = await (ahead ?? Read(cancellationToken));
                ahead = null;
                await Write(page, cancellationToken);
                if (page.IsLast)
                {
                    return;
                }

                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            await DiscardAhead();
        }
    }

    Task<Page> Read(CancellationToken cancellationToken)
    {
        SyncPoints.Reached(SyncPoints.BeforeFetch, (int)progress.Run!.Pages);
        return reader.Read(new(id.Entity, after, position.ChangedSince, reader.PageSize), cancellationToken);
    }

    /// <summary>Writes a page, reading the next meanwhile when there is room for both.</summary>
    async Task Write(Page page, CancellationToken cancellationToken)
    {
        SyncPoints.Reached(SyncPoints.AfterFetch, (int)progress.Run!.Pages);
        if (!windowIsOpen)
        {
            await CloseOrOpenWindow(page, cancellationToken);
        }

        after = page.Records is [.., var newest] ? newest.ExternalId : after;
        var traffic = reader.TakeTraffic();
        var reserved = !page.IsLast && services.Silo.TryReserveAhead(page.Bytes);
        if (reserved)
        {
            ahead = Read(cancellationToken);
        }

        try
        {
            await Commit(page, page.IsLast, traffic);
        }
        finally
        {
            if (reserved)
            {
                services.Silo.ReleaseAhead(page.Bytes);
            }
        }
    }

    async Task Commit(Page page, bool last, RunTraffic traffic)
    {
        var seen = progress.Run!.Seen;
        var commit = new PageCommit(
            id, run, position.Epoch, page, after, last, traffic.Requests, traffic.Retries, seen + (last ? page.Records.Count : page.Total), services.Clock.GetUtcNow());
        await services.Silo.Writers.WaitAsync();
        try
        {
            SyncPoints.Reached(SyncPoints.BeforeCommit, (int)progress.Run.Pages);
            // A page that is being written is written: only the database may stop it.
            var committed = await services.Records.Commit(commit, CancellationToken.None);
            SyncPoints.Reached(SyncPoints.AfterCommit, (int)progress.Run.Pages);
            services.Metrics.PageCommitted(id.Entity, page.Records.Count, page.Bytes);
            progress.Committed(commit, committed);
        }
        finally
        {
            services.Silo.Writers.Release();
        }
    }

    /// <summary>A window of one page closes with what that page shows; a longer one needs to know where it will close before reading on.</summary>
    async Task CloseOrOpenWindow(Page page, CancellationToken cancellationToken)
    {
        if (page.IsLast)
        {
            await Note(page, null);
        }
        else
        {
            await OpenWindow(cancellationToken);
        }
    }

    async Task OpenWindow(CancellationToken cancellationToken)
    {
        using var newest = await reader.Read(new(id.Entity, null, null, 1) { NewestOnly = true }, cancellationToken);
        await Note(newest, position.ChangedSince is null ? newest.Total : null);
    }

    async Task Note(Page page, long? total)
    {
        var watermark = SyncRules.NextWatermark(page.StoreTime, page.Records.Max(record => record.SourceUpdatedAt), position.Watermark, services.Options);
        if (!await services.Runs.OpenWindow(id, run, position.Epoch, watermark, total, reader.TakeTraffic()))
        {
            throw new FencedException(id);
        }

        windowIsOpen = true;
    }

    /// <summary>A page that was read ahead and will not be written gives its buffer back.</summary>
    async Task DiscardAhead()
    {
        if (ahead is null)
        {
            return;
        }

        await ahead.Settled();
        if (ahead.IsCompletedSuccessfully)
        {
            (await ahead).Dispose();
        }
    }
}
