using XtndOrleans.Engine.Fleet;
using XtndOrleans.Tests.Engine;

namespace XtndOrleans.Tests.Overview;

/// <summary>The silos of the platform's page, asked as a frontend asks: over a client.</summary>
public sealed class FleetSiloTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    [Fact]
    public async Task Each_silo_tells_who_it_is_and_what_it_bears()
    {
        var silo = Assert.Single(await new FleetSilos(engine.Grains, TimeProvider.System).List(CancellationToken.None));
        Assert.Equal("active", silo.Status);
        Assert.NotEmpty(silo.Name);
        var now = TimeProvider.System.GetUtcNow();
        Assert.InRange(silo.Since, now.AddHours(-1), now);
        var load = Assert.IsType<FleetSiloLoad>(silo.Load);
        Assert.True(load.Activations > 0);
        Assert.True(load.MemoryBytes > 0);
        var work = Assert.IsType<SiloWork>(load.Work);
        Assert.Matches(@"^\d+\.\d+", work.Version);
        Assert.Equal((0, 0), (work.Requests, work.Waiting));
    }
}
