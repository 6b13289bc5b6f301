using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace XtndOrleans.Engine.Connections;

/// <summary>Seals what a connection signs in with. What is sealed for one connection cannot be opened as another's.</summary>
internal sealed class SecretSealer(IDataProtectionProvider protection)
{
    public byte[] Seal(ConnectionId id, ConnectionSignIn signIn) => Protector(id).Protect(Encoding.UTF8.GetBytes(signIn.ToSealable()));

    /// <summary>Opens what <see cref="Seal"/> gave, also what it gave when there were only passwords. Throws <see cref="CryptographicException"/> when the key ring that sealed it is gone.</summary>
    public ConnectionSignIn Open(StoredConnection of) =>
        ConnectionSignIn.Open(of.AccessToken, Encoding.UTF8.GetString(Protector(of.Id).Unprotect(of.SealedSecret)));

    IDataProtector Protector(ConnectionId id) => protection.CreateProtector("xtnd.secret.v1", id.Tenant.ToString("N"), id.Connection.ToString("N"));
}
