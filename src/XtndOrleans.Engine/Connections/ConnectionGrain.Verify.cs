using XtndOrleans.Connectors;

namespace XtndOrleans.Engine.Connections;

/// <summary>Whether the connection works, tried by a person.</summary>
internal sealed partial class ConnectionGrain
{
    Task<Verification>? verifying;

    /// <summary>People who press twice share one attempt: each wrong one is a step towards locking the user.</summary>
    public async Task<Verification> Verify(CancellationToken cancellationToken) => await SharedVerify().WaitAsync(cancellationToken);

    async Task<Verification> VerifyOnce(VerifySteps steps)
    {
        var verified = Existing;
        var connector = catalog[verified.System];
        var account = Account(verified);
        var outcome = await Task.Run(() => connector.Verify(account, steps, CancellationToken.None));
        if (row?.Version != verified.Version || row.DeletingSince is not null)
        {
            // What was tried is no longer what is saved: the report is true, but not of this.
            return outcome.Report;
        }

        await Learn(outcome);
        var report = outcome.Report;
        var (reason, code) = report.Ok ? (null, null) : Reason(report);
        var readable = outcome.Token is not null && report.Entities.Any(entity => entity.Ok);
        var status = report.Ok ? ConnectionStatus.Verified
            : readable || verified.VerifiedAt is not null ? ConnectionStatus.Failing : ConnectionStatus.Unverified;
        await Write(async () => row = await store.SaveVerification(
            Id, row!.IsPaused ? ConnectionStatus.Paused : status, row.IsPaused ? row.StatusReason : reason, row.IsPaused ? row.StatusCode : code, readable ? report.CheckedAt : null,
            ConnectionRules.Storable(report.Store, row.Store), report.CheckedAt));
        log.Verified(Id, report.Ok, report.DurationMs);
        return report;
    }

    public async Task<Verification> Try(ConnectionDraft draft, CancellationToken cancellationToken)
    {
        DeactivateOnIdle();
        return await Attempt(draft, null, cancellationToken);
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
        code is FailureCodes.CredentialsRejected or FailureCodes.TwoFactorRequired or FailureCodes.TwoFactorNotConfigured
            or FailureCodes.TwoFactorRejected;

    static (string Reason, string? Code) Reason(Verification report) => report.Steps.LastOrDefault(step => !step.Ok) is { } step
        ? ($"{step.Detail} {step.Cure}".Trim(), step.Code)
        : ("Some entities cannot be read.", null);
}
