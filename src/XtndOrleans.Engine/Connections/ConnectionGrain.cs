using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using XtndOrleans.Connectors;
using XtndOrleans.Connectors.Http;

namespace XtndOrleans.Engine.Connections;

/// <summary>Settings of one connection. What runs use is in ConnectionGrain.Door.cs.</summary>
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
            AccessToken = wanted.SignIn.Shown,
            SealedSecret = sealer.Seal(Id, wanted.SignIn),
            AuthKind = wanted.SignIn.Kind,
            HasTotp = wanted.SignIn.TotpSecret is not null,
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

        var known = sealer.Open(before);
        var wanted = ConnectionRules.Check(ConnectionRules.Apply(patch, before, known), catalog);
        ConnectionRules.CheckWhoGetsTheSecret(patch, before, wanted);
        var proof = patch.ChangesSignIn ? await Prove(wanted, before.ClockSkew, cancellationToken) : null;
        var next = before with
        {
            Name = wanted.Name,
            ApiUrl = wanted.ApiUrl,
            BaseAddress = wanted.BaseAddress,
            AccessToken = wanted.SignIn.Shown,
            // The same once more is no change: sealed anew it would look like one, and every entity would be swept.
            SealedSecret = wanted.SignIn == known ? before.SealedSecret : sealer.Seal(Id, wanted.SignIn),
            AuthKind = wanted.SignIn.Kind,
            HasTotp = wanted.SignIn.TotpSecret is not null,
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

    public async Task Pause(string? note)
    {
        ConnectionRules.CheckNote(note);
        await Write(async () =>
        {
            _ = Existing;
            row = await store.SaveStatus(Id, ConnectionStatus.Paused, string.IsNullOrWhiteSpace(note) ? null : note.Trim(), null);
        });
    }

    public async Task Resume()
    {
        if (Existing.IsPaused)
        {
            await ShowStatus(pauseEnds: true);
        }
    }

    StoreAccount Account(StoredConnection of) => sealer.Open(of).Account(of.BaseAddress, of.ClockSkew);

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

    async Task<StoreToken> Prove(CheckedConnection wanted, TimeSpan clockSkew, CancellationToken cancellationToken)
    {
        await CheckEgress(wanted.BaseAddress);
        var account = wanted.SignIn.Account(wanted.BaseAddress, clockSkew);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(9));
        try
        {
            return await Task.Run(() => wanted.Connector.Prove(account, limit.Token), limit.Token);
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
}
