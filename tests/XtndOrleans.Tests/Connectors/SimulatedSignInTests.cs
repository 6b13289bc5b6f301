using XtndOrleans.Connectors;
using XtndOrleans.Simulator;

namespace XtndOrleans.Tests.Connectors;

/// <summary>Signing in with a second factor, before a simulated store.</summary>
public sealed class SimulatedSignInTests
{
    const string Secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(17 * 60)]
    [InlineData(-3 * 3600)]
    public async Task A_verify_signs_in_by_the_stores_clock_wherever_it_stands(int seconds)
    {
        await using var store = await Start();
        store.Store.Clock.Offset = TimeSpan.FromSeconds(seconds);

        var report = await store.Verify(Account(store));

        Assert.True(report.Ok, report.Steps[^1].Detail);
        Assert.Equal(1, store.Store.Traffic.Counts.ByPath["tfa/provider/google/authenticate"]);
    }

    [Fact]
    public async Task A_sign_in_of_the_connection_uses_the_skew_that_verify_measured()
    {
        await using var store = await Start();
        store.Store.Clock.Offset = TimeSpan.FromMinutes(17);

        var refused = await Assert.ThrowsAsync<ConnectorException>(() => store.Magento.SignIn(Account(store), Cancel));
        Assert.Equal((FailureKind.Credentials, FailureCodes.TwoFactorRejected), (refused.Kind, refused.Code));

        Assert.NotEmpty((await store.Magento.SignIn(Account(store) with { ClockSkew = TimeSpan.FromMinutes(17) }, Cancel)).Value);
    }

    [Fact]
    public async Task Without_the_secret_the_cure_is_to_give_it_or_to_use_an_integration()
    {
        await using var store = await Start();
        var last = (await store.Verify()).Steps[^1];
        Assert.Equal(("token", FailureCodes.TwoFactorRequired), (last.Step, last.Code));
        Assert.Contains("TOTP secret", last.Cure);
        Assert.Contains("integration", last.Cure);
    }

    [Fact]
    public async Task A_secret_for_a_store_without_second_factor_is_told()
    {
        await using var store = await Start();
        store.Store.Users["admin"].TotpSecret = null;
        var last = (await store.Verify(Account(store))).Steps[^1];
        Assert.Equal(("token", FailureCodes.TwoFactorNotConfigured), (last.Step, last.Code));
        Assert.Contains("Take the TOTP secret out", last.Cure);
    }

    [Fact]
    public async Task A_secret_for_a_user_without_an_authenticator_is_told()
    {
        await using var store = await Start();
        store.Store.Users["admin"].TotpSecret = null;
        store.Store.Settings.TwoFactor = TwoFactorMode.Required;
        var last = (await store.Verify(Account(store))).Steps[^1];
        Assert.Equal(("token", FailureCodes.TwoFactorNotConfigured), (last.Step, last.Code));
        Assert.Contains("Google Authenticator", last.Detail);
    }

    [Fact]
    public async Task A_wrong_password_beside_a_right_code_is_refused_as_ever()
    {
        await using var store = await Start();
        var last = (await store.Verify(Account(store) with { Secret = "wrong" })).Steps[^1];
        Assert.Equal(("token", FailureCodes.CredentialsRejected), (last.Step, last.Code));
    }

    [Fact]
    public async Task A_user_whose_sign_in_is_left_to_Adobe_is_told_to_use_an_integration()
    {
        await using var store = await StoreStub.Answering(401, """{"message":"Admin token generation is disabled. Please use Adobe IMS ACCESS_TOKEN."}""");
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => store.Magento.SignIn(store.Account, Cancel));
        Assert.Equal((FailureKind.Credentials, FailureCodes.CredentialsRejected), (failure.Kind, failure.Code));
        Assert.Contains("integration", failure.Cure);
    }

    static StoreAccount Account(SimulatedStore store) => store.Account() with { TotpSecret = "jbsw y3dp ehpk 3pxp jbsw y3dp ehpk 3pxp" };

    static async Task<SimulatedStore> Start()
    {
        var store = await SimulatedStore.Start(products: 5, orders: 2);
        store.Store.Users["admin"].TotpSecret = Secret;
        return store;
    }
}
