using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace XtndOrleans.Engine.Tenants;

/// <summary>The text of an API key: <c>xtnd_</c>, the key's id in 32 hexadecimal digits, a secret of 32 random bytes in 64 more.</summary>
public static class ApiKeyText
{
    /// <summary>What every key of a tenant begins with.</summary>
    public const string Prefix = "xtnd_";

    const int IdLength = 32;
    const int SecretLength = 64;

    /// <summary>Makes a key for an id.</summary>
    /// <param name="id">The key's id.</param>
    /// <param name="hash">SHA-256 of the secret: all that may be kept.</param>
    public static string Create(Guid id, out byte[] hash)
    {
        var secret = RandomNumberGenerator.GetBytes(SecretLength / 2);
        hash = SHA256.HashData(secret);
        return string.Concat(Prefix, id.ToString("N"), Convert.ToHexStringLower(secret));
    }

    /// <summary>Reads a key that somebody presents; false when it cannot be one.</summary>
    public static bool TryRead(string text, out Guid id, [NotNullWhen(true)] out byte[]? hash)
    {
        (id, hash) = (Guid.Empty, null);
        var secret = new byte[SecretLength / 2];
        if (text.Length == Prefix.Length + IdLength + SecretLength
            && text.StartsWith(Prefix, StringComparison.Ordinal)
            && Guid.TryParseExact(text.AsSpan(Prefix.Length, IdLength), "N", out id)
            && Convert.FromHexString(text.AsSpan(Prefix.Length + IdLength), secret, out _, out _) is System.Buffers.OperationStatus.Done)
        {
            hash = SHA256.HashData(secret);
        }

        return hash is not null;
    }
}
