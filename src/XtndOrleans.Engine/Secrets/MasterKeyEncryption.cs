using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace XtndOrleans.Engine.Secrets;

/// <summary>
/// Seals the keys of the ring with the master key from configuration (AES-256-GCM), so that a copy of the database alone opens nothing.
/// Data Protection's own encryptors need a certificate or Windows; a 32-byte key is what operators can rotate and keep in any vault.
/// </summary>
internal sealed class MasterKeyEncryptor(SecretOptions options) : IXmlEncryptor
{
    /// <summary>The element that holds what was sealed.</summary>
    public const string Element = "masterKey";

    /// <summary>Its attribute that names the master key without telling it.</summary>
    public const string KeyId = "id";

    // Data Protection's own names: it marks so what must be sealed before it is stored, and finds so what must be opened.
    static readonly XNamespace Mark = "http://schemas.asp.net/2015/03/dataProtection";

    /// <summary>Seals every part of an element that is marked as secret, as Data Protection does when it stores a new key; false when there is none.</summary>
    public static bool SealWithin(XElement element, SecretOptions options)
    {
        var plain = element.Descendants().Where(part => (bool?)part.Attribute(Mark + "requiresEncryption") == true).ToList();
        foreach (var part in plain)
        {
            var closed = new MasterKeyEncryptor(options).Encrypt(new XElement(part));
            part.ReplaceWith(new XElement(Mark + "encryptedSecret", new XAttribute("decryptorType", closed.DecryptorType.AssemblyQualifiedName!), closed.EncryptedElement));
        }

        return plain.Count > 0;
    }

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var nonce = RandomNumberGenerator.GetBytes(AesGcm.NonceByteSizes.MaxSize);
        var tag = new byte[AesGcm.TagByteSizes.MaxSize];
        var cipher = new byte[plain.Length];
        using var aes = new AesGcm(options.ReadMasterKey(), tag.Length);
        aes.Encrypt(nonce, plain, cipher, tag);
        CryptographicOperations.ZeroMemory(plain);
        return new(
            new(Element, new XAttribute(KeyId, options.MasterKeyId), Convert.ToBase64String([.. nonce, .. tag, .. cipher])),
            typeof(MasterKeyDecryptor));
    }
}

/// <summary>Opens what <see cref="MasterKeyEncryptor"/> sealed. Data Protection creates it by its name in the stored element.</summary>
internal sealed class MasterKeyDecryptor(IServiceProvider services) : IXmlDecryptor
{
    readonly SecretOptions options = services.GetRequiredService<IOptions<SecretOptions>>().Value;

    public XElement Decrypt(XElement encryptedElement)
    {
        var sealedBytes = Convert.FromBase64String(encryptedElement.Value).AsSpan();
        var nonce = sealedBytes[..AesGcm.NonceByteSizes.MaxSize];
        var tag = sealedBytes.Slice(nonce.Length, AesGcm.TagByteSizes.MaxSize);
        var cipher = sealedBytes[(nonce.Length + tag.Length)..];
        var plain = new byte[cipher.Length];
        using var aes = new AesGcm(options.ReadMasterKey((string?)encryptedElement.Attribute(MasterKeyEncryptor.KeyId)), tag.Length);
        aes.Decrypt(nonce, cipher, tag, plain);
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }
}
