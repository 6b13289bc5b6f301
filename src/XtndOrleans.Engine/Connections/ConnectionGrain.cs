using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using XtndOrleans.Connectors;
using XtndOrleans.Connectors.Http;

namespace XtndOrleans.Engine.Connections;

/// <summary>Settings, verify and status of one connection. What runs use is in ConnectionGrain.Door.cs.</summary>
[GrainType("xtnd.connection")]
internal sealed partial class ConnectionGrain(
    [PersistentState("connection-sign-in.v1")] IPersistentState<SignInState> signIn,
    ConnectionStore store, SecretSealer sealer, ConnectorCatalog catalog, EgressPolicy egress,
    IOptions<ConnectionOptions> options, TimeProvider clock, ILogger<ConnectionGrain> log) : Grain, IConnectionGrain, IConnectionDoor, IDisposable
{
    static readonly TimeSpan EgressCheckLimit = TimeSpan.FromSeconds(3);

    readonly TokenKeeper tokens = new(options.Value, clock);
    readonly SemaphoreSlim writing = new(1);
    StoredConnection? row;
    Task<Verification>? verifying;

    ConnectionId Id => ConnectionId.FromGrainKey(this.GetPrimaryKeyString());

    StoredConnection Existing => row is { DeletingSince: null } ? row : throw ProblemException.NotFound("connection");

    public override async Task OnActivateAsync(CancellationToken cancellationToken) => row = await store.Find(Id);

    public void Dispose() => writing.Dispose();

    public async Task Create(ConnectionDraft draft)
    {
        if (row is not null)
        {
            return;
        }

        var wanted = ConnectionRules.Check(draft, catalog);
        await CheckEgress(wanted.BaseAddress);
        var now = clock.GetUtcNow();
        await Write(async () => row = await store.Insert(new()
        {
            Id = Id,
            System = draft.System!,
            Name = wanted.Name,
            ApiUrl = wanted.ApiUrl,
            BaseAddress = wanted.BaseAddress,
            AccessToken = wanted.AccessToken,
            SealedSecret = sealer.Seal(Id, wanted.Secret),
            TimeZone = wanted.TimeZone,
            Status = ConnectionStatus.Unverified,
            CreatedAt = now,
            UpdatedAt = now,
        }) ?? throw ProblemException.NotFound("tenant"));
        log.Created(Id, draft.System!);
    }

    public async Task Update(ConnectionPatch patch, CancellationToken cancellationToken)
    {
        var before = Existing;
        if (patch.IfVersion is { } version && version != before.Version)
        {
            throw new ProblemException(ProblemKind.Stale, "stale", "Somebody changed this connection meanwhile. Read it again, then repeat your change.");
        }

        var wanted = ConnectionRules.Check(ConnectionRules.Apply(patch, before, sealer.Open(Id, before.SealedSecret)), catalog);
        ConnectionRules.CheckWhoGetsTheSecret(patch, before, wanted);
        var proof = patch.ChangesSignIn ? await Prove(wanted, cancellationToken) : null;
        var next = before with
        {
            Name = wanted.Name,
            ApiUrl = wanted.ApiUrl,
            BaseAddress = wanted.BaseAddress,
            AccessToken = wanted.AccessToken,
            SealedSecret = patch.Secret is null ? before.SealedSecret : sealer.Seal(Id, wanted.Secret),
            TimeZone = wanted.TimeZone,
        };
        await Write(async () =>
        {
            _ = Existing;
            row = await store.SaveSettings(next, clock.GetUtcNow());
        });
        if (proof is not null)
        {
            tokens.Keep(proof);
            await CredentialsWork();
            log.CredentialsReplaced(Id);
        }
    }

    /// <summary>People who press twice share one attempt: each wrong one is a step towards locking the user.</summary>
    public async Task<Verification> Verify(CancellationToken cancellationToken)
    {
        var mine = verifying ??= VerifyOnce();
        try
        {
            return await mine.WaitAsync(cancellationToken);
        }
        finally
        {
            if (verifying == mine && mine.IsCompleted)
            {
                verifying = null;
            }
        }
    }

    async Task<Verification> VerifyOnce()
    {
        var verified = Existing;
        var connector = catalog[verified.System];
        var account = Account(verified);
        var outcome = await Task.Run(() => connector.Verify(account, null, CancellationToken.None));
        if (row?.Version != verified.Version || row.DeletingSince is not null)
        {
            // What was tried is no longer what is saved: the report is true, but not of this.
            return outcome.Report;
        }

        await Learn(outcome);
        var report = outcome.Report;
        var reason = report.Ok ? null : Reason(report);
        var readable = outcome.Token is not null && report.Entities.Any(entity => entity.Ok);
        var status = report.Ok ? ConnectionStatus.Verified
            : readable || verified.VerifiedAt is not null ? ConnectionStatus.Failing : ConnectionStatus.Unverified;
        await Write(async () => row = await store.SaveVerification(
            Id, row!.IsPaused ? ConnectionStatus.Paused : status, row.IsPaused ? row.StatusReason : reason, readable ? report.CheckedAt : null,
            ConnectionRules.Storable(report.Store)));
        log.Verified(Id, report.Ok, report.DurationMs);
        return report;
    }

    public async Task<Verification> Try(ConnectionDraft draft, CancellationToken cancellationToken)
    {
        var wanted = ConnectionRules.Check(draft, catalog);
        DeactivateOnIdle();
        var account = wanted.Account;
        return (await Task.Run(() => wanted.Connector.Verify(account, null, cancellationToken), cancellationToken)).Report;
    }

    public async Task Pause(string? note)
    {
        await Write(async () =>
        {
            _ = Existing;
            row = await store.SaveStatus(Id, ConnectionStatus.Paused, string.IsNullOrWhiteSpace(note) ? null : note.Trim());
        });
    }

    public async Task Resume()
    {
        if (Existing.IsPaused)
        {
            await ShowStatus(pauseEnds: true);
        }
    }

    StoreAccount Account(StoredConnection of) => new(of.BaseAddress, of.AccessToken, sealer.Open(Id, of.SealedSecret));

    async Task CheckEgress(Uri address)
    {
        using var limit = new CancellationTokenSource(EgressCheckLimit, clock);
        try
        {
            if (await egress.Refusal(address, limit.Token) is { } refusal)
            {
                throw ConnectionRules.Invalid(new() { ["apiUrl"] = [refusal] }, FailureCodes.EgressForbidden);
            }
        }
        catch (OperationCanceledException)
        {
            // A slow name server holds nobody up: every connection is checked again when it is made.
        }
    }

    /// <summary>
    /// One write at a time: the row in memory is always the one in the database, and what was decided from it still holds when it is written, although
    /// calls interleave.
    /// </summary>
    async Task Write(Func<Task> write)
    {
        await writing.WaitAsync();
        try
        {
            await write();
        }
        finally
        {
            writing.Release();
        }
    }

    async Task<StoreToken> Prove(CheckedConnection wanted, CancellationToken cancellationToken)
    {
        await CheckEgress(wanted.BaseAddress);
        var account = wanted.Account;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(9));
        try
        {
            return await Task.Run(() => wanted.Connector.SignIn(account, limit.Token), limit.Token);
        }
        catch (ConnectorException failure)
        {
            throw new ProblemException(ProblemKind.Refused, failure.Code, $"{failure.Message} {failure.Cure} Nothing was changed.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ProblemException(ProblemKind.Refused, FailureCodes.Timeout, "The store did not answer within 9 seconds. Try again when it does. Nothing was changed.");
        }
    }

    /// <summary>A verify is a sign-in by a person: what it shows counts for the automatic ones too.</summary>
    async Task Learn(VerificationOutcome outcome)
    {
        if (outcome.Token is not null)
        {
            tokens.Keep(outcome.Token);
            if (outcome.Report.Ok && signIn.State.Failing.Count > 0)
            {
                await Remember(signIn.State with { Failing = [] });
            }

            await CredentialsWork();
        }
        else if (outcome.Report.Steps.LastOrDefault(step => !step.Ok) is { Step: "token", Code: { } code } step && IsRefusal(code))
        {
            await Remember(signIn.State with { Refusals = options.Value.RefusedSignIns, Code = code, Message = step.Detail, Cure = step.Cure ?? "" });
        }
    }

    static bool IsRefusal(string code) =>
        code is FailureCodes.CredentialsRejected or FailureCodes.TwoFactorRequired or FailureCodes.TwoFactorNotConfigured;

    static string Reason(Verification report) =>
        report.Steps.LastOrDefault(step => !step.Ok) is { } step ? $"{step.Detail} {step.Cure}".Trim() : "Some entities cannot be read.";
}
