using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace XtndOrleans.Connectors;

/// <summary>Codes of a second factor that depend on the time (RFC 6238): HMAC-SHA1, six digits, a new one every 30 seconds.</summary>
public static class Totp
{
    const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    const int StepSeconds = 30;
    const int ShortestSecret = 10;

    /// <summary>
    /// Reads a secret as authenticator apps show it: base32, in either case, with or without spaces, hyphens and padding, 80 bits or more.
    /// False when it is something else, such as a code of six digits.
    /// </summary>
    public static bool TryReadSecret(string? typed, [NotNullWhen(true)] out byte[]? secret)
    {
        secret = null;
        var digits = (typed ?? "").Where(c => c is not (' ' or '-')).Select(char.ToUpperInvariant).ToArray().AsSpan().TrimEnd('=');
        List<byte> bytes = [];
        var (bits, held) = (0, 0);
        foreach (var digit in digits)
        {
            var value = Alphabet.IndexOf(digit, StringComparison.Ordinal);
            if (value < 0)
            {
                return false;
            }
            bits = ((bits << 5) | value) & 0xFFF;
            held += 5;
            if (held >= 8)
            {
                held -= 8;
                bytes.Add((byte)(bits >> held));
            }
        }
        secret = bytes.Count < ShortestSecret ? null : [.. bytes];
        return secret is not null;
    }

    /// <summary>The code at a time, by the clock of whoever checks it.</summary>
    public static string Code(byte[] secret, DateTimeOffset at)
    {
        Span<byte> step = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(step, at.ToUnixTimeSeconds() / StepSeconds);
#pragma warning disable CA5350 // What Magento and the authenticator apps compute.
        var hash = HMACSHA1.HashData(secret, step);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xF)) & 0x7FFFFFFF;
        return (number % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
    }
}
