using XtndOrleans.Connectors;
using XtndOrleans.Engine.Records;

namespace XtndOrleans.Engine.Syncs;

/// <summary>
/// Moves the pages of one window from the store into the database. While one page is written the next is read, within the silo's bounded room; the cursor moves
/// with the records, so after any crash the next page is the one after the last commit. What a page cannot bring is narrowed down to the record.
/// </summary>
internal sealed class PagePump(RunWork work, RunQuarantine quarantine)
{
    readonly CursorPosition position = work.Position;
    string? after = work.Position.AfterId;
    bool windowIsOpen = work.Position.NextWatermark is not null || !SyncRules.Closes(work.Position);
    Task<Page>? ahead;

    /// <summary>Reads and writes to the end of the window. True when the run has closed with its last page; false when it is to be reckoned.</summary>
    public async Task<bool> Run(CancellationToken cancellationToken)
    {
        if (position.ChangedSince is null && !windowIsOpen)
        {
            await OpenWindow(cancellationToken);
        }

        using var reading = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            while (true)
            {
                if (await NextPage(reading.Token) is { } end and not PageEnd.None)
                {
                    return end == PageEnd.Run;
                }

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

    /// <summary>Moves one page, or what can be had of it.</summary>
    async Task<PageEnd> NextPage(CancellationToken cancellationToken)
    {
        Page page;
        try
        {
            page = await (ahead ?? Read(cancellationToken));
        }
        catch (ConnectorException failure) when (failure.Kind == FailureKind.Data && work.Entity.HasNumericIds)
        {
            ahead = null;
            await Narrow(failure, cancellationToken);
            return PageEnd.None;
        }

        using (page)
        {
            ahead = null;
            if (!windowIsOpen && !page.IsLast)
            {
                // The window of several pages closes where the store stands before its first page is read, so that page is read again.
                await OpenWindow(cancellationToken);
                return PageEnd.None;
            }

            return await Write(page, cancellationToken);
        }
    }

    PageRequest Next() => new(work.Id.Entity, after, position.ChangedSince, work.Reader.Sizer.Size) { Except = quarantine.Except(after) };

    Task<Page> Read(CancellationToken cancellationToken)
    {
        SyncPoints.Reached(SyncPoints.BeforeFetch, (int)work.View.Pages);
        return work.Ask(Next(), cancellationToken);
    }

    async Task Narrow(ConnectorException failure, CancellationToken cancellationToken)
    {
        if (!windowIsOpen)
        {
            await OpenWindow(cancellationToken);
        }

        var narrowing = new Narrowing((request, thorough) => work.Ask(request, cancellationToken, thorough), Deliver, quarantine.Suspect);
        try
        {
            after = await narrowing.Pass(Next(), failure);
        }
        catch (ConnectorException tooMany) when (tooMany.Kind == FailureKind.Data)
        {
            // Many that lie side by side are set aside, as many as one run may, if the store gives any other: the next run comes further.
            await quarantine.Prove(cancellationToken);
            throw;
        }
    }

    async Task Deliver(Page page, string next)
    {
        using (page)
        {
            await quarantine.Convict();
            after = next;
            await work.Commit(page, after, PageEnd.None);
        }
    }

    /// <summary>Writes a page, reading the next meanwhile when there is room for both.</summary>
    async Task<PageEnd> Write(Page page, CancellationToken cancellationToken)
    {
        SyncPoints.Reached(SyncPoints.AfterFetch, (int)work.View.Pages);
        if (!windowIsOpen)
        {
            // A window of one page closes with what that page shows.
            await Note(page, null);
        }

        await ConvictBefore(page, cancellationToken);
        after = page.Next ?? after;
        var traffic = work.Reader.TakeTraffic();
        var reserved = !page.IsLast && work.Services.Silo.TryReserveAhead(page.Bytes);
        if (reserved)
        {
            ahead = Read(cancellationToken);
        }

        try
        {
            var end = !page.IsLast ? PageEnd.None : await EndOf(page);
            var seen = work.View.Seen;
            await work.Commit(page, after, end, seen + (page.IsLast ? page.Records.Count : page.Total), traffic);
            return end;
        }
        finally
        {
            if (reserved)
            {
                work.Services.Silo.ReleaseAhead(page.Bytes);
            }
        }
    }

    async Task ConvictBefore(Page page, CancellationToken cancellationToken)
    {
        if (page.Records.Count > 0)
        {
            await quarantine.Convict();
        }
        else if (page.IsLast)
        {
            await quarantine.Prove(cancellationToken);
        }
    }

    /// <summary>A delta in which nothing changed closes with its page: one request and one transaction in all.</summary>
    async Task<PageEnd> EndOf(Page page)
    {
        var nothingChanged = page.Records.Count == 0 && !position.IsFull && !await Reckoning.ChecksCount(work, quarantine);
        return nothingChanged ? PageEnd.Run : PageEnd.Reading;
    }

    async Task OpenWindow(CancellationToken cancellationToken)
    {
        using var newest = await Newest(cancellationToken);
        await Note(newest, position.ChangedSince is null ? newest.Total : null);
    }

    /// <summary>The record that changed last. When the store cannot deliver that very one, its clock has to do: the window closes earlier.</summary>
    async Task<Page> Newest(CancellationToken cancellationToken)
    {
        try
        {
            return await work.Ask(new(work.Id.Entity, null, null, 1) { NewestOnly = true, Except = quarantine.Except(null) }, cancellationToken);
        }
        catch (ConnectorException failure) when (failure.Kind == FailureKind.Data && work.Entity.HasNumericIds)
        {
            return await work.Ask(new(work.Id.Entity, null, null, 1) { CountOnly = true }, cancellationToken);
        }
    }

    async Task Note(Page page, long? total)
    {
        var newest = page.Records.Count == 0 ? null : page.Records.Max(record => record.SourceUpdatedAt);
        var watermark = SyncRules.NextWatermark(page.StoreTime, newest, position.Watermark, work.Services.Options);
        if (!await work.Services.Runs.OpenWindow(work.Id, work.Run, position.Epoch, watermark, total, work.Reader.TakeTraffic()))
        {
            throw new FencedException(work.Id);
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
