using System.Text;
using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Engine.Records;

/// <summary>What a person typed to find records, as the indexes want it.</summary>
internal static class SearchText
{
    /// <summary>Numbers are padded with zeros up to this length: Magento's have nine digits, others a few more.</summary>
    const int LongestNumber = 12;

    const int MostWords = 6;
    const int LongestWord = 100;

    /// <summary>Sorts behind every text, in the collation of the keys.</summary>
    public const string Highest = "\U0010FFFF";

    /// <summary>What was typed, without what PostgreSQL cannot hold and a sign before a number; null when nothing is left.</summary>
    public static string? Of(string? typed) =>
        StorableText.Of(typed)?.Trim().TrimStart('#').Trim() is { Length: > 0 } text ? text[..Math.Min(text.Length, LongestWord * MostWords)] : null;

    /// <summary>A question for xtnd.words: every word typed is the beginning of one of the record's, and the status is the one asked for. Not yet in lower case; that is the database's, as it was when the words were made.</summary>
    public static string Words(ConnectionId connection, string? typed, string? status = null)
    {
        var mark = connection.Connection.ToString("D")[^8..];
        var words = (typed ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(MostWords)
            .Select(word => $"({string.Join(" | ", Variants(word).Select(variant => Lexeme(mark + variant) + ":*"))})");
        return string.Join(" & ", status is null ? words : words.Append(Lexeme($"{mark}={status.Split(' ')[0]}")));
    }

    /// <summary>
    /// What a key may begin with when this was typed: itself in either case, and a number with other zeros before it. '12345' and '000012345' mean the same order.
    /// </summary>
    public static string[] Keys(string typed) => [.. Variants(typed).Concat([typed.ToUpperInvariant(), typed.ToLowerInvariant()]).Distinct(StringComparer.Ordinal)];

    static IEnumerable<string> Variants(string word)
    {
        var digits = word.AsSpan().IndexOfAnyExceptInRange('0', '9') is var end && end < 0 ? word.Length : end;
        var bare = word.TrimStart('0');
        return digits == 0
            ? [word]
            : Enumerable.Range(0, Math.Max(0, LongestNumber - (digits - (word.Length - bare.Length))) + 1).Select(zeros => new string('0', zeros) + bare)
                .Where(number => number.Length > 0).Append(word).Distinct(StringComparer.Ordinal);
    }

    static string Lexeme(string word)
    {
        var text = new StringBuilder("'");
        foreach (var letter in word.AsSpan(0, Math.Min(word.Length, LongestWord)))
        {
            text.Append(letter is '\'' or '\\' ? new string(letter, 2) : letter);
        }

        return text.Append('\'').ToString();
    }
}
