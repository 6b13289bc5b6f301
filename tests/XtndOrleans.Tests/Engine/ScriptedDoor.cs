using System.Collections.Concurrent;
using System.Reflection;
using XtndOrleans.Connectors;
using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Tests.Engine;

/// <summary>
/// The door of a connection without its grain. A proxy and not a class of that interface, which Orleans would take for a second implementation of the grain.
/// </summary>
#pragma warning disable CA1852 // DispatchProxy derives from it.
internal class ScriptedDoor : DispatchProxy
#pragma warning restore CA1852
{
    /// <summary>What each ask is answered; the default grants it.</summary>
    public Func<LeaseAnswer>? Answer { get; set; }

    public ConcurrentQueue<LeaseOutcome> Returned { get; } = new();

    public ConcurrentQueue<string?> Told { get; } = new();

    /// <summary>How often a loop said that it took a run over.</summary>
    public int TakenOver { get; private set; }

    public int Asked { get; private set; }

    public static LeaseAnswer Grant() => new(LeaseVerdict.Granted) { Id = Guid.NewGuid(), System = "magento", BaseAddress = new("http://shop.example/"), Authorization = "Bearer t" };

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        switch (targetMethod!.Name)
        {
            case nameof(IConnectionDoor.Lease):
                Asked++;
                return Task.FromResult((Answer?.Invoke() ?? Grant()) with { Request = (PageRequest)args![0]! });
            case nameof(IConnectionDoor.Return):
                Returned.Enqueue((LeaseOutcome)args![0]!);
                return Task.CompletedTask;
            case nameof(IConnectionDoor.TookOver):
                TakenOver++;
                return Task.CompletedTask;
            case nameof(IConnectionDoor.RunEnded):
                Told.Enqueue((string?)args![1]);
                return Task.CompletedTask;
            default:
                throw new NotSupportedException(targetMethod.Name);
        }
    }
}
