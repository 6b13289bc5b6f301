using Microsoft.Extensions.DependencyInjection;
using XtndOrleans.Connectors;
using XtndOrleans.Engine;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Simulator;
using XtndOrleans.Tests.Connectors;

namespace XtndOrleans.Tests.Engine;

/// <summary>The connection grain with an integration or a second factor. Each test has a store and a connection of its own.</summary>
public sealed class IntegrationGrainTests(EngineFixture engine) : IClassFixture<EngineFixture>, IDisposable
{
    static readonly PageRequest Wanted = new(Entities.Product, null, null, 2);

    static int stores;

    readonly MagentoStore store = engine.Simulator.Store(Interlocked.Increment(ref stores));
    readonly ServiceProvider services = StoreStub.Services(connectors => connectors.AllowPrivateAddresses = true);
    readonly ConnectionId id = new(engine.Runs.Connection.Tenant, Guid.NewGuid());

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    IConnectionGrain Connection => engine.Grains.GetGrain<IConnectionGrain>(id.GrainKey);

    IConnectionDoor Door => engine.Grains.GetGrain<IConnectionDoor>(GrainId.Create("xtnd.connection", id.GrainKey));

    public void Dispose() => services.Dispose();

    [Fact]
    public async Task Each_lease_has_a_signature_of_its_own_and_no_secret()
    {
        var made = store.Integrations.Add();
        await Create(Auth(made));
        Assert.Equal($"integration …{made.ConsumerKey[^4..]} false", await Row("auth_kind, access_token, has_totp::text"));

        var (first, second) = (await Granted(), await Granted());
        Assert.NotEqual(first.Authorization, second.Authorization);
        Assert.All([made.ConsumerSecret, made.AccessTokenSecret], secret => Assert.DoesNotContain(secret, first.Authorization));
        Assert.Null(await Read(first));
        Assert.Null(await Read(second));
        Assert.Equal(0, store.Traffic.Counts.TokenRequests);
    }

    [Fact]
    public async Task A_refused_integration_is_tried_twice_then_fails_until_a_person_acts()
    {
        var made = store.Integrations.Add();
        await Create(Auth(made));
        Assert.True((await Connection.Verify(Cancel)).Ok);
        made.ConsumerSecret = "changed";
        Assert.Equal(FailureKind.Credentials, (await Read(await Granted()))!.Kind);
        Assert.StartsWith("failing credentials_rejected Magento refused the integration", await Row("status, status_code, status_reason"));
        Assert.Equal(FailureKind.Credentials, (await Read(await Granted()))!.Kind);

        var asked = await Door.Lease(Wanted);
        Assert.Equal((LeaseVerdict.NeedsPerson, FailureCodes.CredentialsRejected), (asked.Verdict, asked.Code));
        Assert.Contains("consumer secret", asked.Cure);

        var refused = await Assert.ThrowsAsync<ProblemException>(() => Connection.Update(Change(Auth(made) with { ConsumerSecret = "wrong" }), Cancel));
        Assert.Equal(FailureCodes.CredentialsRejected, refused.Code);
        Assert.Equal(LeaseVerdict.NeedsPerson, (await Door.Lease(Wanted)).Verdict);

        await Connection.Update(Change(Auth(made)), Cancel);
        Assert.Null(await Read(await Granted()));
        Assert.Equal("verified - -", await Row("status, status_code, status_reason"));
    }

    [Fact]
    public async Task A_request_that_works_ends_the_count_of_refusals()
    {
        var made = store.Integrations.Add();
        var secret = made.ConsumerSecret;
        await Create(Auth(made));
        for (var i = 0; i < 3; i++)
        {
            made.ConsumerSecret = "changed";
            Assert.Equal(FailureKind.Credentials, (await Read(await Granted()))!.Kind);
            made.ConsumerSecret = secret;
            Assert.Null(await Read(await Granted()));
        }
    }

    [Fact]
    public async Task The_refusal_of_an_integration_that_was_replaced_meanwhile_counts_for_nothing()
    {
        var (old, made) = (store.Integrations.Add(), store.Integrations.Add());
        await Create(Auth(old));
        var (first, second) = (await Granted(), await Granted());
        old.Active = false;
        await Connection.Update(Change(Auth(made)), Cancel);
        Assert.Equal(FailureKind.Credentials, (await Read(first))!.Kind);
        Assert.Equal(FailureKind.Credentials, (await Read(second))!.Kind);
        Assert.Null(await Read(await Granted()));
    }

    [Fact]
    public async Task The_kind_changes_when_the_new_one_is_proved_and_not_before()
    {
        var made = store.Integrations.Add();
        await Create(null);
        await Assert.ThrowsAsync<ProblemException>(() => Connection.Update(Change(Auth(made) with { AccessToken = new('z', 32) }), Cancel));
        Assert.Equal("password admin", await Row("auth_kind, access_token"));

        await Connection.Update(Change(Auth(made)), Cancel);
        Assert.Equal($"integration …{made.ConsumerKey[^4..]}", await Row("auth_kind, access_token"));
        Assert.StartsWith("OAuth ", (await Granted()).Authorization);

        await Connection.Update(new(null, null, "admin", "Admin123demo", null) { Auth = new("password", null, null, null, null, null) }, Cancel);
        Assert.StartsWith("Bearer ", (await Granted()).Authorization);
    }

    [Fact]
    public async Task A_second_factor_is_computed_where_the_sign_in_happens_by_the_stores_clock()
    {
        store.Users["admin"].TotpSecret = "JBSWY3DPEHPK3PXP";
        store.Clock.Offset = TimeSpan.FromMinutes(42);
        await Create(new("password", "jbsw y3dp ehpk 3pxp", null, null, null, null));
        Assert.Equal("password true", await Row("auth_kind, has_totp::text"));
        Assert.True((await Connection.Verify(Cancel)).Ok);

        store.Users.RevokeTokens();
        Assert.Equal(FailureKind.Unauthorized, (await Read(await Granted()))!.Kind);
        Assert.Null(await Read(await Granted()));
        Assert.Equal(2, store.Traffic.Counts.ByPath["tfa/provider/google/authenticate"]);
    }

    static AuthDraft Auth(IntegrationAccount made) => new("integration", null, made.ConsumerKey, made.ConsumerSecret, made.AccessToken, made.AccessTokenSecret);

    static ConnectionPatch Change(AuthDraft auth) => new(null, null, null, null, null) { Auth = auth };

    Task Create(AuthDraft? auth)
    {
        var user = auth is not { Kind: "integration" };
        return Connection.Create(new("magento", "Shop", engine.Simulator.StoreAddress(store.Number).AbsoluteUri, user ? "admin" : null, user ? "Admin123demo" : null, null) { Auth = auth });
    }

    async Task<LeaseAnswer> Granted()
    {
        var answer = await Door.Lease(Wanted);
        Assert.Equal(LeaseVerdict.Granted, answer.Verdict);
        return answer;
    }

    /// <summary>Makes the leased request as a run does; answers how it failed.</summary>
    async Task<LeaseFailure?> Read(LeaseAnswer lease)
    {
        LeaseFailure? failure = null;
        try
        {
            (await services.GetRequiredService<ConnectorCatalog>()["magento"].Read(new(lease.BaseAddress!, lease.Authorization!), lease.Request!, Cancel)).Dispose();
        }
        catch (ConnectorException refused)
        {
            failure = LeaseFailure.From(refused);
        }

        await Door.Return(new(lease.Id, Completed: true, TimeSpan.FromMilliseconds(50), failure));
        return failure;
    }

    Task<string> Row(string columns) => engine.Runs.Row($"SELECT {columns} FROM xtnd.connection WHERE id = '{id.Connection}'");
}
