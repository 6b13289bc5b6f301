using XtndOrleans.Connectors.Http;

namespace XtndOrleans.Connectors.Magento;

/// <summary>
/// One attempt to find out whether an account can do its work. The secret is sent only after the address answered like Magento, and once. Whatever the store
/// does, it ends within <see cref="ConnectorOptions.VerifyLimit"/> and becomes a step of the report.
/// </summary>
internal sealed class Verify(MagentoClient client, StoreAccount account, IProgress<VerificationStep>? progress, TimeProvider clock) : IDisposable
{
    // Of the whole limit: what reaching and signing in may take at most, so that the rest of the report has its turn.
    const double ShareOfReach = 0.45;
    const double ShareOfToken = 0.45;
    const double ShareOfPatience = 0.1;

    // As many as a connection makes at once when it reads. A store that was slow until then is asked for all that is left at once: in turns there would be no time.
    const int AtOnce = 4;
    const int AllAtOnce = 16;
    const double ShareOfSlow = 0.2;

    readonly Turns turns = new(AtOnce);

    readonly long began = clock.GetTimestamp();
    readonly List<VerificationStep> steps = [];
    StoreProbe? probe;
    bool isUsable;
    string? stock;
    TimeSpan patience;
    CancellationTokenSource? limit;
    StoreToken? token;
    IReadOnlyList<VerifiedEntity> entities = [];
    StoreProfile? profile;

    StoreSession Session => MagentoAuthorization.Session(account, token!, clock);

    /// <summary>Makes the attempt.</summary>
    public async Task<VerificationOutcome> Run(TimeSpan within, CancellationToken cancellationToken)
    {
        patience = within * ShareOfPatience;
        using var whole = new CancellationTokenSource(within, clock);
        limit = CancellationTokenSource.CreateLinkedTokenSource(whole.Token, cancellationToken);
        probe = new StoreProbe(client, account.BaseAddress, turns);
        var ok = await Step("reach", within * ShareOfReach, Reach)
            && await Step("token", within * ShareOfToken, SignIn);
        if (ok)
        {
            if (clock.GetElapsedTime(began) > within * ShareOfSlow)
            {
                turns.Widen(AllAtOnce - AtOnce);
            }

            // It runs beside the permissions, and what it cannot find out stays open: a role need not see the store's settings.
            var store = probe.Describe(profile!, Session, limit.Token);
            ok = await Step("permissions", within, Permissions) || isUsable;
            profile = (await store) with { Stock = stock };
            ok = ok && await Step("store", within, _ => Task.FromResult(Describe(profile)));
        }
        cancellationToken.ThrowIfCancellationRequested();
        var report = new Verification(ok, clock.GetUtcNow(), Milliseconds(began), steps, entities, profile);
        return new VerificationOutcome(report, token);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        limit?.Dispose();
        turns.Dispose();
    }

    async Task<bool> Step(string name, TimeSpan within, Func<CancellationToken, Task<string>> find)
    {
        var start = clock.GetTimestamp();
        using var own = new CancellationTokenSource(within, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(own.Token, limit!.Token);
        VerificationStep Failed(ConnectorException why) => new(name, Ok: false, why.Code, why.Message, why.Cure, Milliseconds(start));
        VerificationStep step;
        try
        {
            step = new VerificationStep(name, Ok: true, Code: null, await find(both.Token), Cure: null, Milliseconds(start));
        }
        catch (ConnectorException failure)
        {
            step = Failed(failure);
        }
        catch (OperationCanceledException)
        {
            step = Failed(VerifyFailures.TimedOut());
        }
        steps.Add(step);
        progress?.Report(step);
        return step.Ok;
    }

    async Task<string> Reach(CancellationToken cancellationToken)
    {
        profile = await probe!.Reach(patience, cancellationToken);
        account = account with { ClockSkew = TimeSpan.FromSeconds(profile.ClockSkewSeconds ?? 0) };
        var version = profile.Version is null ? "Magento" : $"Magento {profile.Version}{(profile.Edition is null ? "" : $" ({profile.Edition})")}";
        var open = account.BaseAddress is { Scheme: "http", IsLoopback: false } ? " The address is not https, so what you sign in with travels unprotected." : "";
        return $"{version} answers at {account.BaseAddress}.{open}";
    }

    async Task<string> SignIn(CancellationToken cancellationToken)
    {
        token = await new IntegrationProbe(client, clock).Prove(account, cancellationToken);
        return account.Integration is { } integration ? integration.Signs ? "The store accepts the integration's signature." : "The store accepts the integration's access token."
            : token.Life is { } life ? $"Signed in; the token lives {life.TotalMinutes:0} minutes." : "Signed in.";
    }

    async Task<string> Permissions(CancellationToken cancellationToken)
    {
        var found = await Probe(cancellationToken);
        entities = [.. found.Select(f => f.Entity)];
        if (found.All(f => f.Failure is null))
        {
            return $"{string.Join(", ", entities.Select(e => e.Count is { } count ? $"{count} {e.Entity} records" : $"{e.Entity} records"))} can be read.";
        }
        // One right that is missing must not keep the merchant from all else; the step says which, and how to give it.
        isUsable = found.Any(f => f.Failure is null) && found.All(f => f.IsAlone);
        var failed = found.Where(f => f.Failure is not null).ToList();
        var worst = (failed.Find(f => !f.IsAlone) ?? failed[0]).Failure!;
        var why = string.Join(" ", failed.Select(f => f.Failure!.Message).Distinct());
        throw new ConnectorException(
            worst.Kind, worst.Code, $"Records that cannot be read: {string.Join(", ", failed.Select(f => f.Entity.Entity))}. {why}", string.Join(" ", failed.Select(f => f.Failure!.Cure).Distinct()), worst);
    }

    async Task<List<EntityFinding>> Probe(CancellationToken cancellationToken)
    {
        var each = new EntityProbe(client, turns);
        var others = MagentoEntity.All.Where(e => e.Name != Entities.Stock).Select(e => each.Try(Session, e.Name, cancellationToken)).ToList();
        var (last, kind) = await StockProbe.Try(each, probe!, Session, cancellationToken);
        stock = kind;
        return [.. await Task.WhenAll(others), last];
    }

    static string Describe(StoreProfile store) => store.TimeZone is null
        ? "The store did not tell its settings (a role sees them with Stores > Settings > All Stores), so its time zone is not known. Nothing else needs it."
        : $"Time zone {store.TimeZone}, currency {store.Currency ?? "not told"}.";

    int Milliseconds(long since) => (int)clock.GetElapsedTime(since).TotalMilliseconds;
}
