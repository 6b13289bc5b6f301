using System.Globalization;

namespace XtndOrleans.Server.Json;

/// <summary>A version as an ETag, and back from If-Match.</summary>
internal static class Versions
{
    const long Never = -1;

    /// <summary>Tells the caller which version this is.</summary>
    public static void Tag(this HttpContext context, long version) =>
        context.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>The version that If-Match names; null when any will do. A tag that is not ours matches no version.</summary>
    public static long? Wanted(this HttpContext context)
    {
        var text = context.Request.Headers.IfMatch.ToString().Trim();
        if (text is "" or "*")
        {
            return null;
        }

        return text is ['"', .. var inner, '"'] && long.TryParse(inner, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : Never;
    }
}
