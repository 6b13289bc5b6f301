using System.Buffers.Text;
using System.Text;

namespace XtndOrleans.Engine.Records;

/// <summary>Where a list of records goes on: after an external id. Opaque outside, so that it may become something else.</summary>
internal static class RecordCursor
{
    const string Prefix = "r1:";

    public static string Of(string externalId) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Prefix + externalId));

    public static string Read(string cursor)
    {
        try
        {
            // Strict: what is not our own UTF-8 is refused here, not by the database.
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Base64Url.DecodeFromChars(cursor));
            if (text.StartsWith(Prefix, StringComparison.Ordinal) && !text.Contains('\0', StringComparison.Ordinal))
            {
                return text[Prefix.Length..];
            }
        }
        catch (Exception unreadable) when (unreadable is FormatException or ArgumentException)
        {
            // The answer below is the same for every kind of wrong.
        }

        throw ListRequest.BadCursor();
    }
}
