using XtndOrleans.Connectors;

namespace XtndOrleans.Tests.Faults;

/// <summary>Six refused sign-ins lock a user of Magento for half an hour, the shop's people included. We cause two at most.</summary>
public sealed class LockedAccountTests(FaultWorld world)
{
    [Fact]
    public async Task A_password_that_was_changed_in_the_store_is_tried_twice_at_most_whatever_runs()
    {
        var shop = await world.Open();
        shop.Store.Users["admin"].Password = "Changed123";
        shop.Store.Users.RevokeTokens();
        for (var round = 0; round < 2; round++)
        {
            foreach (var run in await Task.WhenAll(EveryEntity.Names.Select(entity => shop.Start(entity))))
            {
                Assert.Equal(FailureCodes.CredentialsRejected, (await shop.End(run)).Error?.Code);
            }
        }

        Assert.InRange(shop.Traffic.TokenRequests, 1, 2);
        Assert.InRange(shop.Store.Users["admin"].Failures, 1, 2);
        // Nobody is locked out: the right password works at once.
        await shop.Connection.Update(new(null, null, null, "Changed123", null), TestContext.Current.CancellationToken);
        await shop.Succeed(Entities.Order);
        await shop.AssertWhole(Entities.Order);
    }

    [Fact]
    public async Task A_user_whom_somebody_else_locked_is_left_alone_until_a_person_says_so()
    {
        var shop = await world.Open();
        var user = shop.Store.Users["admin"];
        shop.Store.Users.RevokeTokens();
        (user.Failures, user.LockedUntil) = (6, shop.Store.Clock.Now.AddMinutes(30));
        Assert.Equal(FailureCodes.CredentialsRejected, (await shop.Fail(Entities.Product)).Code);
        Assert.Equal(FailureCodes.CredentialsRejected, (await shop.Fail(Entities.Product)).Code);
        Assert.InRange(shop.Traffic.TokenRequests, 1, 2);

        user.LockedUntil = shop.Store.Clock.Now;
        await shop.Verified();
        await shop.Succeed(Entities.Product);
        await shop.AssertWhole(Entities.Product);
    }

    [Fact]
    public async Task A_run_in_its_middle_waits_for_the_new_password()
    {
        await using var patient = new FaultWorld { Sync = { CredentialPatience = TimeSpan.FromMinutes(1) } };
        var shop = await patient.Open();
        var mended = Task.CompletedTask;
        var run = await shop.SyncWhile(Entities.Order, 3, () =>
        {
            shop.Store.Users["admin"].Password = "Changed123";
            shop.Store.Users.RevokeTokens();
            mended = MendWhenAsked(shop);
        });

        await mended;
        Assert.Equal("succeeded", run.State);
        Assert.InRange(shop.Traffic.TokenRequests, 2, 3);
        await shop.AssertWhole(Entities.Order);
    }

    static async Task MendWhenAsked(FaultShop shop)
    {
        await Server.Until.True(async () => await shop.Text($"SELECT status FROM xtnd.connection WHERE tenant_id = '{shop.Id.Tenant}'") == "failing");
        await shop.Connection.Update(new(null, null, null, "Changed123", null), CancellationToken.None);
    }
}
