using System.Security.Cryptography;

namespace XtndOrleans.Engine.Secrets;

/// <summary>What protects the key ring. Section <c>Xtnd:Secrets</c>.</summary>
public sealed class SecretOptions
{
    /// <summary>The setting's full name, for messages.</summary>
    public const string MasterKeySetting = "Xtnd:Secrets:MasterKey";

    /// <summary>
    /// 32 random bytes in base64 that seal the key ring in the database. Required outside development: without it, a copy of the database opens every secret.
    /// Make one with <c>openssl rand -base64 32</c>.
    /// </summary>
    public string? MasterKey { get; set; }

    /// <summary>Earlier master keys, still needed to open keys of the ring that they sealed. Base64, in any order.</summary>
    public IList<string> OldMasterKeys { get; init; } = [];

    /// <summary>Whether a master key is given.</summary>
    public bool HasMasterKey => !string.IsNullOrWhiteSpace(MasterKey);

    /// <summary>Names the master key without telling it: the first bytes of its hash.</summary>
    internal string MasterKeyId => Id(Bytes(MasterKey!));

    /// <summary>What is wrong with the values, naming the setting and what is allowed; null when nothing is.</summary>
    public string? Problem()
    {
        foreach (var key in OldMasterKeys.Append(MasterKey).Where(key => !string.IsNullOrWhiteSpace(key)))
        {
            var bytes = new byte[64];
            if (!Convert.TryFromBase64String(key!, bytes, out var length) || length != 32)
            {
                return $"{MasterKeySetting} (or one of Xtnd:Secrets:OldMasterKeys) is not 32 bytes in base64. Make one with: openssl rand -base64 32";
            }
        }

        return null;
    }

    /// <summary>The key with that id, or the present one.</summary>
    internal byte[] ReadMasterKey(string? id = null)
    {
        foreach (var key in OldMasterKeys.Prepend(MasterKey).Where(key => !string.IsNullOrWhiteSpace(key)))
        {
            var bytes = Bytes(key!);
            if (id is null || Id(bytes) == id)
            {
                return bytes;
            }
        }

        throw new CryptographicException(Missing(id));
    }

    /// <summary>What is wrong when the key ring was sealed with a master key that is not given; null when it is.</summary>
    internal string? ProblemWith(string id) =>
        OldMasterKeys.Append(MasterKey).Any(key => !string.IsNullOrWhiteSpace(key) && Id(Bytes(key)) == id) ? null : Missing(id);

    static string Missing(string? id) =>
        $"The key ring in the database was sealed with the master key {id}, which is neither {MasterKeySetting} nor among Xtnd:Secrets:OldMasterKeys. Give it there.";

    static byte[] Bytes(string key) => Convert.FromBase64String(key);

    static string Id(byte[] key) => Convert.ToHexStringLower(SHA256.HashData(key).AsSpan(0, 4));
}
