using System.Data.Common;
using System.Text.Json;
using System.Text.RegularExpressions;
using XtndOrleans.Engine;
using XtndOrleans.Server.Json;

namespace XtndOrleans.Server.Problems;

/// <summary>Which problem a failure is. Nothing of an exception's text reaches the answer unless it was written for people.</summary>
internal static partial class ProblemMapping
{
    /// <summary>The problem of an exception.</summary>
    public static ApiProblem From(Exception exception) => exception switch
    {
        ProblemException problem => From(problem),
        BadHttpRequestException bad => From(bad),
        // An unreachable silo or database mends itself; the caller may try again.
        OrleansException or TimeoutException or DbException { IsTransient: true } or DbException { InnerException: IOException or TimeoutException } =>
            new(503, "temporarily_unavailable", "The service is starting, moving or busy. Try again in a few seconds.") { RetryAfterSeconds = 2 },
        _ => new(500, "internal_error", "Something went wrong on our side. Nothing of the request needs to change; give the requestId to whoever runs the service."),
    };

    /// <summary>The problem of an answer that has a status and nothing else.</summary>
    public static ApiProblem From(int status) => status switch
    {
        401 => new(status, "unauthenticated", "Give an API key in the header 'Authorization: Bearer xtnd_…'. It is missing, unknown or has been ended."),
        403 => new(status, "forbidden", "The key's role does not allow this call. Use a key with a higher role."),
        404 => new(status, "not_found", "There is no such address. The API is described at /docs."),
        405 => new(status, "method_not_allowed", "This address does not take this method; the header Allow names those it takes."),
        406 => new(status, "not_acceptable", "Accept application/json."),
        413 => new(status, "body_too_large", "Send a body of at most 1 MiB."),
        415 => new(status, "unsupported_media_type", "Send JSON with the header 'Content-Type: application/json'."),
        429 => new(status, "rate_limited", "Too many requests. Wait as long as the header Retry-After says."),
        < 500 => new(status, "bad_request", "The request cannot be read."),
        _ => new(status, "internal_error", "Something went wrong on our side."),
    };

    static ApiProblem From(ProblemException problem) => new(
        problem.Kind switch
        {
            ProblemKind.Invalid => 400,
            ProblemKind.NotFound => 404,
            ProblemKind.Conflict => 409,
            ProblemKind.Stale => 412,
            ProblemKind.Refused => 422,
            _ => 500,
        },
        problem.Code,
        problem.Detail)
    {
        Errors = problem.Errors.Count == 0 ? null : problem.Errors,
    };

    static ApiProblem From(BadHttpRequestException bad)
    {
        if (bad.InnerException is JsonException json)
        {
            return From(json);
        }

        if (bad.StatusCode != 400)
        {
            return From(bad.StatusCode);
        }

        // The framework names the parameter only in its message: Failed to bind parameter "int limit" from "abc".
        if (Parameter().Match(bad.Message) is { Success: true } match)
        {
            var (kind, name) = (match.Groups["kind"].Value.Replace("Nullable<", "", StringComparison.Ordinal), match.Groups["name"].Value);
            return ApiProblem.Field("invalid_parameter", name, Expected(kind));
        }

        return bad.Message.Contains("body", StringComparison.OrdinalIgnoreCase)
            ? new(400, "invalid_json", "Send a JSON object as the body.")
            : From(400);
    }

    static ApiProblem From(JsonException json)
    {
        var field = json.Path?.TrimStart('$').TrimStart('.') ?? "";
        if (field.Length == 0 || json.BytePositionInLine is not null && json.InnerException is not null && json.Message.Contains("is invalid", StringComparison.Ordinal))
        {
            return new(400, "invalid_json", "Send one JSON object as the body, complete and without a comma or quote too many.");
        }

        // Only messages of our own converters are for people; the library's name .NET types.
        var ours = json.Message.StartsWith("Give ", StringComparison.Ordinal);
        var cure = ours ? json.Message.Split(" Path:")[0] : "This value is of the wrong kind. See /docs for what belongs here.";
        return ApiProblem.Field("invalid_field", field, cure);
    }

    static string Expected(string kind) => kind switch
    {
        _ when kind.StartsWith("int", StringComparison.Ordinal) || kind.StartsWith("long", StringComparison.Ordinal) => "Give a whole number.",
        _ when kind.StartsWith("bool", StringComparison.Ordinal) => "Give true or false.",
        _ when kind.StartsWith("DateTimeOffset", StringComparison.Ordinal) => Lists.TimeCure,
        _ => "Give a value of the kind that /docs names.",
    };

    [GeneratedRegex("""parameter "(?<kind>[^" ]+) (?<name>[^" ]+)""")]
    private static partial Regex Parameter();
}
