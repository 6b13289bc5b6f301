namespace XtndOrleans.Simulator;

/// <summary>What can go wrong with a request.</summary>
public enum FaultKind
{
    /// <summary>401 as for an invalid token; on the token path, as for a wrong password.</summary>
    Unauthorized,

    /// <summary>429; with Retry-After when <see cref="Fault.Seconds"/> is set.</summary>
    TooManyRequests,

    /// <summary>500 with Magento's masked message.</summary>
    InternalError,

    /// <summary>500 in the second shape, <c>messages.error</c>: PHP died.</summary>
    FatalError,

    /// <summary>500, Content-Type text/plain, an HTML body: the database is down.</summary>
    DatabaseDown,

    /// <summary>503, Magento's HTML page, no Retry-After.</summary>
    Maintenance,

    /// <summary>nginx's 502.</summary>
    BadGateway,

    /// <summary>nginx's 504.</summary>
    GatewayTimeout,

    /// <summary>A firewall's HTML challenge with 200.</summary>
    WafPage,

    /// <summary>A firewall's HTML refusal with 403.</summary>
    WafDenied,

    /// <summary>404 in HTML, as from a web server that has no such path.</summary>
    HtmlNotFound,

    /// <summary>The answer ends in the middle, cleanly: PHP was stopped while it wrote.</summary>
    Truncated,

    /// <summary>The connection breaks in the middle of the answer.</summary>
    Broken,

    /// <summary>The answer never ends.</summary>
    Endless,

    /// <summary>The answer comes in small pieces, <see cref="Fault.Seconds"/> apart.</summary>
    Drip,

    /// <summary>The connection is reset before any answer.</summary>
    Reset,

    /// <summary>200 with no body.</summary>
    Empty,

    /// <summary>200 with an error object where a list belongs.</summary>
    ErrorObject,

    /// <summary>Redirects to <see cref="Fault.Location"/> with <see cref="Fault.Status"/>, 302 by default.</summary>
    Redirect,

    /// <summary>Never answers.</summary>
    Hang,

    /// <summary>Answers <see cref="Fault.Seconds"/> late, and well.</summary>
    Delay,

    /// <summary>A list whose <c>total_count</c> is off by <see cref="Fault.Amount"/>, 1 by default.</summary>
    WrongTotal,

    /// <summary>A list without <c>total_count</c>.</summary>
    NoTotal,

    /// <summary>A list whose first row stands in it twice; the last gives way.</summary>
    RowTwice,

    /// <summary>A list in an order of its own, the same on every page: the sort is ignored.</summary>
    Unordered,

    /// <summary>A page beyond the last repeats the last one, as until 2.3.7.</summary>
    LastPageAgain,
}

/// <summary>One fault to inject.</summary>
public sealed record Fault(FaultKind Kind)
{
    /// <summary>How many requests it hits. Null: for ever.</summary>
    public int? Times { get; init; }

    /// <summary>Requests let through before it starts.</summary>
    public int After { get; init; }

    /// <summary>One of <see cref="EntityNames"/>, products, orders, token, or any word that the path holds. Null or "all": every path.</summary>
    public string? Path { get; init; }

    /// <summary>Retry-After, the time between drops, or the delay.</summary>
    public double? Seconds { get; init; }

    /// <summary>What is added to a total; may be negative.</summary>
    public int? Amount { get; init; }

    public string? Location { get; init; }

    public int? Status { get; init; }
}
