using System.Text.Json.Serialization;
using Microsoft.AspNetCore.WebUtilities;
using XtndOrleans.Server.Json;

namespace XtndOrleans.Server.Problems;

/// <summary>What every answer that is not a success looks like: RFC 9457, <c>application/problem+json</c>.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">Stable snake_case name.</param>
/// <param name="Detail">What to do, in words.</param>
public sealed record ApiProblem(int Status, string Code, string Detail)
{
    /// <summary>The media type.</summary>
    public const string MediaType = "application/problem+json";

    /// <summary>Always <c>about:blank</c>: <see cref="Code"/> tells the kind.</summary>
    [JsonPropertyOrder(-2)] public string Type { get; init; } = "about:blank";

    /// <summary>The status in words.</summary>
    [JsonPropertyOrder(-1)] public string Title { get; init; } = ReasonPhrases.GetReasonPhrase(Status);

    /// <summary>Per field of the input, what is wrong with it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>Finds the request in the logs.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? RequestId { get; init; }

    /// <summary>In how many seconds the same request may succeed; becomes the header.</summary>
    [JsonIgnore] public int? RetryAfterSeconds { get; init; }

    /// <summary>An input that is wrong in one field.</summary>
    public static ApiProblem Field(string code, string field, string cure) =>
        new(StatusCodes.Status400BadRequest, code, cure) { Errors = new Dictionary<string, string[]> { [field] = [cure] } };

    /// <summary>Writes it as the answer.</summary>
    public Task Write(HttpContext context)
    {
        context.Response.StatusCode = Status;
        if (RetryAfterSeconds is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return context.Response.WriteAsJsonAsync(this with { RequestId = context.TraceIdentifier }, ApiJson.Options, MediaType, context.RequestAborted);
    }
}
