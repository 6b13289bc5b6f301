using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace XtndOrleans.Engine.Connections;

/// <summary>Seals a connection's secret. What is sealed for one connection cannot be opened as another's.</summary>
internal sealed class SecretSealer(IDataProtectionProvider protection)
{
    public byte[] Seal(ConnectionId id, string secret) => Protector(id).Protect(Encoding.UTF8.GetBytes(secret));

    /// <summary>Opens what <see cref="Seal"/> gave. Throws <see cref="CryptographicException"/> when the key ring that sealed it is gone.</summary>
    public string Open(ConnectionId id, byte[] sealedSecret) => Encoding.UTF8.GetString(Protector(id).Unprotect(sealedSecret));

    IDataProtector Protector(ConnectionId id) => protection.CreateProtector("xtnd.secret.v1", id.Tenant.ToString("N"), id.Connection.ToString("N"));
}
