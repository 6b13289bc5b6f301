using System.Net.Sockets;
using System.Security.Authentication;

namespace XtndOrleans.Connectors.Http;

/// <summary>Turns what can go wrong below HTTP into failures that carry a decision.</summary>
internal static class TransportFailures
{
    const string TryLater = "Nothing needs to be done if it passes: it is tried again. If it stays, ask the store's hosting provider.";

    /// <summary>The failure that an exception of the HTTP client stands for.</summary>
    /// <param name="thrown">What the client threw; not the caller's own cancellation.</param>
    /// <param name="host">The store's host, for the text.</param>
    /// <param name="elapsed">Time since the request began.</param>
    public static ConnectorException From(Exception thrown, string host, TimeSpan elapsed) => thrown switch
    {
        { InnerException: ConnectorException refused } => new(refused.Kind, refused.Code, refused.Message, refused.Cure, thrown),
        OperationCanceledException => new(
            FailureKind.StoreDown, FailureCodes.Timeout, $"{host} did not answer in time; gave up after {elapsed.TotalSeconds:0} s.", TryLater, thrown),
        HttpRequestException { InnerException: AuthenticationException } => new(
            FailureKind.Rejected,
            FailureCodes.TlsFailed,
            $"No secure connection could be made to {host}: its certificate is expired, not trusted or not for that name, or nothing speaks TLS there.",
            "Look at the address's certificate in a browser; the hosting provider can renew it. If a browser trusts it, the store's server does not send the "
                + "intermediate certificate with it, which the hosting provider can add. If the store has no https, type http:// instead.",
            thrown),
        HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData } } => new(
            FailureKind.StoreDown, FailureCodes.Unreachable, $"The name {host} could not be found.", "Check the spelling of the store's address, and that its domain has not expired.", thrown),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => new(
            FailureKind.StoreDown, FailureCodes.Unreachable, $"Nothing answers at {host}: the connection could not be made.",
            "Check the store's address and its port, and that its server runs. If both are right, a firewall may drop this server's requests: ask the store's hosting provider.", thrown),
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } or InvalidDataException => new(
            FailureKind.Data, FailureCodes.MalformedAnswer, $"{host} answered with headers or a compression that cannot be read.", TryLater, thrown),
        _ => new(FailureKind.StoreDown, FailureCodes.Unreachable, $"The connection to {host} broke off before the answer was complete.", TryLater, thrown),
    };

    /// <summary>The failure of an answer that is larger than allowed. A smaller page may help.</summary>
    public static ConnectorException TooLarge(int limit) => new(
        FailureKind.Data, FailureCodes.AnswerTooLarge, $"The answer is larger than the {limit / 1024 / 1024} MiB that are allowed.",
        "Nothing needs to be done if a smaller page helps; else the operator of this server can raise Xtnd:Egress:AnswerLimit.");
}
