using System.Text;
using XtndOrleans.Connectors;

namespace XtndOrleans.Tests.Connectors;

public sealed class MagentoSignInTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_lives_as_long_as_its_claims_say_whatever_the_clocks_are()
    {
        // Issued in 2001: only the difference of the two claims counts.
        var token = $"{Part("""{"kid":"1","alg":"HS256"}""")}.{Part("""{"uid":1,"utypid":2,"iat":1000000000,"exp":1000003600}""")}.c2lnbmF0dXJl";
        await using var store = await StoreStub.Answering(200, $"\"{token}\"");

        Assert.Equal(new StoreToken(token, TimeSpan.FromHours(1)), await store.Magento.SignIn(store.Account, Cancel));
        Assert.Equal("POST /rest/V1/integration/admin/token", Assert.Single(store.Requests));
    }

    [Theory]
    [InlineData("opaquetokenofolderversions123456")]
    [InlineData("not.a.jwt")]
    [InlineData("a.b.c.d.e")]
    public async Task A_token_that_cannot_be_looked_into_has_no_known_life(string token)
    {
        await using var store = await StoreStub.Answering(200, $"\"{token}\"");
        Assert.Equal(new StoreToken(token, null), await store.Magento.SignIn(store.Account, Cancel));
    }

    [Theory]
    [InlineData(401, """{"message":"Die Anmeldung war nicht korrekt."}""", FailureCodes.CredentialsRejected, FailureKind.Credentials)]
    [InlineData(400, """{"message":"x","parameters":{"active_providers":["google"]}}""", FailureCodes.TwoFactorRequired, FailureKind.Credentials)]
    [InlineData(400, """{"message":"x","parameters":{"providers":["google"],"active_providers":[]}}""", FailureCodes.TwoFactorNotConfigured, FailureKind.Credentials)]
    [InlineData(400, """{"message":"Bitte einen Administrator fragen"}""", FailureCodes.TwoFactorNotConfigured, FailureKind.Credentials)]
    [InlineData(400, """{"message":"Specified request cannot be processed."}""", FailureCodes.NotAMagentoApi, FailureKind.Rejected)]
    [InlineData(400, """{"message":"x","parameters":{"fieldName":"username"}}""", FailureCodes.RequestRefused, FailureKind.Rejected)]
    [InlineData(404, """{"message":"Request does not match any route."}""", FailureCodes.NotAMagentoApi, FailureKind.Rejected)]
    [InlineData(404, "<html>Not here</html>", FailureCodes.NotAMagentoApi, FailureKind.Rejected)]
    [InlineData(200, "<html>Welcome</html>", FailureCodes.NotAMagentoApi, FailureKind.Rejected)]
    [InlineData(200, """{"token":"x"}""", FailureCodes.NotAMagentoApi, FailureKind.Rejected)]
    [InlineData(200, "\"two\\r\\nlines\"", FailureCodes.NotAMagentoApi, FailureKind.Rejected)]
    [InlineData(200, "\"two,tokens\"", FailureCodes.NotAMagentoApi, FailureKind.Rejected)]
    [InlineData(200, "\"a\\\"quoted\\\"one\"", FailureCodes.NotAMagentoApi, FailureKind.Rejected)]
    [InlineData(200, "\"\\ud800\"", FailureCodes.NotAMagentoApi, FailureKind.Rejected)]
    [InlineData(401, "{\"message\":\"\\ud800\"}", FailureCodes.CredentialsRejected, FailureKind.Credentials)]
    [InlineData(200, "", FailureCodes.NotAMagentoApi, FailureKind.Rejected)]
    [InlineData(200, "<html><title>Just a moment...</title></html>", FailureCodes.BlockedByFirewall, FailureKind.Blocked)]
    [InlineData(401, "<html>Basic</html>", FailureCodes.BlockedByFirewall, FailureKind.Blocked)]
    [InlineData(403, "<html>Forbidden</html>", FailureCodes.BlockedByFirewall, FailureKind.Blocked)]
    [InlineData(429, "", FailureCodes.RateLimited, FailureKind.Rate)]
    [InlineData(500, """{"message":"Internal Error. Report ID: webapi-1"}""", FailureCodes.StoreError, FailureKind.StoreDown)]
    [InlineData(503, "<!doctype html><html><h1>Service Temporarily Unavailable</h1></html>", FailureCodes.Maintenance, FailureKind.StoreDown)]
    public async Task A_refused_sign_in_says_why_and_is_sent_once(int status, string body, string code, FailureKind kind)
    {
        await using var store = await StoreStub.Answering(status, body);

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => store.Magento.SignIn(store.Account, Cancel));

        Assert.Equal((code, kind), (failure.Code, failure.Kind));
        Assert.Single(store.Requests);
        Assert.All([failure.Message, failure.Cure], text => Assert.False(string.IsNullOrWhiteSpace(text)));
        Assert.DoesNotContain("the-password", failure.ToString());
    }

    static string Part(string json) => Convert.ToBase64String(Encoding.UTF8.GetBytes(json)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
