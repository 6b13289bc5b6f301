using System.Threading.Channels;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Syncs;

namespace XtndOrleans.Server.Syncs;

/// <summary>The runs of a connection as they move, pushed to one page. Ends with the page: dispose it there.</summary>
public sealed class RunFeed : IAsyncDisposable
{
    readonly RunWatcher watcher;
    readonly CancellationTokenSource stop = new();
    readonly Dictionary<string, RunView> runs = new(StringComparer.Ordinal);
    Task following = Task.CompletedTask;

    internal RunFeed(RunWatcher watcher) => this.watcher = watcher;

    /// <summary>The last that was heard of an entity's run; null when none has moved since the page was opened.</summary>
    public RunView? this[string entity] => runs.GetValueOrDefault(entity);

    /// <summary>Begins to follow. What is under way is told at once.</summary>
    /// <param name="connection">Whose runs.</param>
    /// <param name="entities">Of which entities.</param>
    /// <param name="moved">Called after each change, on no particular thread: a component calls its own InvokeAsync in it.</param>
    public void Start(ConnectionId connection, IEnumerable<string> entities, Func<RunView, Task> moved)
    {
        var channel = Channel.CreateBounded<RunView>(64);
        var watching = entities.Select(entity => watcher.Watch(new(connection, entity), channel.Writer, stop.Token)).ToList();
        following = Task.WhenAll([.. watching, Tell(channel.Reader, moved)]);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    async Task Tell(ChannelReader<RunView> reader, Func<RunView, Task> moved)
    {
        await foreach (var run in reader.ReadAllAsync(stop.Token))
        {
            runs[run.Entity] = run;
            await moved(run);
        }
    }
}
