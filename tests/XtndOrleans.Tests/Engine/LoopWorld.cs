using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using XtndOrleans.Connectors;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Syncs;
using XtndOrleans.Tests.Server;

namespace XtndOrleans.Tests.Engine;

/// <summary>The loop of a run with a store in memory before it and a real database behind it. Pages of two records.</summary>
internal sealed class LoopWorld : IAsyncDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    readonly IConnectionDoor door = System.Reflection.DispatchProxy.Create<IConnectionDoor, ScriptedDoor>();
    readonly ServiceProvider meters = new ServiceCollection().AddMetrics().BuildServiceProvider();

    LoopWorld(RunWorld runs) => Runs = runs;

    public RunWorld Runs { get; }

    public ScriptedStore Store { get; } = new();

    /// <summary>What is read; the scripted store unless a test has another.</summary>
    public IConnector? Connector { get; set; }

    /// <summary>Which entity; products unless a test has another.</summary>
    public string Entity { get; set; } = Entities.Product;

    EntityId Id => new(Runs.Connection, Entity);

    public ScriptedDoor Door => (ScriptedDoor)(object)door;

    public SyncOptions Options { get; } = new() { PageSize = 2, FirstWait = TimeSpan.FromMilliseconds(1), LongestWait = TimeSpan.FromMilliseconds(2) };

    /// <summary>What the loop takes for the time.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>What the runs of the silo share.</summary>
    public SiloResources Silo => field ??= new(Wrapped, TimeProvider.System);

    /// <summary>The silo drains when this is cancelled.</summary>
    public CancellationTokenSource Stopping { get; set; } = new();

    public static async Task<LoopWorld> Start(int products = 5)
    {
        var world = new LoopWorld(await RunWorld.Start());
        for (var id = 1; id <= products; id++)
        {
            world.Store.Save(id, "Old", RunWorld.Now.AddHours(-id));
        }

        return world;
    }

    /// <summary>The loop of a run, not yet under way.</summary>
    public SyncLoop Loop(Guid run) => new(
        Id, run, door,
        new(Runs.Runs, Runs.Records, new(Runs.Database.DataSource), new(Runs.Database.DataSource), new ConnectorCatalog([Connector ?? Store]), Silo, new(meters.GetRequiredService<IMeterFactory>()), Wrapped, Clock, NullLogger<SyncGrain>.Instance),
        new(Clock), () => { }, Stopping.Token);

    /// <summary>Drives the loop to its end on a scheduler that, like a grain's, runs one thing at a time.</summary>
    public static Task Drive(SyncLoop loop) => Task.Factory
        .StartNew(loop.Run, CancellationToken.None, TaskCreationOptions.None, new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler)
        .Unwrap().WaitAsync(Limit);

    /// <summary>Begins a run and drives it to its end.</summary>
    public async Task<RunView> Run(string? mode = null, bool confirm = false)
    {
        var (run, _) = (await Runs.Runs.Begin(Id, new("manual", mode) { ConfirmDeletions = confirm }, RunWorld.Now))!.Value;
        using var loop = Loop(run);
        await Drive(loop);
        return await View(run);
    }

    /// <summary>The same where the loop waits for seconds: its clock runs faster.</summary>
    public async Task<RunView> RunInQuickTime(string? mode = null)
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        Clock = clock;
        var running = Run(mode);
        await Until.True(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(running.IsCompleted);
        });
        return await running;
    }

    public async Task<RunView> View(Guid run) => (await Runs.Runs.Find(Id, run))!;

    public Task<string> Row(string sql) => Runs.Row(sql);

    public async Task<DateTimeOffset?> Watermark() => await Runs.Database.Scalar("SELECT watermark FROM xtnd.cursor") is DateTime at ? new(at, TimeSpan.Zero) : null;

    public async ValueTask DisposeAsync()
    {
        Stopping.Dispose();
        await meters.DisposeAsync();
        await Runs.DisposeAsync();
    }

    IOptions<SyncOptions> Wrapped => Microsoft.Extensions.Options.Options.Create(Options);
}
