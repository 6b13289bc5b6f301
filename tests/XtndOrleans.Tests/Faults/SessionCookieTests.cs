namespace XtndOrleans.Tests.Faults;

/// <summary>Each answer sets PHPSESSID. Whoever sends it back waits for the lock of that session, and his requests pass one by one.</summary>
public sealed class SessionCookieTests(FaultWorld world)
{
    [Fact]
    public async Task Cookies_are_never_sent_back()
    {
        var shop = await world.Open();
        await shop.Verified();
        foreach (var entity in EveryEntity.Names)
        {
            await shop.Succeed(entity);
        }

        Assert.InRange(shop.Traffic.Requests, 20, 1000);
        Assert.Equal(0, shop.Traffic.WithCookie);
    }
}
