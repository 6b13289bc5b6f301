using System.Security.Cryptography;

namespace XtndOrleans.Simulator;

/// <summary>The six digits that a user's Google Authenticator shows.</summary>
public static class OneTimeCode
{
    public const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The code of a secret in base32, without spaces, at a second since 1970.</summary>
    public static string At(string secret, long second)
    {
        var key = Bytes(secret);
        var step = second / 30;
        var counter = new byte[8];
        for (var i = 7; i >= 0; i--, step >>= 8) counter[i] = (byte)(step & 0xFF);
#pragma warning disable CA5350 // What RFC 6238 and the apps compute.
        var hash = HMACSHA1.HashData(key, counter);
#pragma warning restore CA5350
        var at = hash[19] % 16;
        var number = (((long)(hash[at] & 127)) << 24) + (hash[at + 1] << 16) + (hash[at + 2] << 8) + hash[at + 3];
        return $"{number % 1000000:D6}";
    }

    /// <summary>Whether a code is that of the present step, the one before or the one after.</summary>
    internal static bool Fits(string secret, string code, DateTimeOffset now) =>
        new[] { -30, 0, 30 }.Any(late => At(secret, now.ToUnixTimeSeconds() + late) == code);

    static byte[] Bytes(string secret)
    {
        var bits = string.Concat(secret.Select(letter => Convert.ToString(Base32.IndexOf(letter), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}
