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
    public Task Commit(Page page, string? after, PageEnd end) => Commit([new(page, after, end, null, reader.TakeTraffic())]);

    /// <summary>Writes pages that follow one another, all or none.</summary>
    public async Task Commit(IReadOnlyList<PageToWrite> pages)
    {
        var size = reader.Sizer.Size;
        var now = services.Clock.GetUtcNow();
        var commits = pages.Select(page => new PageCommit(
            id, run, position.Epoch, page.Page, page.After, page.End == PageEnd.Run, page.Traffic.Requests, page.Traffic.Retries, page.Total, now)
        {
            KeepsIds = position.IsFull,
            EndsReading = page.End == PageEnd.Reading,
            PageSize = size == savedSize ? null : size,
        }).ToList();
        using var writer = await services.Silo.Writers.Enter(id.Connection.Tenant, CancellationToken.None);
        SyncPoints.Reached(SyncPoints.BeforeCommit, (int)View.Pages);
        var committed = await services.Records.CommitTogether(commits, CancellationToken.None);
        savedSize = size;
        SyncPoints.Reached(SyncPoints.AfterCommit, (int)View.Pages);
        foreach (var (commit, result) in commits.Zip(committed))
        {
            services.Metrics.PageCommitted(id.Entity, commit.Page.Records.Count, commit.Page.Bytes);
            progress.Committed(commit, result);
        }
    }
}

/// <summary>A page that is to be written.</summary>
/// <param name="Page">The page.</param>
/// <param name="After">Where reading goes on.</param>
/// <param name="End">What the page ends.</param>
/// <param name="Total">Records to read in all; null leaves what is known.</param>
/// <param name="Traffic">Requests that the page took.</param>
internal sealed record PageToWrite(Page Page, string? After, PageEnd End, long? Total, RunTraffic Traffic);

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
