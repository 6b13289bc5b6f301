using XtndOrleans.Connectors;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Records;

namespace XtndOrleans.Engine.Syncs;

/// <summary>What the phases of one loop share: the run, the right to write, the reader, and the one way in which pages are committed.</summary>
internal sealed class RunWork(
    EntityId id, Guid run, CursorPosition position, SystemEntity entity, PageReader reader, SyncServices services, RunProgress progress, Action stayActive)
{
    int? savedSize = position.PageSize;

    public EntityId Id => id;

    public Guid Run => run;

    public CursorPosition Position => position;

    /// <summary>What the system says of the entity.</summary>
    public SystemEntity Entity => entity;

    public PageReader Reader => reader;

    public SyncServices Services => services;

    /// <summary>The run as it stands.</summary>
    public RunView View => progress.Run!;

    public RunProgress Progress => progress;

    /// <summary>Makes a request and keeps the activation alive.</summary>
    public Task<Page> Ask(PageRequest request, CancellationToken cancellationToken, bool thorough = true)
    {
        stayActive();
        return reader.Read(request, cancellationToken, thorough);
    }

    /// <summary>Writes a page. What is written is written: only the database may stop it.</summary>
    /// <param name="page">The page.</param>
    /// <param name="after">Where reading goes on.</param>
    /// <param name="end">What the page ends.</param>
    /// <param name="total">Records to read in all; null leaves what is known.</param>
    /// <param name="traffic">Requests that the page took; null for those not yet counted.</param>
    public async Task Commit(Page page, string? after, PageEnd end, long? total = null, RunTraffic? traffic = null)
    {
        var (requests, retries) = traffic ?? reader.TakeTraffic();
        var size = reader.Sizer.Size;
        var commit = new PageCommit(id, run, position.Epoch, page, after, end == PageEnd.Run, requests, retries, total, services.Clock.GetUtcNow())
        {
            KeepsIds = position.IsFull,
            EndsReading = end == PageEnd.Reading,
            PageSize = size == savedSize ? null : size,
        };
        using var writer = await services.Silo.Writers.Enter(id.Connection.Tenant, CancellationToken.None);
        SyncPoints.Reached(SyncPoints.BeforeCommit, (int)View.Pages);
        var committed = await services.Records.Commit(commit, CancellationToken.None);
        savedSize = size;
        SyncPoints.Reached(SyncPoints.AfterCommit, (int)View.Pages);
        services.Metrics.PageCommitted(id.Entity, page.Records.Count, page.Bytes);
        progress.Committed(commit, committed);
    }
}

/// <summary>What ends with a page.</summary>
internal enum PageEnd
{
    /// <summary>Nothing: the next one follows.</summary>
    None,

    /// <summary>The reading: the run goes on to reckon, or reckons already.</summary>
    Reading,

    /// <summary>The run: its window closes in the same transaction.</summary>
    Run,
}
