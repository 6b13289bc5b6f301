using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using XtndOrleans.Connectors.Http;

namespace XtndOrleans.Connectors.Magento;

/// <summary>
/// What a person may see of an answer that is no answer: Magento's own message, or a web page's title. Whatever could be personal or secret in it is masked:
/// addresses of people, long numbers, what an address asks for, and what looks like a token.
/// </summary>
internal static partial class StoreReply
{
    const int Longest = 300;
    const int Looked = 4096;
    const string Mask = "***";

    /// <summary>The status and what the answer says; null when it says nothing.</summary>
    public static string? Of(StoreAnswer answer) => answer.IsPage
        ? $"{answer.Status} {Shown(Title(answer.Text.Span))}".TrimEnd()
        : Message(answer.Text) is { } message ? Shown(message) : null;

    /// <summary>A text without what may be personal or secret, 300 characters at most.</summary>
    internal static string Shown(string text)
    {
        // What was cut in two would not be recognised.
        var whole = text.Length <= Looked ? text : text[..Math.Max(0, text.LastIndexOf(' ', Looked))];
        var masked = Secrets().Replace(Query().Replace(whole, $"$1?{Mask}"), Mask).ReplaceLineEndings(" ").Replace("\0", "", StringComparison.Ordinal).Trim();
        return masked.Length <= Longest ? masked : $"{masked[..(Longest - 1)]}…";
    }

    // {"message"}, or of a PHP that died {"messages":{"error":[{"message"}]}}.
    static string? Message(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var error = document.RootElement;
            if (Property(Property(error, "messages"), "error") is { ValueKind: JsonValueKind.Array } errors)
            {
                error = errors.EnumerateArray().FirstOrDefault();
            }
            return Property(error, "message") is { ValueKind: JsonValueKind.String } message ? message.GetString() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    static string Title(ReadOnlySpan<byte> page) => TitleTag().Match(Encoding.UTF8.GetString(page[..Math.Min(page.Length, Looked)])).Groups["title"].Value;

    static JsonElement Property(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    [GeneratedRegex("""(https?://[^\s"'<>?]*|/[^\s"'<>?]+)\?[^\s"'<>]*""", RegexOptions.IgnoreCase)]
    private static partial Regex Query();

    // An e-mail address; nine digits or more, also in groups as on a card; letters and digits as in a token.
    [GeneratedRegex("""[^\s"'<>@(),;:]+@[^\s"'<>@(),;]+|\d{9,}|\d{4}(?:[ -]\d{4}){2,}|[A-Za-z0-9]{20,}|[A-Za-z0-9_+/=-]{32,}""")]
    private static partial Regex Secrets();

    [GeneratedRegex("<title[^>]*>(?<title>[^<]*)", RegexOptions.IgnoreCase)]
    private static partial Regex TitleTag();
}
