using Microsoft.Extensions.DependencyInjection;
using XtndOrleans.Connectors;
using XtndOrleans.Engine;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Tests.Connectors;

namespace XtndOrleans.Tests.Engine;

public sealed class SignInRulesTests : IDisposable
{
    const string Address = "https://shop.example/rest/V1";

    static readonly ConnectionSignIn User = new("user", "the saved one", "JBSWY3DPEHPK3PXP", null);
    static readonly ConnectionSignIn Integrated = new("", "", null, new("key-abcd", "secret", "token", "token-secret"));
    static readonly AuthDraft Whole = new("integration", null, "ck", "cs", "at", "ats");

    readonly ServiceProvider services = StoreStub.Services();

    public void Dispose() => services.Dispose();

    [Fact]
    public void Each_way_to_sign_in_becomes_an_account()
    {
        Assert.Equal(new ConnectionSignIn("u", "p", null, null), Check("u", "p", null));
        Assert.Equal(new ConnectionSignIn("u", "p", "JBSWY3DPEHPK3PXP", null), Check(" u ", "p", new("password", " JBSWY3DPEHPK3PXP ", null, null, null, null)));
        Assert.Equal(new ConnectionSignIn("", "", null, new("ck", "cs", "at", "ats")), Check(null, null, Whole));
        Assert.Equal(new ConnectionSignIn("", "", null, new("", "", "at", "")), Check(null, null, new("integration", null, "", null, " at ", null)));
    }

    [Theory]
    [InlineData("u", "p", null, null, null, null, null, null, "auth.kind")]
    [InlineData("u", "p", "magic", null, null, null, null, null, "auth.kind")]
    [InlineData("u", "p", "password", "123456", null, null, null, null, "auth.totpSecret")]
    [InlineData("u", "p", "password", null, "ck", null, null, null, "auth.consumerKey")]
    [InlineData("", "", "password", null, null, null, null, null, "accessToken secret")]
    [InlineData(null, null, "integration", null, null, null, null, null, "auth.accessToken")]
    [InlineData(null, null, "integration", null, "ck", null, "at", null, "auth.consumerSecret auth.accessTokenSecret")]
    [InlineData(null, null, "integration", null, "ck", "c s", "a\nt", "äts", "auth.consumerSecret auth.accessToken auth.accessTokenSecret")]
    [InlineData("u", "p", "integration", "JBSWY3DPEHPK3PXP", null, null, "at", null, "accessToken secret auth.totpSecret")]
    public void What_is_wrong_is_told_beside_its_field(
        string? user, string? password, string? kind, string? totp, string? key, string? secret, string? token, string? tokenSecret, string fields)
    {
        var refused = Assert.Throws<ProblemException>(() => Check(user, password, new(kind, totp, key, secret, token, tokenSecret)));
        Assert.Equal(fields.Split(' '), refused.Errors.Keys);
    }

    [Fact]
    public void A_change_leaves_what_it_does_not_name()
    {
        Assert.Equal(User, Change(User, new(null, null, null, null, null)));
        Assert.Equal(Integrated, Change(Integrated, new("Renamed", null, null, null, null)));
        Assert.Equal(User with { Password = "new" }, Change(User, new(null, null, null, "new", null)));
        Assert.Equal(User with { TotpSecret = "GEZDGNBVGY3TQOJQ" }, Change(User, Auth(new("password", "GEZDGNBVGY3TQOJQ", null, null, null, null))));
        Assert.Equal(User, Change(User, Auth(new("password", null, null, null, null, null))));
        Assert.Equal(User with { TotpSecret = null }, Change(User, Auth(new("password", "", null, null, null, null))));
        Assert.Equal(new ConnectionSignIn("", "", null, new("ck", "cs", "at", "ats")), Change(User, Auth(Whole)));
        Assert.Equal(new ConnectionSignIn("", "", null, new("", "", "at", "")), Change(Integrated, Auth(new("integration", null, null, null, "at", null))));
        Assert.Equal(new ConnectionSignIn("u", "p", null, null), Change(Integrated, new(null, null, "u", "p", null) { Auth = new("password", null, null, null, null, null) }));
    }

    [Fact]
    public void Another_kind_needs_everything_of_that_kind()
    {
        Assert.Equal(["accessToken", "secret"], Assert.Throws<ProblemException>(() => Change(Integrated, Auth(new("password", null, null, null, null, null)))).Errors.Keys);
        Assert.Equal(["auth.accessToken"], Assert.Throws<ProblemException>(() => Change(User, Auth(new("integration", null, null, null, null, null)))).Errors.Keys);
        Assert.Equal(["secret"], Assert.Throws<ProblemException>(() => Change(Integrated, new(null, null, null, "p", null))).Errors.Keys);
    }

    [Fact]
    public void Another_host_asks_for_every_kind_of_secret_again()
    {
        const string Other = "https://other.example/rest/V1";
        var second = new AuthDraft("password", "GEZDGNBVGY3TQOJQ", null, null, null, null);
        Assert.Equal(["auth"], Assert.Throws<ProblemException>(() => Change(Integrated, new(null, Other, null, null, null))).Errors.Keys);
        Assert.Equal(["secret"], Assert.Throws<ProblemException>(() => Change(User, new(null, Other, null, null, null) { Auth = second })).Errors.Keys);
        Assert.Equal(["auth.totpSecret"], Assert.Throws<ProblemException>(() => Change(User, new(null, Other, null, "p", null))).Errors.Keys);
        Change(Integrated, new(null, Other, null, null, null) { Auth = Whole });
        Change(User, new(null, Other, null, "p", null) { Auth = second });
        Change(User, new(null, Other, null, "p", null) { Auth = second with { TotpSecret = "" } });
    }

    [Fact]
    public void What_is_sealed_opens_as_it_was_and_so_does_a_plain_password_of_before()
    {
        foreach (var each in (ConnectionSignIn[])[User, Integrated, User with { TotpSecret = null }, User with { Password = "{\"v\":1}" }])
        {
            Assert.Equal(each, ConnectionSignIn.Open(each.UserName, each.ToSealable()));
        }

        Assert.Equal(new ConnectionSignIn("user", "{\"password\":\"x\"}", null, null), ConnectionSignIn.Open("user", "{\"password\":\"x\"}"));
    }

    [Fact]
    public void An_integration_shows_the_end_of_its_consumer_key_and_nothing_else()
    {
        Assert.Equal(("user", "…abcd", ""), (User.Shown, Integrated.Shown, new ConnectionSignIn("", "", null, new("", "", "token", "")).Shown));
        Assert.Equal("password integration an integration", $"{User} {Integrated} {Integrated.Integration}");
        Assert.DoesNotContain("token", $"{Integrated.Account(new(Address), TimeSpan.Zero)} {Auth(Whole)} {Whole}");
    }

    static ConnectionPatch Auth(AuthDraft auth) => new(null, null, null, null, null) { Auth = auth };

    ConnectionSignIn Check(string? user, string? password, AuthDraft? auth) =>
        ConnectionRules.Check(new("magento", "Shop", Address, user, password, null) { Auth = auth }, services.GetRequiredService<ConnectorCatalog>()).SignIn;

    ConnectionSignIn Change(ConnectionSignIn present, ConnectionPatch patch)
    {
        var before = new StoredConnection
        {
            Id = new(Guid.NewGuid(), Guid.NewGuid()),
            System = "magento",
            Name = "Main",
            ApiUrl = Address,
            BaseAddress = new(Address + "/"),
            AccessToken = present.Shown,
            SealedSecret = [],
            AuthKind = present.Kind,
            Status = ConnectionStatus.Verified,
            CreatedAt = RunWorld.Now,
            UpdatedAt = RunWorld.Now,
        };
        var wanted = ConnectionRules.Check(ConnectionRules.Apply(patch, before, present), services.GetRequiredService<ConnectorCatalog>());
        ConnectionRules.CheckWhoGetsTheSecret(patch, before, wanted);
        return wanted.SignIn;
    }
}
