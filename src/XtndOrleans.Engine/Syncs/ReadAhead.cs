using XtndOrleans.Connectors;

namespace XtndOrleans.Engine.Syncs;

/// <summary>
/// Reads the pages of a window while others are written, one request at a time, as many as one commit takes and the silo has room for: a store that is quicker than the
/// disk fills the next commit, one that is slower never waits. Belongs to one loop on one grain's scheduler.
/// </summary>
/// <param name="silo">Gives the room.</param>
/// <param name="read">Reads the page after an id.</param>
internal sealed class ReadAhead(SiloResources silo, Func<string?, Task<AheadPage>> read) : IAsyncDisposable
{
    /// <summary>Pages in one commit, at most. A commit waits some two milliseconds for the disk; shared by four pages that is little beside writing them.</summary>
    internal const int MostAtOnce = 4;

    readonly Queue<AheadPage> ready = [];
    Task reading = Task.CompletedTask;
    TaskCompletionSource arrived = New();
    string? after;
    long bytes;
    bool ended = true;

    /// <summary>Whether nothing is ready, is being read or has failed: the next page is to be read by the one who wants it.</summary>
    public bool IsIdle => ready.Count == 0 && ended && reading.IsCompletedSuccessfully;

    /// <summary>Reads on behind a page that is about to be written, unless that goes on already.</summary>
    public void Behind(string? id, Page page)
    {
        if (IsIdle)
        {
            (after, bytes, ended) = (id, page.Bytes, false);
        }

        if (reading.IsCompletedSuccessfully && !ended)
        {
            reading = Fill();
        }
    }

    /// <summary>The next page. What failed is thrown when all pages before it were taken; the one who wants the page may then read it anew.</summary>
    public async Task<AheadPage> Take()
    {
        while (ready.Count == 0)
        {
            if (reading.IsCompleted)
            {
                var failed = reading;
                (reading, ended) = (Task.CompletedTask, true);
                await failed;
                return await read(after);
            }

            await Task.WhenAny(arrived.Task, reading);
            arrived = New();
        }

        return ready.Dequeue();
    }

    /// <summary>The pages that are there and go into the commit of the one before. The last page of a window is left: more hangs on it.</summary>
    public IReadOnlyList<AheadPage> TakeReady()
    {
        var taken = new List<AheadPage>(MostAtOnce);
        while (taken.Count < MostAtOnce - 1 && ready.TryPeek(out var next) && !next.Page.IsLast)
        {
            taken.Add(ready.Dequeue());
        }

        return taken;
    }

    /// <summary>Gives a page's buffer and room back.</summary>
    public void Release(AheadPage taken)
    {
        taken.Page.Dispose();
        silo.ReleaseAhead(taken.Room);
    }

    /// <summary>Pages that were read and will not be written give their room back.</summary>
    public async ValueTask DisposeAsync()
    {
        ended = true;
        await reading.Settled();
        while (ready.TryDequeue(out var unwritten))
        {
            Release(unwritten);
        }
    }

    async Task Fill()
    {
        while (!ended && ready.Count < MostAtOnce && silo.TryReserveAhead(bytes, ready.Count))
        {
            var room = bytes;
            AheadPage next;
            try
            {
                next = (await read(after)) with { Room = room };
            }
            catch
            {
                silo.ReleaseAhead(room);
                throw;
            }

            ready.Enqueue(next);
            (after, bytes, ended) = (next.Page.Next ?? after, next.Page.Bytes, ended || next.Page.IsLast);
            arrived.TrySetResult();
        }
    }

    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>A page that was read.</summary>
/// <param name="Page">The page.</param>
/// <param name="Traffic">The requests that it took; null when they are not counted yet.</param>
/// <param name="Room">Bytes of the silo's room that it takes; none when it was not read ahead.</param>
internal sealed record AheadPage(Page Page, RunTraffic? Traffic, long Room = 0);
