using XtndOrleans.Connectors;

namespace XtndOrleans.Engine.Connections;

/// <summary>The automatic sign-in, and what is remembered of it: the status that people see follows from it.</summary>
internal sealed partial class ConnectionGrain
{
    async Task<StoreToken> SignIn()
    {
        var tried = Existing;
        var account = Account(tried);
        var connector = catalog[tried.System];
        try
        {
            var token = await Task.Run(() => connector.SignIn(account, CancellationToken.None));
            if (!tried.IsIntegration)
            {
                await CredentialsWork();
            }

            return token;
        }
        catch (ConnectorException failure) when (failure.Kind == FailureKind.Credentials)
        {
            log.SignInRefused(Id, failure.Code);
            if (row?.Version != tried.Version)
            {
                // The refusal of credentials that were replaced meanwhile says nothing about the new ones.
                throw new ConnectorException(FailureKind.StoreDown, "credentials_changed", "The credentials were changed meanwhile.", "", failure) { RetryAfter = TimeSpan.FromMilliseconds(1) };
            }

            await Refused(failure.Code, failure.Message, failure.Cure);
            throw;
        }
    }

    /// <summary>
    /// What a leased request shows of an integration's credentials, which are only tried by using them: a refusal counts like that of a sign-in, a success ends
    /// the count. What it shows of credentials that were replaced meanwhile counts for nothing.
    /// </summary>
    async Task LearnOfIntegration(LeaseOutcome outcome, HeldLease lease)
    {
        if (!outcome.Completed || row is not { IsIntegration: true } || row.Version != lease.Version)
        {
            return;
        }

        if (outcome.Failure is { Kind: FailureKind.Credentials } failure)
        {
            log.SignInRefused(Id, failure.Code);
            await Refused(failure.Code, failure.Message, failure.Cure ?? "");
        }
        else if (outcome.Failure is null)
        {
            await CredentialsWork();
        }
    }

    async Task Refused(string code, string message, string cure)
    {
        var counted = signIn.State with { Refusals = signIn.State.Refusals + 1, Code = code, Message = message, Cure = cure };
        try
        {
            await Remember(counted);
        }
        catch
        {
            // A database that is away must not make us forget it: each sign-in after it is a step towards locking the user.
            signIn.State = counted;
            throw;
        }

        await ShowStatus();
    }

    /// <summary>A sign-in or a verify may end after the connection was deleted; what it found must not bring the state back.</summary>
    Task Remember(SignInState found) => row is { DeletingSince: null } ? signIn.Replace(found) : Task.CompletedTask;

    async Task CredentialsWork()
    {
        if (signIn.State.Refusals > 0)
        {
            await Remember(signIn.State with { Refusals = 0, Code = "", Message = "", Cure = "" });
            await ShowStatus();
        }
    }

    /// <summary>The status follows from what is known: paused, refused, failing entities, verified or not yet.</summary>
    async Task ShowStatus(bool pauseEnds = false)
    {
        await Write(async () =>
        {
            if (row is not null && (!row.IsPaused || pauseEnds))
            {
                var (status, reason, code) = Status(row);
                row = await store.SaveStatus(Id, status, reason, code);
            }
        });
    }

    (string Status, string? Reason, string? Code) Status(StoredConnection of)
    {
        var refused = signIn.State.Refusals > 0 ? $"{signIn.State.Message} {signIn.State.Cure}".Trim() : null;
        var reason = refused ?? signIn.State.Failing.Select(failing => $"{failing.Key}: {failing.Value}").FirstOrDefault();
        var status = of.VerifiedAt is null ? ConnectionStatus.Unverified : reason is null ? ConnectionStatus.Verified : ConnectionStatus.Failing;
        return (status, reason, refused is null ? null : signIn.State.Code);
    }
}
