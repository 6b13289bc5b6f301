using System.Runtime.CompilerServices;
using XtndOrleans.Connectors;

namespace XtndOrleans.Engine.Connections;

/// <summary>The same attempts, told step by step.</summary>
internal sealed partial class ConnectionGrain
{
    VerifySteps verifySteps = new();

    public IAsyncEnumerable<VerifyProgress> FollowVerify(CancellationToken cancellationToken)
    {
        var attempt = SharedVerify();
        return verifySteps.Follow(attempt, cancellationToken);
    }

    public async IAsyncEnumerable<VerifyProgress> FollowTry(ConnectionDraft draft, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var steps = new VerifySteps();
        try
        {
            await foreach (var progress in steps.Follow(Attempt(draft, steps, cancellationToken), cancellationToken))
            {
                yield return progress;
            }
        }
        finally
        {
            DeactivateOnIdle();
        }
    }

    Task<Verification> SharedVerify()
    {
        if (verifying is null or { IsCompleted: true })
        {
            verifySteps = new();
            verifying = VerifyOnce(verifySteps);
        }

        return verifying;
    }

    async Task<Verification> Attempt(ConnectionDraft draft, IProgress<VerificationStep>? progress, CancellationToken cancellationToken)
    {
        var wanted = ConnectionRules.Check(draft, catalog);
        var account = wanted.SignIn.Account(wanted.BaseAddress, TimeSpan.Zero);
        return (await Task.Run(() => wanted.Connector.Verify(account, progress, cancellationToken), cancellationToken)).Report;
    }
}
