using System.Globalization;
using Microsoft.Extensions.Options;
using XtndOrleans.Connectors;
using XtndOrleans.Engine.Syncs;

namespace XtndOrleans.Tests.Engine;

/// <summary>Ids are 1, 2, 3 …, one a page of 100 bytes.</summary>
public sealed class ReadAheadTests : IAsyncDisposable
{
    readonly SyncOptions options = new();
    readonly SiloResources silo;
    readonly List<string?> asked = [];
    readonly List<Buffer> buffers = [];
    readonly ReadAhead ahead;
    int last = 9;
    Func<int, Task> before = _ => Task.CompletedTask;

    public ReadAheadTests()
    {
        silo = new(Options.Create(options), TimeProvider.System);
        ahead = new(silo, Read);
    }

    public ValueTask DisposeAsync() => ahead.DisposeAsync();

    [Fact]
    public async Task Reads_as_many_pages_as_one_commit_takes_and_no_more()
    {
        ahead.Behind("0", Page(0));
        Assert.Equal(["0", "1", "2", "3"], asked);
        Assert.Equal(4 * 100, silo.AheadBytes);

        Assert.Equal("1", Id(await ahead.Take()));
        Assert.Equal(["2", "3", "4"], ahead.TakeReady().Select(Id));
        ahead.Behind("4", Page(4));
        Assert.Equal(["4", "5", "6", "7"], asked[4..]);
    }

    [Fact]
    public async Task The_last_page_is_not_written_together_with_others()
    {
        last = 3;
        ahead.Behind("0", Page(0));
        Assert.Equal("1", Id(await ahead.Take()));
        Assert.Equal(["2"], ahead.TakeReady().Select(Id));
        Assert.Empty(ahead.TakeReady());
        Assert.Equal("3", Id(await ahead.Take()));
        Assert.True(ahead.IsIdle);
        Assert.Equal(["0", "1", "2"], asked);
    }

    [Fact]
    public async Task What_fails_is_thrown_behind_the_pages_before_it_and_then_read_anew()
    {
        before = page => page == 3 ? throw new ConnectorException(FailureKind.Data, "store_error", "It fails.", "") : Task.CompletedTask;
        ahead.Behind("0", Page(0));
        Assert.Equal("1", Id(await ahead.Take()));
        ahead.Behind("1", Page(1));
        Assert.Equal("2", Id(await ahead.Take()));
        await Assert.ThrowsAsync<ConnectorException>(ahead.Take);
        Assert.Equal(["0", "1", "2"], asked);
        Assert.True(ahead.IsIdle);

        before = _ => Task.CompletedTask;
        ahead.Behind("3", Page(3));
        Assert.Equal("4", Id(await ahead.Take()));
    }

    [Fact]
    public async Task Without_room_pages_are_read_one_after_another()
    {
        options.AheadBytesPerSilo = 99;
        for (var page = 0; page < 3; page++)
        {
            ahead.Behind($"{page}", Page(page));
            Assert.Equal(page, asked.Count);
            var read = ahead.IsIdle ? await Read($"{page}") : await ahead.Take();
            Assert.Equal($"{page + 1}", Id(read));
            Assert.Equal(0, read.Room);
        }
    }

    [Fact]
    public void More_than_one_page_is_read_ahead_only_while_half_of_the_room_is_free()
    {
        options.AheadBytesPerSilo = 500;
        Assert.True(silo.TryReserveAhead(200, 0));
        ahead.Behind("0", Page(0));
        Assert.Equal(["0"], asked);
    }

    [Fact]
    public async Task A_page_that_comes_late_is_waited_for()
    {
        var slow = new TaskCompletionSource();
        before = page => page == 2 ? slow.Task : Task.CompletedTask;
        ahead.Behind("0", Page(0));
        Assert.Equal("1", Id(await ahead.Take()));
        Assert.Empty(ahead.TakeReady());
        var second = ahead.Take();
        Assert.False(second.IsCompleted);
        slow.SetResult();
        Assert.Equal("2", Id(await second));
    }

    [Fact]
    public async Task Buffers_and_room_are_given_back_once_also_of_what_is_not_written()
    {
        var slow = new TaskCompletionSource();
        before = page => page == 4 ? slow.Task : Task.CompletedTask;
        ahead.Behind("0", Page(0));
        ahead.Release(await ahead.Take());
        Assert.Equal(3 * 100, silo.AheadBytes);

        var disposing = ahead.DisposeAsync();
        slow.SetResult();
        await disposing;
        Assert.Equal(0, silo.AheadBytes);
        Assert.Equal([1, 1, 1, 1], buffers.Select(buffer => buffer.GivenBack));
    }

    async Task<AheadPage> Read(string? after)
    {
        asked.Add(after);
        var id = int.Parse(after!, CultureInfo.InvariantCulture) + 1;
        await before(id);
        var buffer = new Buffer();
        buffers.Add(buffer);
        return new(Page(id, buffer), new(1, 0));
    }

    Page Page(int id, IDisposable? buffer = null) => new([RunWorld.Product(id, "Thing", RunWorld.Now)], buffer) { IsLast = id == last, Bytes = 100 };

    static string Id(AheadPage read) => read.Page.Records[0].ExternalId;

    sealed class Buffer : IDisposable
    {
        public int GivenBack { get; private set; }

        public void Dispose() => GivenBack++;
    }
}
