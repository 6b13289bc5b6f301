using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using XtndOrleans.Server.Security;

namespace XtndOrleans.Tests.Server;

public sealed class RateLimitFacts
{
    [Fact]
    public async Task A_tenant_that_calls_too_fast_waits_and_others_do_not()
    {
        await using var world = await ApiWorld.Start(("Xtnd:RateLimit:PermitsPerSecond", "1"), ("Xtnd:RateLimit:Burst", "5"));
        var (fast, calm) = (await world.Tenant(), await world.Tenant());
        var began = TimeProvider.System.GetTimestamp();
        var calls = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => fast.Owner.Get("connections")));
        var refused = calls.Where(call => call.Status == HttpStatusCode.TooManyRequests).ToList();
        Assert.InRange(refused.Count, 14 - SecondsSince(began), 15);
        Assert.All(refused, call => Assert.Equal("rate_limited", call.Code));
        Assert.All(refused, call => Assert.InRange(call.Message.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 20));
        Assert.Equal(HttpStatusCode.OK, (await calm.Owner.Get("connections")).Status);
        await Until.True(async () => (await fast.Owner.Get("connections")).Status == HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_address_that_guesses_keys_waits_and_those_with_a_key_do_not()
    {
        await using var world = await ApiWorld.Start(("Xtnd:RateLimit:AnonymousPermitsPerSecond", "1"), ("Xtnd:RateLimit:AnonymousBurst", "5"));
        var tenant = await world.Tenant();
        var began = TimeProvider.System.GetTimestamp();
        var calls = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => world.Client("xtnd_guess").Get("connections")));
        Assert.InRange(calls.Count(call => call.Status == HttpStatusCode.TooManyRequests && call.Code == "rate_limited"), 14 - SecondsSince(began), 15);
        Assert.All(calls, call => Assert.True(call.Status is HttpStatusCode.TooManyRequests or HttpStatusCode.Unauthorized));
        Assert.Equal(HttpStatusCode.OK, (await tenant.Owner.Get("connections")).Status);
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:3:4:5:6", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("198.51.100.7", "::ffff:198.51.100.7", true)]
    [InlineData("::ffff:198.51.100.7", "::ffff:198.51.100.8", false)]
    public void Whoever_has_a_network_of_IPv6_addresses_counts_once(string one, string other, bool same)
    {
        using var limit = new StrangerLimit(Options.Create(new RateLimitOptions { AnonymousPermitsPerSecond = 1, AnonymousBurst = 1 }));
        Assert.True(Acquired(one));
        Assert.Equal(!same, Acquired(other));

        bool Acquired(string address)
        {
            using var lease = limit.Acquire(new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(address) } });
            return lease.IsAcquired;
        }
    }

    [Theory]
    [InlineData("Xtnd:RateLimit:PermitsPerSecond", "0", "1 to 100000")]
    [InlineData("Xtnd:RateLimit:Burst", "-5", "1 to 100000")]
    [InlineData("Xtnd:RateLimit:FailedSignInBurst", "0", "1 to 100000")]
    [InlineData("Xtnd:PlatformKey", "short", "at least 12")]
    [InlineData("Xtnd:PlatformKey", "a key with spaces in it", "without spaces")]
    public async Task A_bad_setting_stops_the_start_with_its_name_and_what_is_allowed(string key, string value, string allowed)
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => ApiWorld.Start((key, value)));
        Assert.Contains(key, failure.Message);
        Assert.Contains(allowed, failure.Message);
        Assert.True(key is not "Xtnd:PlatformKey" || !failure.Message.Contains(value));
        Assert.True(key is "Xtnd:PlatformKey" || failure.Message.Contains(value));
    }

    /// <summary>One call more is let through in each second that the calls take on a busy machine.</summary>
    static int SecondsSince(long began) => (int)Math.Ceiling(TimeProvider.System.GetElapsedTime(began).TotalSeconds);
}
