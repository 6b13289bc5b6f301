using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using XtndOrleans.Engine.Syncs;

namespace XtndOrleans.Server.Syncs;

/// <summary>What a page was not yet told: of each run its newest state. Whoever writes never waits, however slow the page is.</summary>
internal sealed class NewestRuns : ChannelWriter<RunView>
{
    readonly Lock gate = new();
    readonly OrderedDictionary<string, RunView> waiting = new(StringComparer.Ordinal);
    readonly Channel<bool> bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <inheritdoc/>
    public override bool TryWrite(RunView item)
    {
        lock (gate)
        {
            waiting[item.Id] = item;
        }

        bell.Writer.TryWrite(true);
        return true;
    }

    /// <inheritdoc/>
    public override ValueTask<bool> WaitToWriteAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(true);

    /// <summary>Waits until there is something and takes all of it, in the order in which the runs were first heard of.</summary>
    [SuppressMessage("Design", "CA1002", Justification = "Nobody else sees it.")]
    public async Task<List<RunView>> Take(CancellationToken stop)
    {
        await bell.Reader.ReadAsync(stop);
        lock (gate)
        {
            List<RunView> taken = [.. waiting.Values];
            waiting.Clear();
            return taken;
        }
    }
}
