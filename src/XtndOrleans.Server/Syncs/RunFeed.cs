using System.Collections.Concurrent;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Syncs;

namespace XtndOrleans.Server.Syncs;

/// <summary>The runs of a connection as they move, pushed to one page. Ends with the page: dispose it there.</summary>
public sealed class RunFeed : IAsyncDisposable
{
    // A page is read from the database, and followed when its circuit stands. What ended in between is told too.
    static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);
    static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);
    static readonly TimeSpan SlowestPace = TimeSpan.FromSeconds(1);

    readonly RunWatcher watcher;
    readonly TimeProvider clock;
    readonly ILogger log;
    readonly ConcurrentDictionary<string, RunView> runs = new(StringComparer.Ordinal);
    CancellationTokenSource? stop;
    Task following = Task.CompletedTask;
    bool isOver;

    internal RunFeed(RunWatcher watcher, TimeProvider clock, ILogger<RunFeed> log)
    {
        this.watcher = watcher;
        this.clock = clock;
        this.log = log;
    }

    /// <summary>The last that was heard of an entity's run; null when none has moved since the page was opened.</summary>
    public RunView? this[string entity] => runs.GetValueOrDefault(entity);

    /// <summary>A run as it was read, or what was heard of it meanwhile: it may have ended while the rest of a page was read, and that is told once.</summary>
    public RunView Newest(RunView read) => !read.IsOver && this[read.Entity] is { } heard && heard.Id == read.Id ? heard : read;

    /// <summary>
    /// Begins to follow, instead of what was followed before. What is under way is told at once, and so is what ended in the last minute. A page that is slower
    /// than its runs is told their newest states: about four a second, of each run one a second or more, and the end of each in any case.
    /// </summary>
    /// <param name="connection">Whose runs.</param>
    /// <param name="entities">Of which entities.</param>
    /// <param name="moved">Called after each change, on no particular thread: a component calls its own InvokeAsync in it.</param>
    public void Start(ConnectionId connection, IEnumerable<string> entities, Func<RunView, Task> moved)
    {
        if (isOver)
        {
            return;
        }

        var (before, earlier) = (following, stop);
        stop = new();
        var (mine, since, newest) = (stop.Token, clock.GetUtcNow() - Overlap, new NewestRuns());
        runs.Clear();
        var watching = entities.Select(entity => watcher.Watch(new(connection, entity), newest, since, mine)).ToList();
        following = Task.WhenAll([End(before, earlier), .. watching, Tell(newest, moved, mine)]);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // The page disposes it, and later the circuit's services do so again.
        isOver = true;
        var (before, earlier) = (following, stop);
        (following, stop) = (Task.CompletedTask, null);
        await End(before, earlier);
        runs.Clear();
    }

    static async Task End(Task before, CancellationTokenSource? earlier)
    {
        if (earlier is not null)
        {
            await earlier.CancelAsync();
            await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            earlier.Dispose();
        }
    }

    async Task Tell(NewestRuns newest, Func<RunView, Task> moved, CancellationToken mine)
    {
        while (true)
        {
            var news = await newest.Take(mine);
            foreach (var run in news)
            {
                runs[run.Entity] = run;
            }

            foreach (var run in news)
            {
                await Tell(run, moved, mine);
            }

            await Task.Delay(TimeSpan.FromTicks(Math.Min(SlowestPace.Ticks, Pace.Ticks * news.Count)), clock, mine);
        }
    }

    async Task Tell(RunView run, Func<RunView, Task> moved, CancellationToken mine)
    {
        mine.ThrowIfCancellationRequested();
        try
        {
            await moved(run);
        }
        catch (Exception failure) when (!mine.IsCancellationRequested)
        {
            // The next state may be shown after all; a page that is gone ends its feed itself.
            log.NotShown(failure, run.Id);
        }
    }
}
