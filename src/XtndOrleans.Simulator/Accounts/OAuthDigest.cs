using System.Security.Cryptography;
using System.Text;

namespace XtndOrleans.Simulator;

/// <summary>What a request's signature must be, computed the long way and with Magento's natural order of names.</summary>
internal static class OAuthDigest
{
    public static string Of(string method, string place, IEnumerable<(string Name, string Value)> parameters, string consumerSecret, string tokenSecret)
    {
        var lines = parameters.Select(one => (Name: Quote(one.Name), Value: Quote(one.Value))).ToList();
        lines.Sort((a, b) => Natural(a.Name, b.Name) is var byName && byName != 0 ? byName : string.CompareOrdinal(a.Value, b.Value));
        var text = new StringBuilder(method.ToUpperInvariant()).Append('&').Append(Quote(place)).Append('&');
        text.Append(Quote(string.Join("&", lines.Select(line => line.Name + "=" + line.Value))));
        using var hmac = new HMACSHA256(Encoding.ASCII.GetBytes(Quote(consumerSecret) + "&" + Quote(tokenSecret)));
        return Convert.ToBase64String(hmac.ComputeHash(Encoding.ASCII.GetBytes(text.ToString())));
    }

    static string Quote(string text)
    {
        var quoted = new StringBuilder();
        foreach (var each in Encoding.UTF8.GetBytes(text))
        {
            if (each is >= (byte)'a' and <= (byte)'z' or >= (byte)'A' and <= (byte)'Z' or >= (byte)'0' and <= (byte)'9' || "-._~".Contains((char)each))
                quoted.Append((char)each);
            else
                quoted.Append('%').Append("0123456789ABCDEF"[each >> 4]).Append("0123456789ABCDEF"[each & 15]);
        }
        return quoted.ToString();
    }

    /// <summary>PHP's strnatcmp, as far as names of parameters need it: a run of digits is a number.</summary>
    static int Natural(string a, string b)
    {
        var (i, j) = (0, 0);
        while (i < a.Length && j < b.Length)
        {
            var (x, y) = (Digits(a, i), Digits(b, j));
            if (x.Length > 0 && y.Length > 0)
            {
                if (x.Length != y.Length) return x.Length - y.Length;
                if (string.CompareOrdinal(x, y) is var runs && runs != 0) return runs;
                (i, j) = (i + x.Length, j + y.Length);
                continue;
            }
            if (a[i] != b[j]) return a[i] - b[j];
            (i, j) = (i + 1, j + 1);
        }
        return a.Length - i - (b.Length - j);
    }

    static string Digits(string text, int from) => new([.. text.Skip(from).TakeWhile(char.IsAsciiDigit)]);
}
