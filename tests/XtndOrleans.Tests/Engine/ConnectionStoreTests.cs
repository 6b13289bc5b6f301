using XtndOrleans.Connectors;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Records;
using static XtndOrleans.Tests.Engine.RunWorld;

namespace XtndOrleans.Tests.Engine;

public sealed class ConnectionStoreTests : IAsyncLifetime
{
    const string Window = "SELECT watermark, next_watermark, changed_since, after_id, epoch FROM xtnd.cursor";

    const string Due = "SELECT to_char(sweep_due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS') FROM xtnd.cursor";

    RunWorld world = null!;
    ConnectionStore store = null!;

    public async ValueTask InitializeAsync()
    {
        world = await Start();
        store = new(world.Database.DataSource);
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Another_address_is_another_store_that_is_read_from_its_beginning()
    {
        var (run, epoch) = await InTheMiddle();
        var row = await store.Find(world.Connection);
        var saved = await store.SaveSettings(row! with { BaseAddress = new("http://other.example/") }, Now);

        Assert.Equal(("http://other.example/", 2), (saved!.BaseAddress.AbsoluteUri, saved.Version));
        Assert.Equal($"- - - - {epoch + 1}", await world.Row(Window));
        await Assert.ThrowsAsync<FencedException>(() => world.Commit(run, epoch, last: true, Product(3)));
        var again = await world.TakeOver(run);
        Assert.Equal((null, null), (again!.AfterId, again.ChangedSince));
    }

    [Fact]
    public async Task The_same_address_moves_nothing_and_fences_nobody()
    {
        var (run, epoch) = await InTheMiddle();
        var before = await world.Row(Window);
        var row = await store.Find(world.Connection);
        await store.SaveSettings(row! with { Name = "Renamed", AccessToken = "other" }, Now);

        Assert.Equal(before, await world.Row(Window));
        await world.Commit(run, epoch, last: true, Product(3));
        Assert.Equal("succeeded", await world.Row("SELECT state FROM xtnd.run ORDER BY id DESC LIMIT 1"));
    }

    [Fact]
    public async Task Other_credentials_make_every_entity_due_to_be_swept()
    {
        await InTheMiddle();
        var row = (await store.Find(world.Connection))!;
        await store.SaveSettings(row with { Name = "Renamed" }, Now);
        Assert.Equal("-", await world.Row(Due));
        row = (await store.SaveSettings(row with { SealedSecret = [1, 2, 3], AuthKind = "integration" }, Now))!;
        Assert.Equal(("integration", false), (row.AuthKind, row.HasTotp));
        Assert.Equal("2026-11-23 08:00:00", await world.Row(Due));
        await store.SaveSettings(row with { AccessToken = "other", AuthKind = "password", HasTotp = true }, Now.AddHours(1));
        Assert.Equal("2026-11-23 09:00:00", await world.Row(Due));
        Assert.True((await store.Find(world.Connection))!.HasTotp);
    }

    [Theory]
    [InlineData("2.4", "Community", "-")]
    [InlineData(null, null, "-")]
    [InlineData("2.5", "Community", "2026-11-23 08:00:00")]
    [InlineData("2.4", "Enterprise", "2026-11-23 08:00:00")]
    public async Task Another_version_or_edition_of_the_store_makes_every_entity_due_to_be_swept(string? version, string? edition, string due)
    {
        await InTheMiddle();
        var told = new StoreProfile("Shop", "2.4", "Community", null, null, null, null);
        await store.SaveVerification(world.Connection, "verified", null, null, Now, told, Now);
        Assert.Equal("-", await world.Row(Due));
        await store.SaveVerification(world.Connection, "verified", null, null, Now, told with { Version = version, Edition = edition }, Now);
        Assert.Equal(due, await world.Row(Due));
    }

    /// <summary>A run that has read a page, of an entity that was once read whole.</summary>
    async Task<(Guid Run, long Epoch)> InTheMiddle()
    {
        var run = await world.Begin();
        var position = await world.TakeOver(run);
        await world.Runs.OpenWindow(world.Products, run, position!.Epoch, Now, null, default);
        await world.Commit(run, position.Epoch, last: true, Product(1));
        var next = (await world.Runs.Begin(world.Products, new("manual", "incremental"), Now.AddMinutes(1)))!.Value.Id;
        var taken = await world.TakeOver(next);
        await world.Runs.OpenWindow(world.Products, next, taken!.Epoch, Now.AddMinutes(1), null, default);
        await world.Commit(next, taken.Epoch, last: false, Product(2));
        return (next, taken.Epoch);
    }
}
