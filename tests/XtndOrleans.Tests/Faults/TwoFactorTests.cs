using XtndOrleans.Connectors;
using XtndOrleans.Simulator;

namespace XtndOrleans.Tests.Faults;

/// <summary>A store that begins to ask for a second factor: each try may send its owner a mail.</summary>
public sealed class TwoFactorTests(FaultWorld world)
{
    [Theory]
    [InlineData(TwoFactorMode.Required, FailureCodes.TwoFactorRequired)]
    [InlineData(TwoFactorMode.NotConfigured, FailureCodes.TwoFactorNotConfigured)]
    [InlineData(TwoFactorMode.AskAdministrator, FailureCodes.TwoFactorNotConfigured)]
    public async Task Runs_say_so_and_try_twice_at_most(TwoFactorMode mode, string code)
    {
        var shop = await world.Open();
        shop.Store.Settings.TwoFactor = mode;
        shop.Store.Users.RevokeTokens();
        foreach (var run in await Task.WhenAll(EveryEntity.Names.Select(entity => shop.Start(entity))))
        {
            Assert.Equal(("failed", code), ((await shop.End(run)) is var ended ? ended.State : "", ended.Error?.Code));
        }

        Assert.InRange(shop.Traffic.TokenRequests, 1, 2);
        Assert.InRange(shop.Store.Settings.TwoFactorMails, 0, 2);
        Assert.StartsWith("failing", await shop.Text($"SELECT status, status_reason FROM xtnd.connection WHERE tenant_id = '{shop.Id.Tenant}'"));
    }

    [Fact]
    public async Task A_run_goes_on_when_a_person_has_mended_it()
    {
        var shop = await world.Open();
        shop.Store.Settings.TwoFactor = TwoFactorMode.Required;
        shop.Store.Users.RevokeTokens();
        await shop.Fail(Entities.Order);

        shop.Store.Settings.TwoFactor = TwoFactorMode.Off;
        await shop.Verified();
        await shop.Succeed(Entities.Order);
        await shop.AssertWhole(Entities.Order);
    }
}
