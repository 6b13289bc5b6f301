using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using XtndOrleans.Connectors;
using XtndOrleans.Engine;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Schedules;
using XtndOrleans.Engine.Syncs;
using XtndOrleans.Engine.Tenants;
using XtndOrleans.Tests.Support;

namespace XtndOrleans.Tests.Server;

/// <summary>A grain factory whose tenants are real and whose other grains only do to the database what the API reads from it.</summary>
public class FakeGrains : DispatchProxy
{
    readonly ConcurrentDictionary<string, object> grains = new(StringComparer.Ordinal);

    internal TestDatabase Database { get; set; } = null!;

    internal IGrainFactory? Real { get; set; }

    /// <summary>What the next call of any connection, schedule or sync grain throws.</summary>
    internal Exception? Failure { get; set; }

    /// <summary>Every secret that a grain was given.</summary>
    internal ConcurrentBag<string> Secrets { get; } = [];

    internal void Hear(string? secret, AuthDraft? auth)
    {
        string?[] heard = [secret, auth?.TotpSecret, auth?.ConsumerKey, auth?.ConsumerSecret, auth?.AccessToken, auth?.AccessTokenSecret];
        foreach (var value in heard.OfType<string>())
        {
            Secrets.Add(value);
        }
    }

    internal FakeSync Sync(EntityId entity) => (FakeSync)grains.GetOrAdd(entity.SyncKey, key => new FakeSync(this, key));

    internal void Fail()
    {
        if (Failure is { } failure)
        {
            Failure = null;
            throw failure;
        }
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var kind = targetMethod!.GetGenericArguments().Single();
        var key = (string)args![0]!;
        return kind == typeof(ITenantGrain) ? Real!.GetGrain<ITenantGrain>(key)
            : kind == typeof(IConnectionGrain) || kind == typeof(IConnectionDoor) ? grains.GetOrAdd(key, _ => new FakeConnection(this, key))
            : kind == typeof(IEntityScheduleGrain) ? grains.GetOrAdd(key, _ => new FakeSchedule(this, key))
            : kind == typeof(ISyncGrain) ? Sync(EntityId.FromGrainKey(key))
            : throw new NotSupportedException(kind.Name);
    }
}

internal sealed class FakeConnection(FakeGrains world, string key) : IConnectionGrain, IConnectionDoor
{
    readonly ConnectionId id = ConnectionId.FromGrainKey(key);

    public async Task Create(ConnectionDraft draft)
    {
        world.Fail();
        if (draft.System is not "magento")
        {
            throw new ProblemException(ProblemKind.Invalid, "invalid_connection", "Some fields are wrong.") { Errors = { ["system"] = ["Give one of: magento."] } };
        }

        world.Hear(draft.Secret, draft.Auth);
        await world.Database.Scalar(
            """
            INSERT INTO xtnd.connection (tenant_id, id, system, name, api_url, base_address, access_token, sealed_secret, time_zone, status, created_at, updated_at, auth_kind, has_totp)
            VALUES ($1, $2, $3, $4, $5, $5, $6, '\x01', $7, 'unverified', $8, $8, $9, $10)
            """,
            id.Tenant, id.Connection, draft.System!, draft.Name!, draft.ApiUrl!, draft.AccessToken ?? "", (object?)draft.TimeZone ?? DBNull.Value, TimeProvider.System.GetUtcNow(),
            draft.Auth?.Kind ?? "password", draft.Auth?.TotpSecret is not null);
    }

    public async Task Update(ConnectionPatch patch, CancellationToken cancellationToken)
    {
        world.Fail();
        world.Hear(patch.Secret, patch.Auth);

        var changed = await world.Database.Scalar(
            "UPDATE xtnd.connection SET name = coalesce($3, name), version = version + 1 WHERE tenant_id = $1 AND id = $2 AND version = coalesce($4::bigint, version) RETURNING id",
            id.Tenant, id.Connection, (object?)patch.Name ?? DBNull.Value, patch.IfVersion ?? (object)DBNull.Value);
        if (changed is null)
        {
            throw new ProblemException(ProblemKind.Stale, "stale", "Somebody changed it. Read it again and repeat the change.");
        }
    }

    public Task<Verification> Verify(CancellationToken cancellationToken) => Report();

    public Task<Verification> Try(ConnectionDraft draft, CancellationToken cancellationToken)
    {
        world.Hear(draft.Secret, draft.Auth);
        return Report();
    }

    public async IAsyncEnumerable<VerifyProgress> FollowVerify([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var report = await Report();
        yield return new(report.Steps[0], null);
        yield return new(null, report);
    }

    public IAsyncEnumerable<VerifyProgress> FollowTry(ConnectionDraft draft, CancellationToken cancellationToken) => FollowVerify(cancellationToken);

    public Task Pause(string? note) => Status("paused", note);

    public Task Resume() => Status("verified", null);

    public async Task BeginDelete()
    {
        world.Fail();
        _ = await world.Database.Scalar(
            "UPDATE xtnd.connection SET deleting_since = now() WHERE tenant_id = $1 AND id = $2 RETURNING id", id.Tenant, id.Connection)
            ?? throw ProblemException.NotFound("connection");
    }

    public Task FinishDelete() => throw new NotSupportedException();

    public Task<LeaseAnswer> Lease(PageRequest request) => throw new NotSupportedException();

    public Task Return(LeaseOutcome outcome) => throw new NotSupportedException();

    public Task TookOver(string entity) => throw new NotSupportedException();

    public Task RunEnded(string entity, string? problem) => throw new NotSupportedException();

    async Task Status(string status, string? reason)
    {
        world.Fail();
        await world.Database.Scalar("UPDATE xtnd.connection SET status = $3, status_reason = $4, version = version + 1 WHERE tenant_id = $1 AND id = $2",
            id.Tenant, id.Connection, status, (object?)reason ?? DBNull.Value);
    }

    Task<Verification> Report()
    {
        world.Fail();
        return Task.FromResult(new Verification(true, TimeProvider.System.GetUtcNow(), 12, [new("reach", true, null, "The store answers.", null, 3)], [], null));
    }
}

internal sealed class FakeSchedule(FakeGrains world, string key) : IEntityScheduleGrain
{
    readonly EntityId id = EntityId.FromGrainKey(key);

    public async Task Set(ScheduleDraft draft)
    {
        world.Fail();
        var version = await world.Database.Scalar("SELECT version FROM xtnd.schedule WHERE tenant_id = $1 AND connection_id = $2 AND entity = $3", id.Connection.Tenant, id.Connection.Connection, id.Entity);
        if (draft.IfVersion is { } wanted && wanted != (long)(version ?? 0L))
        {
            throw new ProblemException(ProblemKind.Stale, "stale", "Somebody changed it. Read it again and repeat the change.");
        }

        await world.Database.Scalar(
            """
            INSERT INTO xtnd.schedule AS old (tenant_id, connection_id, entity, frequency, active, start_date, time_of_day, time_zone, next_due_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            ON CONFLICT (tenant_id, connection_id, entity) DO UPDATE SET frequency = excluded.frequency, active = excluded.active, version = old.version + 1
            """,
            id.Connection.Tenant, id.Connection.Connection, id.Entity, draft.Frequency!, draft.Active!, DateOnly.Parse(draft.StartDate!), TimeOnly.Parse(draft.TimeOfDay!), draft.TimeZone!,
            new DateTimeOffset(2030, 1, 1, 7, 5, 0, TimeSpan.Zero));
    }

    public Task EnsureArmed() => Task.CompletedTask;

    public Task Remove() => Task.CompletedTask;
}

internal sealed class FakeSync(FakeGrains world, string key) : ISyncGrain
{
    static int runs;

    readonly EntityId id = EntityId.FromGrainKey(key);
    Channel<RunView> moves = Channel.CreateUnbounded<RunView>();

    public int Watchers;

    public RunView? Current { get; private set; }

    public async Task<RunStarted> Start(RunRequest request)
    {
        world.Fail();
        if (Current is { IsOver: false })
        {
            return new(Current, true);
        }

        // Told apart by time, which two of one millisecond would not be.
        var run = Guid.CreateVersion7(TimeProvider.System.GetUtcNow().AddMilliseconds(Interlocked.Increment(ref runs)));
        Current = new() { Id = run.ToString("N"), ConnectionId = id.Connection.ToString(), Entity = id.Entity, Mode = request.Mode ?? "full", Trigger = request.Trigger, State = "running", StartedAt = TimeProvider.System.GetUtcNow() };
        await world.Database.Scalar("INSERT INTO xtnd.run (tenant_id, connection_id, id, entity, mode, trigger, state, queued_at, started_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)",
            id.Connection.Tenant, id.Connection.Connection, run, id.Entity, Current.Mode, Current.Trigger, Current.State, TimeProvider.System.GetUtcNow());
        return new(Current, false);
    }

    public Task Cancel(Guid runId) => End("cancelled", tell: true);

    public async Task End(string state, bool tell)
    {
        Current = Current! with { State = state, FinishedAt = TimeProvider.System.GetUtcNow() };
        await world.Database.Scalar("UPDATE xtnd.run SET state = $4, finished_at = $5 WHERE tenant_id = $1 AND connection_id = $2 AND id = $3",
            id.Connection.Tenant, id.Connection.Connection, Guid.Parse(Current.Id), state, Current.FinishedAt!);
        if (tell)
        {
            moves.Writer.TryWrite(Current);
        }
    }

    public void Move(long seen) => moves.Writer.TryWrite(Current = Current! with { Seen = seen });

    /// <summary>Ends every watch, as the death of a silo does.</summary>
    public void Break(Exception? failure = null) =>
        Interlocked.Exchange(ref moves, Channel.CreateUnbounded<RunView>()).Writer.Complete(failure ?? new Orleans.Runtime.EnumerationAbortedException());

    public async IAsyncEnumerable<RunView> Watch([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref Watchers);
        await foreach (var run in moves.Reader.ReadAllAsync(cancellationToken))
        {
            yield return run;
        }
    }

    public Task Resume() => Task.CompletedTask;

    public Task<RunEstimate> Estimate(DateTimeOffset? since)
    {
        world.Fail();
        return Task.FromResult(new RunEstimate(12, 340, since));
    }

    /// <summary>What a refresh is answered.</summary>
    public RefreshResult Refreshed { get; set; } = new("unchanged", []);

    /// <summary>The ids that were asked for.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public Task<RefreshResult> Refresh(string externalId)
    {
        world.Fail();
        Asked.Enqueue(externalId);
        return Task.FromResult(Refreshed);
    }
}
