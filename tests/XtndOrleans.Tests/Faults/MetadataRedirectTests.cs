using XtndOrleans.Connectors;
using XtndOrleans.Simulator;

namespace XtndOrleans.Tests.Faults;

/// <summary>A redirect to 169.254.169.254, where clouds keep the keys of their machines, or to anywhere else.</summary>
public sealed class MetadataRedirectTests(FaultWorld world)
{
    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_ends_the_run_and_is_not_followed(int status)
    {
        var shop = await world.Open();
        shop.Store.Faults.Add(new Fault(FaultKind.Redirect) { Path = Entities.Product, Status = status, Location = "http://169.254.169.254/latest/meta-data/" });

        Assert.Equal(FailureCodes.Redirected, (await shop.Fail(Entities.Product)).Code);
        Assert.Equal(1, shop.Traffic.Requests);
    }

    [Fact]
    public async Task No_token_goes_to_where_a_store_redirects()
    {
        var (shop, elsewhere) = (await world.Open(), await world.Open());
        shop.Store.Faults.Add(new Fault(FaultKind.Redirect) { Path = Entities.Product, Location = $"{elsewhere.Address}/rest/V1/products" });

        await shop.Fail(Entities.Product);

        Assert.Equal(0, elsewhere.Traffic.Requests);
    }

    [Fact]
    public async Task A_redirect_of_the_sign_in_is_not_followed_either()
    {
        var (shop, elsewhere) = (await world.Open(), await world.Open());
        shop.Store.Users.RevokeTokens();
        shop.Store.Faults.Add(new Fault(FaultKind.Redirect) { Path = "token", Status = 307, Location = $"{elsewhere.Address}/rest/V1/integration/admin/token" });

        await shop.Fail(Entities.Product);

        Assert.Equal(0, elsewhere.Traffic.Requests);
    }
}
