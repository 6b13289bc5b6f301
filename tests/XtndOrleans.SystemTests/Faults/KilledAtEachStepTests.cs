using XtndOrleans.SystemTests.Support;

namespace XtndOrleans.SystemTests.Faults;

/// <summary>
/// The process dies as by kill -9 at each step between fetch, write and checkpoint of entities whose pages go other ways than products', for which see KillTests.
/// </summary>
public sealed class KilledAtEachStepTests
{
    static readonly string[] Steps = ["before-fetch", "after-fetch", "before-commit", "after-commit"];

    /// <summary>Orders go by number, stock by a cursor that is no number.</summary>
    public static MatrixTheoryData<string, string> Reads => new(["order", "stock"], Steps);

    [Theory, MemberData(nameof(Reads))]
    public async Task A_read_goes_on_where_it_was(string entity, string step)
    {
        await using var world = await World.Create();
        // Enough pages that some are still to be asked for when the first few are written.
        var first = await world.StartServer(settings: new Dictionary<string, string>(World.KillAt(step, 2)) { ["Xtnd__Sync__PageSize"] = "20" });
        using var api = await World.NewTenant(first);
        var connection = await world.Connect(api);
        var run = await api.Run(connection, entity);
        await first.WaitForExit(TimeSpan.FromMinutes(2));
        var there = entity == "order" ? world.Store.Orders.Count : world.Store.SourceItems.Count;
        Assert.NotEqual((long)there, await world.Database.Scalar($"SELECT count(*) FROM xtnd.{entity}"));

        var second = await world.StartServer();
        using var again = api.At(second);
        var ended = await again.End(connection, run);

        Assert.Equal(("succeeded", there), ((string)ended["state"]!, (int)ended["inserted"]!));
        Assert.InRange((int)ended["resumes"]!, 1, 5);
        await Held.EntityEqualsTheStore(world.Database, world.Store, entity);
        await Held.SeqHasNoGaps(world.Database, entity);
    }
}
