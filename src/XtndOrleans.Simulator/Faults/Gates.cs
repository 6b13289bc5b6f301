using System.Collections.Concurrent;

namespace XtndOrleans.Simulator;

/// <summary>A request held until a test lets it go: an order of events without a sleep.</summary>
public sealed class HeldRequest
{
    readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int taken;

    internal HeldRequest(int id, string? path) => (Id, Path) = (id, path);

    public int Id { get; }

    /// <summary>As in <see cref="Fault.Path"/>.</summary>
    public string? Path { get; }

    /// <summary>Completes when a request has arrived and waits.</summary>
    public Task Reached => reached.Task;

    /// <summary>Lets the request go on; before one came, the next passes as if nothing were.</summary>
    public void Release() => released.TrySetResult();

    internal bool TryTake() => Interlocked.Exchange(ref taken, 1) == 0;

    internal Task Wait(CancellationToken cancelled)
    {
        reached.TrySetResult();
        return released.Task.WaitAsync(cancelled);
    }
}

/// <summary>The requests a store is to hold.</summary>
public sealed class Gates
{
    readonly ConcurrentDictionary<int, HeldRequest> held = new();
    readonly ConcurrentDictionary<int, Action<string>> hooks = new();
    int last;

    internal Gates()
    {
    }

    /// <summary>Holds the next request to the path, before it is looked at, until released.</summary>
    public HeldRequest HoldNext(string? path = null)
    {
        var gate = new HeldRequest(Interlocked.Increment(ref last), path);
        held[gate.Id] = gate;
        return gate;
    }

    public HeldRequest? Find(int id) => held.GetValueOrDefault(id);

    /// <summary>
    /// Has <paramref name="act"/> done before each request to the path is looked at, with the number of such requests so far, from 1:
    /// a change between two pages. Ends when disposed.
    /// </summary>
    public IDisposable Before(string? path, Action<int> act)
    {
        var (id, count) = (Interlocked.Increment(ref last), 0);
        hooks[id] = asked =>
        {
            if (FaultPlan.Matches(path, asked)) act(Interlocked.Increment(ref count));
        };
        return new Hook(() => hooks.TryRemove(id, out _));
    }

    internal Task Pass(string path, CancellationToken cancelled)
    {
        foreach (var hook in hooks.OrderBy(hook => hook.Key)) hook.Value(path);
        foreach (var gate in held.Values.OrderBy(gate => gate.Id))
        {
            if (FaultPlan.Matches(gate.Path, path) && gate.TryTake()) return gate.Wait(cancelled);
        }
        return Task.CompletedTask;
    }

    sealed class Hook(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
