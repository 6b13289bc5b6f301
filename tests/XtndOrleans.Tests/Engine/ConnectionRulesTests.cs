using Microsoft.Extensions.DependencyInjection;
using XtndOrleans.Connectors;
using XtndOrleans.Engine;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Tests.Connectors;

namespace XtndOrleans.Tests.Engine;

public sealed class ConnectionRulesTests : IDisposable
{
    static readonly StoredConnection Before = new()
    {
        Id = new(Guid.NewGuid(), Guid.NewGuid()),
        System = "magento",
        Name = "Main",
        ApiUrl = "https://shop.example/rest/V1",
        BaseAddress = new("https://shop.example/rest/V1/"),
        AccessToken = "user",
        SealedSecret = [],
        Status = ConnectionStatus.Verified,
        CreatedAt = RunWorld.Now,
        UpdatedAt = RunWorld.Now,
    };

    readonly ServiceProvider services = StoreStub.Services();

    public void Dispose() => services.Dispose();

    [Theory]
    [InlineData("https://other.example/rest/V1")]
    [InlineData("http://shop.example/rest/V1")]
    [InlineData("https://shop.example:8443/rest/V1")]
    [InlineData("https://shop.example.evil.example/rest/V1")]
    public void A_saved_secret_is_never_sent_to_a_host_it_was_not_typed_for(string address)
    {
        var refused = Assert.Throws<ProblemException>(() => Change(address, secret: null));
        Assert.Equal(ProblemKind.Invalid, refused.Kind);
        Assert.Equal(["secret"], refused.Errors.Keys);
        Change(address, secret: "typed again");
    }

    [Theory]
    [InlineData("https://shop.example/se/rest/V1")]
    [InlineData("https://SHOP.example/rest/V1")]
    [InlineData("https://shop.example:443/rest/V1")]
    public void Another_path_of_the_same_host_needs_no_secret(string address) => Change(address, secret: null);

    [Fact]
    public void What_a_store_says_of_itself_is_kept_as_far_as_it_can_be()
    {
        var said = new StoreProfile("Sho\0p", "2.4", new string('E', 500), "Mars/Olympus", "SE\0K", 0, null);
        var kept = ConnectionRules.Storable(said)!;

        Assert.Equal(("Shop", "2.4", "SEK"), (kept.Name, kept.Version, kept.Currency));
        Assert.Null(kept.TimeZone);
        Assert.True(kept.Edition!.Length < 500);
        Assert.Equal("Europe/Stockholm", ConnectionRules.Storable(said with { TimeZone = "Europe/Stockholm" })!.TimeZone);
        Assert.Null(ConnectionRules.Storable(said with { TimeZone = "../../etc/passwd" })!.TimeZone);
        Assert.Null(ConnectionRules.Storable(null));
        Assert.Equal("legacy", ConnectionRules.Storable(said, said with { Stock = "legacy" })!.Stock);
        Assert.Equal("sources", ConnectionRules.Storable(said with { Stock = "sources" }, said with { Stock = "legacy" })!.Stock);
        Assert.Equal(("2.4", "Community"), ConnectionRules.Storable(said with { Version = null, Edition = null }, said with { Edition = "Community" }) is var known ? (known!.Version, known.Edition) : default);
    }

    void Change(string address, string? secret)
    {
        var patch = new ConnectionPatch(null, address, null, secret, null);
        var wanted = ConnectionRules.Check(ConnectionRules.Apply(patch, Before, new("user", "the saved one", null, null)), services.GetRequiredService<ConnectorCatalog>());
        ConnectionRules.CheckWhoGetsTheSecret(patch, Before, wanted);
    }
}
