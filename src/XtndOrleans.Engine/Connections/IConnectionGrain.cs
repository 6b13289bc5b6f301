using XtndOrleans.Connectors;

namespace XtndOrleans.Engine.Connections;

/// <summary>
/// One store that a tenant has linked; the only door to it. Key: <see cref="ConnectionId.GrainKey"/>.
/// Every method throws <see cref="ProblemException"/> for what a person can mend.
/// </summary>
[Alias("xtnd.connection")]
public interface IConnectionGrain : IGrainWithStringKey
{
    /// <summary>Checks the draft and saves it, unverified. Repeating the same create of the same id is harmless.</summary>
    [Alias("Create")] Task Create(ConnectionDraft draft);

    /// <summary>Changes it. A change of what a sign-in is made of is proved against the store first; refused, the old stays and works (<c>credentials_rejected</c> or the code of the failure, 422).</summary>
    [Alias("Update")] Task Update(ConnectionPatch patch, CancellationToken cancellationToken);

    /// <summary>Tries the saved connection and saves what was found.</summary>
    [Alias("Verify"), Orleans.Concurrency.AlwaysInterleave] Task<Verification> Verify(CancellationToken cancellationToken);

    /// <summary>Tries a draft; nothing is saved. Called on a grain with a new id.</summary>
    [Alias("Try")] Task<Verification> Try(ConnectionDraft draft, CancellationToken cancellationToken);

    /// <summary><see cref="Verify"/>, told step by step as they end; the report comes last. Joins an attempt that is under way.</summary>
    [Alias("FollowVerify"), Orleans.Concurrency.AlwaysInterleave] IAsyncEnumerable<VerifyProgress> FollowVerify(CancellationToken cancellationToken);

    /// <summary><see cref="Try"/>, told step by step as they end; the report comes last.</summary>
    [Alias("FollowTry")] IAsyncEnumerable<VerifyProgress> FollowTry(ConnectionDraft draft, CancellationToken cancellationToken);

    /// <summary>Stops runs at their next page and skips due slots until <see cref="Resume"/>.</summary>
    [Alias("Pause")] Task Pause(string? note);

    /// <summary>Ends a pause.</summary>
    [Alias("Resume")] Task Resume();
}
