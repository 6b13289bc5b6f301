using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using XtndOrleans.Engine.Syncs;

namespace XtndOrleans.Tests.Engine;

public sealed class SiloResourcesTests
{
    readonly FakeTimeProvider clock = new();

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_more_is_read_while_as_many_pages_wait_to_be_written_as_may_be_read_at_once()
    {
        var silo = new SiloResources(Options.Create(new SyncOptions { WritersPerSilo = 1, RequestsPerSilo = 2 }), clock);
        var writing = await silo.Writers.Enter(Guid.NewGuid(), Stop);
        var next = silo.Writers.Enter(Guid.NewGuid(), Stop);
        await silo.WritersCatchUp(Stop);

        var last = silo.Writers.Enter(Guid.NewGuid(), Stop);
        var reading = silo.WritersCatchUp(Stop);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.False(reading.IsCompleted);

        writing.Dispose();
        while (!reading.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        (await next).Dispose();
        (await last).Dispose();
        Assert.Equal(0, silo.Writers.Used);
    }
}
