using System.Text;

namespace XtndOrleans.SystemTests.Secrets;

/// <summary>Finds a secret in a text, however it was written there.</summary>
internal static class Leaks
{
    const int Around = 60;

    /// <summary>
    /// Asserts that the secret is not in the text: as it is, escaped for JSON, URLs or HTML, in hexadecimal (as PostgreSQL dumps bytes) or in base64 at any
    /// place of a longer text.
    /// </summary>
    public static void AssertNone(string where, string text, string secret)
    {
        foreach (var form in Forms(secret).Distinct(StringComparer.Ordinal))
        {
            var at = text.IndexOf(form, StringComparison.OrdinalIgnoreCase);
            Assert.True(at < 0, at < 0 ? "" : $"{where} has a secret, written as {form}: …{text[Math.Max(0, at - Around)..Math.Min(text.Length, at + form.Length + Around)]}…");
        }
    }

    /// <summary>What of a secret stays the same in every escaping of text: its longest run of letters and digits.</summary>
    public static string Core(string secret) =>
        new string([.. secret.Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' ')]).Split(' ').MaxBy(part => part.Length)!;

    static IEnumerable<string> Forms(string secret)
    {
        foreach (var text in (string[])[secret, Core(secret)])
        {
            yield return text;
            var bytes = Encoding.UTF8.GetBytes(text);
            yield return Convert.ToHexString(bytes);
            yield return Convert.ToHexString(Encoding.Unicode.GetBytes(text));
            for (var shift = 0; shift < 3; shift++)
            {
                yield return Base64Within(bytes, shift);
            }
        }
    }

    // Of the base64 of a longer text, the characters that come from these bytes alone when as many bytes stand before them.
    static string Base64Within(byte[] bytes, int shift)
    {
        var text = Convert.ToBase64String([.. new byte[shift], .. bytes]).TrimEnd('=');
        var first = shift == 0 ? 0 : shift + 1;
        var whole = (shift + bytes.Length) / 3 * 4;
        return text[first..Math.Min(whole, text.Length)];
    }
}
