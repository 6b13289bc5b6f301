using XtndOrleans.Engine;

namespace XtndOrleans.Server.Json;

/// <summary>Reads which part of a list is wanted.</summary>
internal static class Lists
{
    /// <summary>What to do about a time that cannot be read.</summary>
    public const string TimeCure = "Give a time in RFC 3339 with its offset, such as 2026-11-23T08:05:00Z; write '+' as %2B.";

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

    /// <summary>Sees to it that a time was given with its offset: the framework takes others too, and guesses what they mean.</summary>
    public static void CheckTime(HttpContext context, string name)
    {
        if (context.Request.Query[name] is [{ } text, ..] && !UtcTimeConverter.TryRead(text, out _))
        {
            throw Wrong(name, TimeCure);
        }
    }

    public static ProblemException Wrong(string name, string cure) => new(ProblemKind.Invalid, "invalid_parameter", cure) { Errors = { [name] = [cure] } };
}
