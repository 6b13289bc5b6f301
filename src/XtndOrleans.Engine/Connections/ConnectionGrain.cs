using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using XtndOrleans.Connectors;
using XtndOrleans.Connectors.Http;
using XtndOrleans.Engine.Secrets;

namespace XtndOrleans.Engine.Connections;

/// <summary>Settings, verify and status of one connection. What runs use is in ConnectionGrain.Door.cs.</summary>
[GrainType("xtnd.connection")]
internal sealed partial class ConnectionGrain(
    [PersistentState("connection-sign-in.v1")] IPersistentState<SignInState> signIn,
    ConnectionStore store, SecretSealer sealer, ConnectorCatalog catalog, EgressPolicy egress,
    IOptions<ConnectionOptions> options, TimeProvider clock, ILogger<ConnectionGrain> log) : Grain, IConnectionGrain, IConnectionDoor
{
    readonly TokenKeeper tokens = new(options.Value, clock);
    StoredConnection? row;

    ConnectionId Id => ConnectionId.FromGrainKey(this.GetPrimaryKeyString());

    StoredConnection Existing => row is { DeletingSince: null } ? row : throw ProblemException.NotFound("connection");

    public override async Task OnActivateAsync(CancellationToken cancellationToken) => row = await store.Find(Id);

    public async Task Create(ConnectionDraft draft)
    {
        if (row is not null)
        {
            return;
        }

        var wanted = ConnectionRules.Check(draft, catalog);
        await CheckEgress(wanted.BaseAddress);
        var now = clock.GetUtcNow();
        row = await store.Insert(new()
        {
            Id = Id, System = draft.System!, Name = wanted.Name, ApiUrl = wanted.ApiUrl, BaseAddress = wanted.BaseAddress, AccessToken = wanted.AccessToken,
            SealedSecret = sealer.Seal(Id, wanted.Secret), TimeZone = wanted.TimeZone, Status = ConnectionStatus.Unverified, CreatedAt = now, UpdatedAt = now,
        }) ?? throw ProblemException.NotFound("tenant");
        log.Created(Id, row.System);
    }

    public async Task Update(ConnectionPatch patch, CancellationToken cancellationToken)
    {
        var before = Existing;
        if (patch.IfVersion is { } version && version != before.Version)
        {
            throw new ProblemException(ProblemKind.Stale, "stale", "Somebody changed this connection meanwhile. Read it again, then repeat your change.");
        }

        var wanted = ConnectionRules.Check(ConnectionRules.Apply(patch, before, sealer.Open(Id, before.SealedSecret)), catalog);
        var proof = patch.ChangesSignIn ? await Prove(wanted, cancellationToken) : null;
        row = await store.SaveSettings(
            before with
            {
                Name = wanted.Name, ApiUrl = wanted.ApiUrl, BaseAddress = wanted.BaseAddress, AccessToken = wanted.AccessToken,
                SealedSecret = patch.Secret is null ? before.SealedSecret : sealer.Seal(Id, wanted.Secret), TimeZone = wanted.TimeZone,
            },
            clock.GetUtcNow());
        if (proof is not null)
        {
            tokens.Keep(proof);
            await CredentialsWork();
            log.CredentialsReplaced(Id);
        }
    }

    public async Task<Verification> Verify(CancellationToken cancellationToken)
    {
        var verified = Existing;
        var connector = catalog[verified.System];
        var account = Account(verified);
        var outcome = await Task.Run(() => connector.Verify(account, null, cancellationToken), cancellationToken);
        await Learn(outcome);
        var report = outcome.Report;
        var reason = report.Ok ? null : Reason(report);
        var readable = outcome.Token is not null && report.Entities.Any(entity => entity.Ok);
        var status = report.Ok ? ConnectionStatus.Verified
            : readable || verified.VerifiedAt is not null ? ConnectionStatus.Failing : ConnectionStatus.Unverified;
        row = await store.SaveVerification(
            Id, row!.IsPaused ? ConnectionStatus.Paused : status, row.IsPaused ? row.StatusReason : reason, readable ? report.CheckedAt : null, report.Store);
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
        _ = Existing;
        row = await store.SaveStatus(Id, ConnectionStatus.Paused, string.IsNullOrWhiteSpace(note) ? null : note.Trim());
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
        if (await egress.Refusal(address, CancellationToken.None) is { } refusal)
        {
            throw ConnectionRules.Invalid(new() { ["apiUrl"] = [refusal] }, FailureCodes.EgressForbidden);
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
