using XtndOrleans.Engine;

namespace XtndOrleans.Server.Json;

/// <summary>Reads which part of a list is wanted.</summary>
internal static class Lists
{
    /// <summary>The part that <c>?limit=</c> and <c>?cursor=</c> name. A limit out of range: <c>invalid_parameter</c>.</summary>
    public static ListRequest Request(int? limit, string? cursor)
    {
        if (limit is < 1 or > ListRequest.MaximumLimit)
        {
            throw Wrong("limit", $"Give a limit from 1 to {ListRequest.MaximumLimit}.");
        }

        return new(limit ?? ListRequest.DefaultLimit, string.IsNullOrEmpty(cursor) ? null : cursor);
    }

    /// <summary>A query parameter that must be one of a few words, or missing.</summary>
    public static string? OneOf(string name, string? value, params ReadOnlySpan<string> allowed)
    {
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        return allowed.Contains(value) ? value : throw Wrong(name, $"Give one of: {string.Join(", ", allowed!)}.");
    }

    public static ProblemException Wrong(string name, string cure) => new(ProblemKind.Invalid, "invalid_parameter", cure) { Errors = { [name] = [cure] } };
}
