using XtndOrleans.Connectors;
using XtndOrleans.Engine;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Simulator;

namespace XtndOrleans.Tests.Engine;

/// <summary>The connection grain in a silo, with a simulated store before it. Each test has a store and a connection of its own.</summary>
public sealed class ConnectionGrainTests(EngineFixture engine) : IClassFixture<EngineFixture>, IAsyncLifetime
{
    const string Password = "Admin123demo";

    static readonly PageRequest Wanted = new(Entities.Product, null, null, 10);

    static int stores;

    readonly MagentoStore store = engine.Simulator.Store(Interlocked.Increment(ref stores));
    readonly ConnectionId id = new(engine.Runs.Connection.Tenant, Guid.NewGuid());

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    IConnectionGrain Connection => engine.Grains.GetGrain<IConnectionGrain>(id.GrainKey);

    // By its type: a fake of the API's tests has this interface too.
    IConnectionDoor Door => engine.Grains.GetGrain<IConnectionDoor>(GrainId.Create("xtnd.connection", id.GrainKey));

    long SignIns => store.Traffic.Counts.TokenRequests;

    public async ValueTask InitializeAsync()
    {
        (engine.Options.TurnWait, engine.Options.LeaseTime, engine.Clock.Shift) = (TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(3), TimeSpan.Zero);
        await Connection.Create(new("magento", "Shop", engine.Simulator.StoreAddress(store.Number).AbsoluteUri, "admin", Password, null));
    }

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task Two_have_a_lease_and_the_third_waits_until_one_gives_it_back()
    {
        var first = await Granted();
        await Granted();
        engine.Options.TurnWait = TimeSpan.FromMilliseconds(100);
        var busy = await Door.Lease(Wanted);
        Assert.Equal((LeaseVerdict.Wait, "busy"), (busy.Verdict, busy.Code));

        engine.Options.TurnWait = TimeSpan.FromSeconds(15);
        var third = Door.Lease(Wanted);
        await Return(first);
        Assert.Equal(LeaseVerdict.Granted, (await third).Verdict);
        Assert.Equal(1, SignIns);
    }

    [Fact]
    public async Task A_lease_that_is_never_given_back_comes_free()
    {
        engine.Options.LeaseTime = TimeSpan.FromMilliseconds(300);
        await Granted();
        await Granted();
        await Granted();
        Assert.Equal(1, SignIns);
    }

    [Fact]
    public async Task What_a_silo_leased_before_it_died_comes_free_when_its_run_goes_on_elsewhere()
    {
        await Granted();
        var lost = await Granted();
        engine.Options.TurnWait = TimeSpan.FromMilliseconds(100);
        await Door.TookOver(Entities.Order);
        Assert.Equal("busy", (await Door.Lease(Wanted)).Code);

        engine.Options.TurnWait = TimeSpan.FromSeconds(15);
        await Door.TookOver(Entities.Product);
        await Granted();
        await Granted();
        // It lives after all and gives back what it no longer has.
        await Return(lost);
        engine.Options.TurnWait = TimeSpan.FromMilliseconds(100);
        Assert.Equal("busy", (await Door.Lease(Wanted)).Code);
    }

    [Fact]
    public async Task A_paused_connection_gives_no_lease_until_it_is_resumed()
    {
        await Granted();
        await Connection.Pause("holiday");
        var closed = await Door.Lease(Wanted);
        Assert.Equal((LeaseVerdict.Closed, "connection_paused"), (closed.Verdict, closed.Code));

        await Connection.Resume();
        await Granted();
    }

    [Theory]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    [InlineData(null)]
    public async Task A_note_that_cannot_be_kept_pauses_nothing(string? note)
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(() => Connection.Pause(note ?? new('x', 501)));
        Assert.Equal((ProblemKind.Invalid, "note"), (problem.Kind, problem.Errors.Keys.Single()));
        await Granted();
    }

    [Fact]
    public async Task Refused_sign_ins_stop_at_two()
    {
        store.Users["admin"].Password = "Changed123";
        for (var i = 0; i < 5; i++)
        {
            var answer = await Door.Lease(Wanted);
            Assert.Equal((LeaseVerdict.NeedsPerson, FailureCodes.CredentialsRejected), (answer.Verdict, answer.Code));
        }

        Assert.Equal(2, SignIns);
        await Connection.Update(Secret("Changed123"), Cancel);
        await Granted();
    }

    [Fact]
    public async Task Refused_sign_ins_stop_at_two_also_when_they_cannot_be_saved()
    {
        store.Users["admin"].Password = "Changed123";
        await engine.Runs.Database.Scalar("""
            CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'disk full' USING ERRCODE = '53100'; END $$;
            CREATE TRIGGER disk_full BEFORE INSERT OR UPDATE ON orleans.state FOR EACH ROW EXECUTE FUNCTION disk_full();
            """);
        try
        {
            for (var i = 0; i < 5; i++)
            {
                await Door.Lease(Wanted).Settled();
            }
        }
        finally
        {
            await engine.Runs.Database.Scalar("DROP FUNCTION disk_full CASCADE");
        }

        Assert.Equal(2, SignIns);
        var answer = await Door.Lease(Wanted);
        Assert.Equal((LeaseVerdict.NeedsPerson, FailureCodes.CredentialsRejected), (answer.Verdict, answer.Code));
        Assert.NotEmpty(answer.Reason);
    }

    [Fact]
    public async Task The_same_credentials_once_more_make_no_sweep_due_and_others_do()
    {
        await engine.Runs.Database.Scalar(
            "INSERT INTO xtnd.cursor (tenant_id, connection_id, entity, watermark) VALUES ($1, $2, 'product', now())", id.Tenant, id.Connection);
        Task<string> IsDue() => engine.Runs.Row($"SELECT sweep_due_at IS NOT NULL FROM xtnd.cursor WHERE connection_id = '{id.Connection}'");

        await Connection.Update(Secret(Password), Cancel);
        Assert.Equal("False", await IsDue());

        store.Users["admin"].Password = "Changed123";
        await Connection.Update(Secret("Changed123"), Cancel);
        Assert.Equal("True", await IsDue());
    }

    [Fact]
    public async Task The_refusal_of_credentials_that_were_replaced_meanwhile_does_not_count_against_the_new_ones()
    {
        var gate = store.Gates.HoldNext("token");
        var lease = Door.Lease(Wanted);
        await gate.Reached.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Cancel);
        store.Users["admin"].Password = "Changed123";
        await Connection.Update(Secret("Changed123"), Cancel);
        gate.Release();

        var answer = await lease;
        Assert.Equal((LeaseVerdict.Wait, "credentials_changed"), (answer.Verdict, answer.Code));
        await Return(await Eventually());
        Assert.Equal(2, SignIns);
        Assert.Equal("-", await engine.Runs.Row($"SELECT status_reason FROM xtnd.connection WHERE id = '{id.Connection}'"));
    }

    [Theory]
    [InlineData("connection_paused")]
    [InlineData("connection_deleted")]
    public async Task A_connection_that_closes_while_it_is_signed_in_gives_no_lease(string code)
    {
        var gate = store.Gates.HoldNext("token");
        var lease = Door.Lease(Wanted);
        await gate.Reached.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Cancel);
        await (code == "connection_paused" ? Connection.Pause(null) : Door.BeginDelete());
        gate.Release();

        var answer = await lease;
        Assert.Equal((LeaseVerdict.Closed, code), (answer.Verdict, answer.Code));
    }

    [Fact]
    public async Task Verify_pressed_twice_at_once_signs_in_once()
    {
        var gate = store.Gates.HoldNext("token");
        var first = Connection.Verify(Cancel);
        await gate.Reached.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Cancel);
        var second = Connection.Verify(Cancel);
        // Calls from one client arrive in their order: when this one is back, the second verify is there.
        await Door.Return(new(Guid.NewGuid(), false, TimeSpan.Zero, null));
        gate.Release();

        Assert.True((await first).Ok);
        Assert.True((await second).Ok);
        Assert.Equal(1, SignIns);
        await Granted();
        Assert.Equal(1, SignIns);
    }

    [Fact]
    public async Task A_verify_after_one_that_nobody_waited_for_is_a_new_one()
    {
        var gate = store.Gates.HoldNext("token");
        using var gone = new CancellationTokenSource();
        var first = Connection.Verify(gone.Token);
        await gate.Reached.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Cancel);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.Release();
        await Server.Until.True(async () => await engine.Runs.Database.Scalar("SELECT verified_at FROM xtnd.connection WHERE id = $1", id.Connection) is DateTime);

        var before = SignIns;
        // What it found is saved a moment before it is over; until then one joins it.
        await Server.Until.True(async () => (await Connection.Verify(Cancel)).Ok && SignIns > before);
        Assert.Equal(before + 1, SignIns);
    }

    [Fact]
    public async Task The_token_is_renewed_when_four_fifths_of_its_life_are_over()
    {
        await Return(await Granted());
        engine.Clock.Shift = TimeSpan.FromMinutes(47);
        await Return(await Granted());
        Assert.Equal(1, SignIns);
        engine.Clock.Shift = TimeSpan.FromMinutes(49);
        await Return(await Granted());
        Assert.Equal(2, SignIns);
    }

    [Fact]
    public async Task A_token_that_the_store_refuses_is_replaced_before_the_next_request()
    {
        await Return(await Granted(), new(FailureKind.Unauthorized, FailureCodes.Unauthorized, null, ""));
        await Granted();
        Assert.Equal(2, SignIns);
    }

    async Task<LeaseAnswer> Granted()
    {
        var answer = await Door.Lease(Wanted);
        Assert.Equal(LeaseVerdict.Granted, answer.Verdict);
        return answer;
    }

    /// <summary>A lease for one who asks again when told to, as the reader of a run does.</summary>
    async Task<LeaseAnswer> Eventually()
    {
        var answer = await Door.Lease(Wanted);
        await Server.Until.True(async () => answer.Verdict == LeaseVerdict.Granted || (answer = await Door.Lease(Wanted)).Verdict == LeaseVerdict.Granted);
        return answer;
    }

    Task Return(LeaseAnswer lease, LeaseFailure? failure = null) => Door.Return(new(lease.Id, Completed: true, TimeSpan.FromMilliseconds(50), failure));

    static ConnectionPatch Secret(string secret) => new(null, null, null, secret, null);
}
