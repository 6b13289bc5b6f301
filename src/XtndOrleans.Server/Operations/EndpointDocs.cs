using System.Diagnostics.CodeAnalysis;
using XtndOrleans.Server.Problems;

namespace XtndOrleans.Server.Operations;

/// <summary>An example of a body, as JSON. <see cref="Status"/> is null for the request.</summary>
internal sealed record ApiExample(int? Status, [property: StringSyntax(StringSyntaxAttribute.Json)] string Json);

/// <summary>Says in the OpenAPI document what an endpoint does, takes and answers.</summary>
internal static class EndpointDocs
{
    /// <summary>What it does, in a line and in a few.</summary>
    public static RouteHandlerBuilder Says(this RouteHandlerBuilder endpoint, string summary, string description) =>
        endpoint.WithSummary(summary).WithDescription(description);

    /// <summary>An example of the body it takes.</summary>
    public static RouteHandlerBuilder Takes(this RouteHandlerBuilder endpoint, [StringSyntax(StringSyntaxAttribute.Json)] string example) =>
        endpoint.WithMetadata(new ApiExample(null, example));

    /// <summary>A success with a body, and an example of it.</summary>
    public static RouteHandlerBuilder Gives<T>(this RouteHandlerBuilder endpoint, int status, [StringSyntax(StringSyntaxAttribute.Json)] string example) =>
        endpoint.Produces<T>(status).WithMetadata(new ApiExample(status, example));

    /// <summary>A success without a body.</summary>
    public static RouteHandlerBuilder Gives(this RouteHandlerBuilder endpoint, int status) => endpoint.Produces(status);

    /// <summary>The refusals that only some endpoints know; those of every endpoint are added to the document once.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
        {
            endpoint.Produces<ApiProblem>(status, ApiProblem.MediaType);
        }

        return endpoint;
    }
}
