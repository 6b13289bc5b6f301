using XtndOrleans.Connectors;

namespace XtndOrleans.Engine.Connections;

/// <summary>A row of <c>xtnd.connection</c>. Its text form never shows the secret.</summary>
internal sealed record StoredConnection
{
    public required ConnectionId Id { get; init; }
    public required string System { get; init; }
    public required string Name { get; init; }
    public required string ApiUrl { get; init; }
    public required Uri BaseAddress { get; init; }
    public required string AccessToken { get; init; }
    public required byte[] SealedSecret { get; init; }
    public string AuthKind { get; init; } = SignInKinds.Password;
    public bool HasTotp { get; init; }
    public string? TimeZone { get; init; }
    public required string Status { get; init; }
    public string? StatusReason { get; init; }
    public string? StatusCode { get; init; }
    public DateTimeOffset? VerifiedAt { get; init; }
    public StoreProfile? Store { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset? DeletingSince { get; init; }
    public long Version { get; init; } = 1;

    /// <summary>Whether it signs in as an integration: then nothing is exchanged for a token, and a refusal shows only at a request.</summary>
    public bool IsIntegration => AuthKind == SignInKinds.Integration;

    /// <summary>The store's clock minus ours, as verify measured it.</summary>
    public TimeSpan ClockSkew => TimeSpan.FromSeconds(Store?.ClockSkewSeconds ?? 0);

    public bool IsPaused => Status == ConnectionStatus.Paused;

    public override string ToString() => $"{System} {Id}";
}

/// <summary>The values of <c>connection.status</c>, as the REST API spells them.</summary>
internal static class ConnectionStatus
{
    public const string Unverified = "unverified";
    public const string Verified = "verified";
    public const string Failing = "failing";
    public const string Paused = "paused";
}
