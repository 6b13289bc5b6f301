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

        using var reading = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            while (!await NextPage(reading.Token))
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            // When a page could not be written, the one that is read ahead is not waited for: a store that is down would hold the run for its whole patience.
            await reading.CancelAsync();
            await DiscardAhead();
        }
    }

    /// <summary>Moves one page. True when it was the last.</summary>
    async Task<bool> NextPage(CancellationToken cancellationToken)
    {
        stayActive();
        using var page = await (ahead ?? Read(cancellationToken));
        ahead = null;
        if (!windowIsOpen && !page.IsLast)
        {
            // The window of several pages closes where the store stands before its first page is read, so that page is read again.
            await OpenWindow(cancellationToken);
            return false;
        }

        await Write(page, cancellationToken);
        return page.IsLast;
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
            // A window of one page closes with what that page shows.
            await Note(page, null);
        }

        after = page.Next ?? after;
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
        using var writer = await services.Silo.Writers.Enter(id.Connection.Tenant, CancellationToken.None);
        SyncPoints.Reached(SyncPoints.BeforeCommit, (int)progress.Run.Pages);
        // A page that is being written is written: only the database may stop it.
        var committed = await services.Records.Commit(commit, CancellationToken.None);
        SyncPoints.Reached(SyncPoints.AfterCommit, (int)progress.Run.Pages);
        services.Metrics.PageCommitted(id.Entity, page.Records.Count, page.Bytes);
        progress.Committed(commit, committed);
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
