using XtndOrleans.Connectors.Http;

namespace XtndOrleans.Connectors.Magento;

/// <summary>
/// Turns an answer that is not what was asked for into a failure that carries a decision. It decides by status and parameters, never by a message, which is
/// translated. A 500 that Magento itself words (both its shapes) or leaves blank is <see cref="FailureKind.Data"/>: mostly one record of the page brings it
/// about, and a smaller page tells. A 500 of the web server or of a dead database, and all of 502 to 504, is <see cref="FailureKind.StoreDown"/>.
/// </summary>
internal static class MagentoFailures
{
    const string Passes = "Nothing needs to be done if it passes: it is tried again. If it stays, ask the store's hosting provider or look into Magento's logs.";
    const string AskHost = "Ask the store's hosting provider to let this server's requests to /rest pass.";

    /// <summary>An answer with a success status that is not an answer.</summary>
    /// <param name="what">What is wrong, continuing "The store's answer …"; no content of it.</param>
    /// <param name="reply">What <see cref="StoreReply"/> leaves of it.</param>
    public static ConnectorException Malformed(string what, string? reply = null) =>
        new(FailureKind.Data, FailureCodes.MalformedAnswer, $"The store's answer {what}.", Passes) { Reply = reply };

    /// <summary>A list with records that the request excludes.</summary>
    public static ConnectorException NotAsked() => Malformed("has records that were not asked for: the store ignores the filter by id");

    /// <summary>The failure that an answer stands for whatever was asked; null for a success status with a body that is not a web page.</summary>
    public static ConnectorException? From(StoreAnswer answer, MagentoError error, DateTimeOffset now)
    {
        if (answer.Status is < 300 and >= 200 && !error.IsPage)
        {
            return null;
        }
        if (Firewall.Recognise(answer, error.IsPage) is { } firewall)
        {
            return Blocked(answer.Status, $"{firewall} answered in the store's place and did not let the request pass.");
        }
        return answer.Status switch
        {
            < 300 => new(FailureKind.Data, FailureCodes.MalformedAnswer, "The store answered with a web page instead of data.", Passes)
            {
                Status = answer.Status,
                Reply = StoreReply.Of(answer),
            },
            < 400 => Redirected(answer),
            401 => Unauthorized(error, answer.Status),
            403 => Blocked(403, "Something in front of the store forbids the request; Magento itself never answers 403."),
            404 when error.IsJson => Store(FailureKind.Data, 404, "The store could not find something that its list needs.", Passes, reply: StoreReply.Of(answer)),
            404 => NotMagento(404),
            408 => Store(FailureKind.StoreDown, 408, "The store gave up waiting for the request.", Passes),
            429 => Throttled(answer.RetryAfter(now)),
            < 500 => Refused(error, answer.Status),
            500 when error.IsJson || answer.Body.IsEmpty => Store(FailureKind.Data, 500, "The store failed while it made this answer.", Passes, reply: StoreReply.Of(answer)),
            503 when !error.IsJson => Maintenance(answer.RetryAfter(now)),
            _ => Store(FailureKind.StoreDown, answer.Status, $"The store's web server answered {answer.Status}.", Passes, answer.RetryAfter(now)),
        };
    }

    /// <summary>An address behind which there is no Magento API.</summary>
    public static ConnectorException NotMagento(int status) => new(
        FailureKind.Rejected, FailureCodes.NotAMagentoApi, "There is no Magento API at this address.",
        "Type the address of the store itself, like https://shop.example/rest/V1; a store that has no URL rewrites needs https://shop.example/index.php/rest/V1.")
    {
        Status = status,
    };

    static ConnectorException Redirected(StoreAnswer answer)
    {
        // Of the target only scheme, host and port are told: a location may carry anything.
        var target = answer.Location is { IsAbsoluteUri: true, Scheme: "http" or "https" } location ? location.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped) : null;
        return new ConnectorException(
            FailureKind.Rejected, FailureCodes.Redirected, "The store redirects to another address; a redirect is never followed, because that would hand the credentials on.",
            target is null ? "Type the address to which the store redirects." : $"Type the address to which the store redirects: {target}.")
        {
            Status = answer.Status,
        };
    }

    static ConnectorException Unauthorized(MagentoError error, int status) => error.IsJson
        ? new(FailureKind.Unauthorized, FailureCodes.Unauthorized, "The store does not accept the token for this.", MagentoPermissions.Cure(error.Resources))
        {
            Status = status,
            MissingPermission = error.Resources,
        }
        : Blocked(status, "The web server in front of the store asks for a password of its own.");

    static ConnectorException Refused(MagentoError error, int status) => error switch
    {
        { Max: { } max } => new(
            FailureKind.Rejected, FailureCodes.PageSizeRefused, $"The store allows no more than {max} records per page.", "Nothing needs to be done: smaller pages are asked for.")
        {
            Status = status,
            MaximumPageSize = max,
        },
        { IsWrongPath: true } => new(
            FailureKind.Rejected, FailureCodes.NotAMagentoApi, "Magento does not know the path of this address.",
            "Check the store view's code in the address, or leave it out: https://shop.example/rest/V1. REST paths are case-sensitive.")
        {
            Status = status,
        },
        _ => new(FailureKind.Rejected, FailureCodes.RequestRefused, $"The store refused the request ({status}).", "Check the store's address; if it is right, a module of the store may change its API.")
        {
            Status = status,
        },
    };

    static ConnectorException Throttled(TimeSpan? retryAfter) => new(
        FailureKind.Rate, FailureCodes.RateLimited, "The store says that there are too many requests.", "Nothing needs to be done: the requests become fewer by themselves.")
    {
        Status = 429,
        RetryAfter = retryAfter,
    };

    static ConnectorException Maintenance(TimeSpan? retryAfter) => new(
        FailureKind.StoreDown, FailureCodes.Maintenance, "The store is in maintenance or overloaded (503).",
        "Wait until its maintenance ends. If it is not in maintenance, run bin/magento maintenance:disable or ask the hosting provider.")
    {
        Status = 503,
        RetryAfter = retryAfter,
    };

    static ConnectorException Blocked(int status, string message) => new(FailureKind.Blocked, FailureCodes.BlockedByFirewall, message, AskHost) { Status = status };

    static ConnectorException Store(FailureKind kind, int status, string message, string cure, TimeSpan? retryAfter = null, string? reply = null) =>
        new(kind, FailureCodes.StoreError, message, cure) { Status = status, RetryAfter = retryAfter, Reply = reply };
}
