using XtndOrleans.Connectors;
using XtndOrleans.Engine.Syncs;
using XtndOrleans.Simulator;

namespace XtndOrleans.Tests.Faults;

/// <summary>One tenant whose stores hang every call, while those of 999 others must start in time.</summary>
[Collection<Alone>]
public sealed class HangingTenantTests(ITestOutputHelper output)
{
    const int Others = 999;

    // More than one tenant's part of the silo's 200 requests.
    const int Hanging = 30;

    static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task The_others_start_and_finish_while_it_hangs()
    {
        await using var world = new FaultWorld
        {
            Size = new() { Products = 3, Orders = 1, Customers = 1 },
            Sync = { RequestsPerSilo = new SyncOptions().RequestsPerSilo, TenantShare = new SyncOptions().TenantShare, Patience = new SyncOptions().Patience },
            Egress = { RequestLimit = TimeSpan.FromMinutes(10) },
        };
        var tenant = Guid.NewGuid();
        var hanging = await Open(world, Hanging, tenant);
        var others = await Open(world, Others, null);
        var stuck = new List<RunView>();
        foreach (var shop in hanging)
        {
            shop.Store.Faults.Add(FaultKind.Hang, times: null);
            stuck.Add(await shop.Start(Entities.Product));
        }

        var began = TimeProvider.System.GetTimestamp();
        var runs = await Task.WhenAll(others.Select(shop => shop.Sync(Entities.Product)));

        Assert.All(runs, run => Assert.Equal(("succeeded", 3L), (run.State, run.Inserted)));
        var starts = runs.Select(run => run.StartedAt!.Value - RunIds.CreatedAt(Guid.ParseExact(run.Id, "N"))).Order().ToList();
        output.WriteLine(
            $"{Others} runs beside {Hanging} that hang: all done after {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.0} s; from start to reading " +
            $"median {starts[Others / 2].TotalSeconds:0.00} s, 99 % {starts[Others * 99 / 100].TotalSeconds:0.00} s, longest {starts[^1].TotalSeconds:0.00} s");
        Assert.InRange(starts[^1], TimeSpan.Zero, Limit);
        foreach (var (shop, run) in hanging.Zip(stuck))
        {
            Assert.Equal("running", await shop.Text($"SELECT state FROM xtnd.run WHERE {shop.Mine} AND id = '{run.Id}'"));
            shop.Store.Faults.Clear();
        }
    }

    static async Task<FaultShop[]> Open(FaultWorld world, int count, Guid? tenant)
    {
        var first = await world.OpenUnverified(tenant);
        return [first, .. await Task.WhenAll(Enumerable.Range(1, count - 1).Select(_ => world.OpenUnverified(tenant)))];
    }
}
