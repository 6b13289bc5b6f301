using XtndOrleans.Connectors;

namespace XtndOrleans.Engine.Connections;

/// <summary>The side of the connection grain that runs use: the right to one request at a time, and what came of it.</summary>
[Alias("xtnd.connection-door"), Orleans.Metadata.DefaultGrainType("xtnd.connection")]
internal interface IConnectionDoor : IGrainWithStringKey
{
    /// <summary>Asks for the right to make one request. Waits for its turn for some seconds at most; never throws for what the store did.</summary>
    /// <param name="request">The request; a larger page than the store allows is made smaller.</param>
    [Alias("LeaseFor"), Orleans.Concurrency.AlwaysInterleave] Task<LeaseAnswer> Lease(PageRequest request);

    /// <summary>Gives the right back and tells what came of it.</summary>
    [Alias("Return"), Orleans.Concurrency.AlwaysInterleave] Task Return(LeaseOutcome outcome);

    /// <summary>A loop took the run of an entity over from one that was interrupted: what that one leased is free again, because it will not give it back.</summary>
    [Alias("TookOver"), Orleans.Concurrency.AlwaysInterleave] Task TookOver(string entity);

    /// <summary>Tells how a run of an entity ended: null for well, else why not. Moves the connection's status between verified and failing.</summary>
    [Alias("RunEnded"), Orleans.Concurrency.AlwaysInterleave] Task RunEnded(string entity, string? problem);

    /// <summary>From now on nothing is leased; the secret is gone from the database when it returns.</summary>
    [Alias("BeginDelete")] Task BeginDelete();

    /// <summary>Takes the connection itself away, after everything that hangs on it.</summary>
    [Alias("FinishDelete")] Task FinishDelete();
}

/// <summary>What an ask for a lease gave.</summary>
internal enum LeaseVerdict
{
    /// <summary>The request may be made.</summary>
    Granted,

    /// <summary>Not now: ask again after <see cref="LeaseAnswer.Wait"/>.</summary>
    Wait,

    /// <summary>Not until a person acts.</summary>
    NeedsPerson,

    /// <summary>Never: the connection is paused or gone; the run ends.</summary>
    Closed,
}

/// <summary>The right to one request, or why there is none. Its text form never shows the authorization.</summary>
[GenerateSerializer, Immutable, Alias("xtnd.lease")]
internal sealed record LeaseAnswer([property: Id(0)] LeaseVerdict Verdict)
{
    [Id(1)] public Guid Id { get; init; }

    [Id(2)] public string System { get; init; } = "";

    [Id(3)] public Uri? BaseAddress { get; init; }

    /// <summary>The Authorization header, good for <see cref="Request"/> alone.</summary>
    [Id(4)] public string? Authorization { get; init; }

    /// <summary>The request as it may be made.</summary>
    [Id(5)] public PageRequest? Request { get; init; }

    [Id(6)] public TimeSpan Wait { get; init; }

    [Id(7)] public string Code { get; init; } = "";

    [Id(8)] public string Reason { get; init; } = "";

    [Id(9)] public string? Cure { get; init; }

    /// <summary>What the store profile says of its stock; null when it is not known.</summary>
    [Id(10)] public string? Stock { get; init; }

    public override string ToString() => $"{Verdict} {Code}";
}

/// <summary>What came of a leased request.</summary>
/// <param name="Id">The lease.</param>
/// <param name="Completed">Whether the store answered or failed to; false when we gave the request up, which tells nothing about the store.</param>
/// <param name="Duration">From the request's start to the end of its body.</param>
/// <param name="Failure">Null when it succeeded.</param>
[GenerateSerializer, Immutable, Alias("xtnd.lease-outcome")]
internal sealed record LeaseOutcome(
    [property: Id(0)] Guid Id, [property: Id(1)] bool Completed, [property: Id(2)] TimeSpan Duration, [property: Id(3)] LeaseFailure? Failure);

/// <summary>How a leased request failed.</summary>
[GenerateSerializer, Immutable, Alias("xtnd.lease-failure")]
internal sealed record LeaseFailure([property: Id(0)] FailureKind Kind, [property: Id(1)] string Code, [property: Id(2)] TimeSpan? RetryAfter, [property: Id(3)] string Message)
{
    /// <summary>What a person can do about it.</summary>
    [Id(4)] public string? Cure { get; init; }

    public static LeaseFailure From(ConnectorException failure) => new(failure.Kind, failure.Code, failure.RetryAfter, failure.Message) { Cure = failure.Cure };
}
