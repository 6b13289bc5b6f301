namespace XtndOrleans.Connectors;

/// <summary>What a failure asks for. Decided once, at the connector's edge.</summary>
public enum FailureKind
{
    /// <summary>The credentials were refused: a person must act; trying again may lock the user.</summary>
    Credentials,

    /// <summary>The token is not (or no longer) good for this: renew it once, then see <see cref="Permission"/>.</summary>
    Unauthorized,

    /// <summary>The user may not read this: a person must act.</summary>
    Permission,

    /// <summary>Too many requests: wait and go on.</summary>
    Rate,

    /// <summary>The store does not answer, is in maintenance or overloaded: wait and go on.</summary>
    StoreDown,

    /// <summary>Something in front of the store refuses us (firewall, challenge page): waiting may help, a person surely.</summary>
    Blocked,

    /// <summary>The store answered something that is not an answer (HTML, empty, truncated, an error for this page).</summary>
    Data,

    /// <summary>The request itself cannot be right: wrong address, a rule of ours, a limit of the store.</summary>
    Rejected,
}

/// <summary>Why a request to a store failed, what a person should do, and what the caller may do. Never holds a credential, a token or a body.</summary>
public sealed class ConnectorException : Exception
{
    /// <summary>Makes a failure.</summary>
    public ConnectorException(FailureKind kind, string code, string message, string cure, Exception? inner = null)
        : base(message, inner)
    {
        Kind = kind;
        Code = code;
        Cure = cure;
    }

    /// <summary>What the failure asks for.</summary>
    public FailureKind Kind { get; }

    /// <summary>Stable snake_case name, one of <see cref="FailureCodes"/>.</summary>
    public string Code { get; }

    /// <summary>What a person can do about it, in words.</summary>
    public string Cure { get; }

    /// <summary>The HTTP status, when there was an answer.</summary>
    public int? Status { get; init; }

    /// <summary>What the store answered, shortened and without anything personal or secret; null when there is nothing to show.</summary>
    public string? Reply { get; init; }

    /// <summary>How long the store asked us to wait (Retry-After).</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The right that is missing, as the store names it. Magento: <c>Magento_Sales::actions_view</c>.</summary>
    public string? MissingPermission { get; init; }

    /// <summary>The largest page the store allows, when it refused a larger one.</summary>
    public int? MaximumPageSize { get; init; }

    /// <summary>
    /// What an <see cref="FailureKind.Unauthorized"/> failure means when it comes back after the token was renewed: the user lacks the right. Other failures are
    /// returned as they are.
    /// </summary>
    public ConnectorException AsPermissionMissing() => Kind != FailureKind.Unauthorized ? this : new(
        FailureKind.Permission,
        FailureCodes.PermissionMissing,
        MissingPermission is null ? "The user may not read this." : $"The user may not read this: {MissingPermission} is missing.",
        Cure,
        this)
    {
        Status = Status,
        MissingPermission = MissingPermission,
    };

    /// <summary>Whether the same request can succeed later without a person changing something.</summary>
    public bool IsTransient => Kind is FailureKind.Rate or FailureKind.StoreDown or FailureKind.Blocked or FailureKind.Data;
}

/// <summary>The stable codes of failures.</summary>
public static class FailureCodes
{
    /// <summary>No connection could be made: the name does not resolve, nothing listens, or it was reset.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>The TLS handshake failed.</summary>
    public const string TlsFailed = "tls_failed";

    /// <summary>The address is one that the egress policy forbids.</summary>
    public const string EgressForbidden = "egress_forbidden";

    /// <summary>An answer, but not that of the system's API: a web site, another path.</summary>
    public const string NotAMagentoApi = "not_a_magento_api";

    /// <summary>Wrong, disabled or locked: Magento says the same for all.</summary>
    public const string CredentialsRejected = "credentials_rejected";

    /// <summary>The user must give a second factor.</summary>
    public const string TwoFactorRequired = "two_factor_required";

    /// <summary>The user must first set up a second factor.</summary>
    public const string TwoFactorNotConfigured = "two_factor_not_configured";

    /// <summary>The code of the second factor was not accepted.</summary>
    public const string TwoFactorRejected = "two_factor_rejected";

    /// <summary>The token is not accepted; said before it was renewed.</summary>
    public const string Unauthorized = "unauthorized";

    /// <summary>The user may not read this.</summary>
    public const string PermissionMissing = "permission_missing";

    /// <summary>The store shows its maintenance page.</summary>
    public const string Maintenance = "maintenance";

    /// <summary>A firewall or challenge page answered in the store's place.</summary>
    public const string BlockedByFirewall = "blocked_by_firewall";

    /// <summary>No answer within the time limit.</summary>
    public const string Timeout = "timeout";

    /// <summary>Too many requests.</summary>
    public const string RateLimited = "rate_limited";

    /// <summary>The store answered 5xx.</summary>
    public const string StoreError = "store_error";

    /// <summary>The body ended early, is empty or is not JSON of the expected shape.</summary>
    public const string MalformedAnswer = "malformed_answer";

    /// <summary>The body is larger than the cap.</summary>
    public const string AnswerTooLarge = "answer_too_large";

    /// <summary>The store redirects; redirects are never followed with credentials.</summary>
    public const string Redirected = "redirected";

    /// <summary>The store has seen this very signed request before; the next one is signed anew.</summary>
    public const string SignatureUsed = "signature_used";

    /// <summary>The store refused the page size.</summary>
    public const string PageSizeRefused = "page_size_refused";

    /// <summary>The store refused the request (400) for another reason.</summary>
    public const string RequestRefused = "request_refused";
}
