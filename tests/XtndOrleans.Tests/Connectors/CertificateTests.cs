using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using XtndOrleans.Connectors;

namespace XtndOrleans.Tests.Connectors;

/// <summary>A store's certificate is a stranger's input too.</summary>
public sealed class CertificateTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_certificate_names_as_its_issuers_address_is_not_asked()
    {
        await using var inside = await StoreStub.Answering(200, "");
        var port = new TaskCompletionSource<int>();
        var shown = Show($"{inside.Root}/admin?delete=all", port);
        await using var services = StoreStub.Services(options => options.AllowPrivateAddresses = true);
        var magento = services.GetRequiredService<ConnectorCatalog>()["magento"];
        Assert.True(magento.TryReadApiUrl($"https://localhost:{await port.Task}", out var address, out _));

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => magento.SignIn(new StoreAccount(address, "admin", "the-password"), Cancel));

        Assert.Equal(FailureCodes.TlsFailed, failure.Code);
        Assert.Contains("intermediate certificate", failure.Cure);
        await shown;
        Assert.Empty(inside.Requests);
    }

    // Its issuer is not sent along, and the server must not look for him: offline.
    static async Task Show(string issuerAddress, TaskCompletionSource<int> port)
    {
        using var certificate = IssuedBy(issuerAddress);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        port.SetResult(((IPEndPoint)listener.LocalEndpoint).Port);
        using var client = await listener.AcceptTcpClientAsync(Cancel);
        await using var stream = new SslStream(client.GetStream());
        try
        {
            await stream.AuthenticateAsServerAsync(new() { ServerCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true) }, Cancel);
            await stream.ReadExactlyAsync(new byte[1], Cancel);
        }
        catch (Exception refused) when (refused is IOException or System.Security.Authentication.AuthenticationException)
        {
            // The client does not trust it.
        }
    }

    static X509Certificate2 IssuedBy(string issuerAddress)
    {
        var (began, ends) = (DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        using var issuerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var issuer = new CertificateRequest("CN=Nobody", issuerKey, HashAlgorithmName.SHA256);
        issuer.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var issuing = issuer.CreateSelfSigned(began, ends);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(null, [issuerAddress]));
        using var issued = request.Create(issuing, began, ends, RandomNumberGenerator.GetBytes(8));
        using var whole = issued.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pfx), null);
    }
}
