using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace XtndOrleans.Engine.Tenants;

/// <summary>What a browser holds to prove itself: an id in 32 hexadecimal digits and a secret of 32 random bytes in 64 more. Only the secret's hash is kept.</summary>
internal static class SecretText
{
    const int IdLength = 32;
    const int SecretBytes = 32;

    /// <summary>Makes one for an id.</summary>
    public static string Create(Guid id, out byte[] secret)
    {
        secret = RandomNumberGenerator.GetBytes(SecretBytes);
        return string.Concat(id.ToString("N"), Convert.ToHexStringLower(secret));
    }

    /// <summary>Reads one that somebody presents; false when it cannot be one.</summary>
    public static bool TryRead(string? text, out Guid id, [NotNullWhen(true)] out byte[]? secret)
    {
        (id, secret) = (Guid.Empty, null);
        var bytes = new byte[SecretBytes];
        if (text?.Length == IdLength + (SecretBytes * 2)
            && Guid.TryParseExact(text.AsSpan(0, IdLength), "N", out id)
            && Convert.FromHexString(text.AsSpan(IdLength), bytes, out _, out _) is System.Buffers.OperationStatus.Done)
        {
            secret = bytes;
        }

        return secret is not null;
    }
}
