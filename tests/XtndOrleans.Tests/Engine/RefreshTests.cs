using XtndOrleans.Engine;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Syncs;
using XtndOrleans.Simulator;

namespace XtndOrleans.Tests.Engine;

/// <summary>One record, asked for by a person, through a silo from a simulated store.</summary>
public sealed class RefreshTests(EngineFixture engine) : IClassFixture<EngineFixture>, IAsyncLifetime
{
    static int stores;

    readonly MagentoStore store = engine.Simulator.Store(Interlocked.Increment(ref stores));
    readonly ConnectionId id = new(engine.Runs.Connection.Tenant, Guid.NewGuid());

    IConnectionGrain Connection => engine.Grains.GetGrain<IConnectionGrain>(id.GrainKey);

    // By its type: a fake of the API's tests has this interface too.
    ISyncGrain Products => engine.Grains.GetGrain<ISyncGrain>(GrainId.Create("xtnd.sync", new EntityId(id, "product").SyncKey));

    public async ValueTask InitializeAsync()
    {
        await Connection.Create(new("magento", "Shop", engine.Simulator.StoreAddress(store.Number).AbsoluteUri, "admin", "Admin123demo", null));
        Assert.True((await Connection.Verify(TestContext.Current.CancellationToken)).Ok);
    }

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task A_record_is_read_now_and_the_answer_says_what_differed()
    {
        var product = store.Products.Snapshot[1].Id;
        Assert.Equal(("inserted", ""), await Refresh(product));
        Assert.Equal(("unchanged", ""), await Refresh(product));

        store.Catalog.SetSpecialPrice(product, 1.25m);
        var (outcome, fields) = await Refresh(product);
        Assert.Equal("updated", outcome);
        Assert.Contains("custom_attributes.special_price", fields);
        Assert.Equal($"{product} 2", await engine.Runs.Row($"SELECT external_id, seq FROM xtnd.product WHERE connection_id = '{id.Connection}'"));
    }

    [Fact]
    public async Task What_the_store_does_not_have_is_asked_for_twice_and_becomes_a_tombstone()
    {
        var product = store.Products.Snapshot[0].Id;
        await Refresh(product);
        store.Catalog.Delete(product);
        Assert.Equal(("deleted", ""), await Refresh(product));
        Assert.Equal(("absent", ""), await Refresh(product));
        Assert.Equal(("absent", ""), await Refresh(999_999));
        Assert.Equal("0 1", await engine.Runs.Row($"SELECT held, deleted FROM xtnd.cursor WHERE connection_id = '{id.Connection}'"));
    }

    [Theory]
    [InlineData("no-number")]
    [InlineData("007")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    public async Task An_id_that_no_record_can_have_is_absent(string externalId) =>
        Assert.Equal("absent", (await Products.Refresh(externalId)).Outcome);

    [Fact]
    public async Task A_connection_that_is_paused_or_was_never_verified_is_not_ready()
    {
        await Connection.Pause(null);
        Assert.Equal("connection_not_ready", (await Assert.ThrowsAsync<ProblemException>(() => Refresh(1))).Code);
        await engine.Runs.Database.Scalar("UPDATE xtnd.connection SET status = 'unverified', verified_at = NULL WHERE id = $1", id.Connection);
        Assert.Equal("connection_not_ready", (await Assert.ThrowsAsync<ProblemException>(() => Refresh(1))).Code);
    }

    [Fact]
    public async Task What_the_store_refuses_is_said_with_its_cure_and_changes_nothing()
    {
        store.Faults.Add(FaultKind.Unauthorized, null, "products");
        var refused = await Assert.ThrowsAsync<ProblemException>(() => Refresh(1));
        Assert.Equal((ProblemKind.Refused, "permission_missing"), (refused.Kind, refused.Code));
        Assert.Contains("Catalog", refused.Detail);
        Assert.Equal("0", await engine.Runs.Row($"SELECT count(*) FROM xtnd.product WHERE connection_id = '{id.Connection}'"));
    }

    async Task<(string Outcome, string Fields)> Refresh(int product)
    {
        var result = await Products.Refresh($"{product}");
        return (result.Outcome, string.Join('+', result.Fields));
    }
}
