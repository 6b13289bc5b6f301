using System.Text;
using System.Text.Unicode;

namespace XtndOrleans.Engine.Records;

/// <summary>
/// What PostgreSQL cannot hold, JSON can: U+0000, halves of surrogate pairs, bytes that are no UTF-8. Each becomes U+FFFD, because one such record
/// must not stop a store.
/// </summary>
internal static class StorableText
{
    public static string? Of(string? text)
    {
        if (text is null || (!text.Contains('\0', StringComparison.Ordinal) && !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF')))
        {
            return text;
        }

        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD');
    }

    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> json) =>
        Utf8.IsValid(json.Span) ? json : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json.Span));
}
