using System.Net;
using XtndOrleans.Connectors;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Syncs;
using XtndOrleans.Simulator;
using XtndOrleans.Tests.Server;

namespace XtndOrleans.Tests.Faults;

/// <summary>A tenant's connection to a store of its own.</summary>
internal sealed partial class FaultShop(FaultWorld world, MagentoStore store, ConnectionId id)
{
    const string User = "admin";
    const string Password = "Admin123demo";

    static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public MagentoStore Store => store;

    public ConnectionId Id => id;

    public IConnectionGrain Connection => world.Grains.GetGrain<IConnectionGrain>(GrainId.Create("xtnd.connection", id.GrainKey));

    public TrafficCounts Traffic => store.Traffic.Counts;

    /// <summary>The address that the store is connected by.</summary>
    public Uri Address { get; private set; } = world.Simulator.StoreAddress(store.Number);

    public Shelf Shelf(string entity) => Faults.Shelf.Of(store, entity);

    public async Task Connect(string? host)
    {
        if (host is not null)
        {
            world.Names[host] = IPAddress.Loopback;
            Address = new UriBuilder(Address) { Host = host }.Uri;
        }

        await world.Database.Scalar("INSERT INTO xtnd.tenant VALUES ($1, 'Shop', now()) ON CONFLICT DO NOTHING", id.Tenant);
        await Connection.Create(new("magento", "Shop", Address.AbsoluteUri, User, Password, null));
    }

    /// <summary>A verify as a person makes it; it must succeed.</summary>
    public async Task Verified()
    {
        var report = await Connection.Verify(TestContext.Current.CancellationToken);
        Assert.True(report.Ok, string.Join('\n', report.Steps));
    }

    /// <summary>Runs an entity to its end, whatever that is.</summary>
    /// <param name="entity">One of <see cref="Entities"/>.</param>
    /// <param name="mode">full, incremental, or null: as a due run.</param>
    public async Task<RunView> Sync(string entity, string? mode = null) => await End(await Start(entity, mode));

    /// <summary>Runs an entity to its end, which must be success.</summary>
    public async Task<RunView> Succeed(string entity, string? mode = null)
    {
        var run = await Sync(entity, mode);
        Assert.True(run.State == "succeeded", $"{entity}: {run.State} {run.Error}");
        return run;
    }

    /// <summary>Runs an entity to its end, which must be failure. Answers why.</summary>
    public async Task<RunError> Fail(string entity, string? mode = null)
    {
        var run = await Sync(entity, mode);
        Assert.Equal("failed", run.State);
        Assert.False(string.IsNullOrWhiteSpace(run.Error!.Message));
        Assert.False(string.IsNullOrWhiteSpace(run.Error.Cure));
        return run.Error;
    }

    /// <summary>A full read whose deletions a person has confirmed.</summary>
    public async Task<RunView> Confirm(string entity) =>
        await End((await Grain(entity).Start(new("manual", "full") { ConfirmDeletions = true })).Run);

    public async Task<RunView> Start(string entity, string? mode = null) => (await Grain(entity).Start(new("manual", mode))).Run;

    public async Task<RunView> End(RunView run)
    {
        var queries = new RunQueries(world.Database.DataSource, world.Clock);
        var last = run;
        await Until.True(
            async () => (last = (await queries.Find(id, Guid.ParseExact(run.Id, "N"), TestContext.Current.CancellationToken))!).IsOver, Limit);
        return last;
    }

    /// <summary>Runs an entity and does something while its store holds a request, the first or a later one of this run.</summary>
    public async Task<RunView> SyncWhile(string entity, int request, Action change, string? mode = null)
    {
        var gates = Enumerable.Range(0, request).Select(_ => store.Gates.HoldNext(entity)).ToList();
        gates[..^1].ForEach(gate => gate.Release());
        var run = await Start(entity, mode);
        await gates[^1].Reached.WaitAsync(Limit, TimeProvider.System);
        change();
        gates[^1].Release();
        return await End(run);
    }

    /// <summary>Waits until the run under way says that it waits, and why.</summary>
    public async Task<RunWaiting> Waiting(string entity)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        await foreach (var run in Grain(entity).Watch(limit.Token))
        {
            Assert.False(run.IsOver, $"The run ended without waiting: {run.State} {run.Error}");
            if (run.Waiting is { } waiting)
            {
                return waiting;
            }
        }

        throw new InvalidOperationException("The run was no longer watched.");
    }

    ISyncGrain Grain(string entity) => world.Grains.GetGrain<ISyncGrain>(GrainId.Create("xtnd.sync", new EntityId(id, entity).SyncKey));
}
