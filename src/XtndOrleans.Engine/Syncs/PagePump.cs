using XtndOrleans.Connectors;
using XtndOrleans.Engine.Records;

namespace XtndOrleans.Engine.Syncs;

/// <summary>
/// Moves the pages of one window from the store into the database. While pages are written the next are read, within the silo's bounded room; the cursor moves
/// with the records, so after any crash the next page is the one after the last commit. What a page cannot bring is narrowed down to the record.
/// </summary>
internal sealed class PagePump(RunWork work, RunQuarantine quarantine)
{
    /// <summary>A commit that takes longer is a slow database's: the next one has a page alone, because a statement has half a minute at most.</summary>
    static readonly TimeSpan LongCommit = TimeSpan.FromSeconds(5);

    readonly CursorPosition position = work.Position;
    string? after = work.Position.AfterId;
    TimeSpan lastCommit;
    bool windowIsOpen = work.Position.NextWatermark is not null || !SyncRules.Closes(work.Position);

    /// <summary>Reads and writes to the end of the window. True when the run has closed with its last page; false when it is to be reckoned.</summary>
    public async Task<bool> Run(CancellationToken cancellationToken)
    {
        if (position.ChangedSince is null && !windowIsOpen)
        {
            await OpenWindow(cancellationToken);
        }

        using var reading = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var ahead = new ReadAhead(work.Services.Silo, async id => new(await Read(id, reading.Token), work.Reader.TakeTraffic()));
        try
        {
            while (true)
            {
                if (await NextPage(ahead, reading.Token) is { } end and not PageEnd.None)
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
        }
    }

    /// <summary>Moves one page, or what can be had of it, and those that wait behind it.</summary>
    async Task<PageEnd> NextPage(ReadAhead ahead, CancellationToken cancellationToken)
    {
        AheadPage read;
        try
        {
            read = ahead.IsIdle ? new(await Read(after, cancellationToken), null) : await ahead.Take();
        }
        catch (ConnectorException failure) when (failure.Kind == FailureKind.Data && work.Entity.HasNumericIds)
        {
            await Narrow(failure, cancellationToken);
            return PageEnd.None;
        }

        try
        {
            if (!windowIsOpen && !read.Page.IsLast)
            {
                // The window of several pages closes where the store stands before its first page is read, so that page is read again.
                await OpenWindow(cancellationToken);
                return PageEnd.None;
            }

            return await Write(read, ahead, cancellationToken);
        }
        finally
        {
            ahead.Release(read);
        }
    }

    PageRequest After(string? id) => new(work.Id.Entity, id, position.ChangedSince, work.Reader.Sizer.Size) { Except = quarantine.Except(id) };

    Task<Page> Read(string? id, CancellationToken cancellationToken)
    {
        SyncPoints.Reached(SyncPoints.BeforeFetch, (int)work.View.Pages);
        return work.Ask(After(id), cancellationToken);
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
            after = await narrowing.Pass(After(after), failure);
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

    /// <summary>Writes a page, reading on meanwhile. Those that were read while the one before was written go into the same transaction.</summary>
    async Task<PageEnd> Write(AheadPage read, ReadAhead ahead, CancellationToken cancellationToken)
    {
        var page = read.Page;
        SyncPoints.Reached(SyncPoints.AfterFetch, (int)work.View.Pages);
        if (!windowIsOpen)
        {
            // A window of one page closes with what that page shows.
            await Note(page, null);
        }

        await ConvictBefore(page, cancellationToken);
        var end = !page.IsLast ? PageEnd.None : await EndOf(page);
        var behind = end == PageEnd.None && lastCommit < LongCommit ? ahead.TakeReady() : [];
        try
        {
            var pages = ToWrite([read, .. behind], end);
            if (end == PageEnd.None)
            {
                ahead.Behind(after, page);
            }

            var began = work.Services.Clock.GetTimestamp();
            await work.Commit(pages);
            lastCommit = work.Services.Clock.GetElapsedTime(began);
            return end;
        }
        finally
        {
            foreach (var written in behind)
            {
                ahead.Release(written);
            }
        }
    }

    /// <summary>Takes the pages for written: reading goes on behind them.</summary>
    List<PageToWrite> ToWrite(IReadOnlyList<AheadPage> pages, PageEnd end)
    {
        var seen = work.View.Seen;
        var writes = new List<PageToWrite>(pages.Count);
        foreach (var (page, traffic, _) in pages)
        {
            after = page.Next ?? after;
            writes.Add(new(page, after, end, seen + (page.IsLast ? page.Records.Count : page.Total), traffic ?? work.Reader.TakeTraffic()));
            seen += page.Records.Count;
        }

        return writes;
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
}
