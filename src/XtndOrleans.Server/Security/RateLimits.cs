using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace XtndOrleans.Server.Security;

/// <summary>How fast a tenant may call: one bucket per tenant and node.</summary>
internal static class RateLimits
{
    public static IServiceCollection AddRateLimits(this IServiceCollection services)
    {
        services.AddSingleton<StrangerLimit>().AddSingleton<SignInLimit>();
        services.AddRateLimiter(limiter => limiter.OnRejected = (rejected, _) =>
        {
            Reject(rejected.HttpContext, rejected.Lease);
            return ValueTask.CompletedTask;
        });
        services.AddOptions<Microsoft.AspNetCore.RateLimiting.RateLimiterOptions>().Configure<IOptions<RateLimitOptions>>((limiter, limits) =>
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
                context.Features.Get<Caller>() is { } caller
                    ? Bucket(caller.Scope, limits.Value.PermitsPerSecond, limits.Value.Burst)
                    : RateLimitPartition.GetNoLimiter("")));
        return services;
    }

    /// <summary>Answers 429; the problem's words are added on the way out.</summary>
    public static void Reject(HttpContext context, RateLimitLease lease)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
    }

    public static RateLimitPartition<string> Bucket(string whose, int perSecond, int burst) => Bucket(whose, perSecond, TimeSpan.FromSeconds(1), burst);

    /// <summary>A bucket for each address; of IPv6, for each network.</summary>
    public static PartitionedRateLimiter<HttpContext> ByAddress(int permits, TimeSpan per, int burst) => PartitionedRateLimiter.Create<HttpContext, string>(
        context => Bucket(Network(context.Connection.RemoteIpAddress), permits, per, burst));

    // Whoever has one IPv6 address has the 2^64 of its network.
    static string Network(IPAddress? address) => address switch
    {
        null => "",
        { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } => Convert.ToHexString(address.GetAddressBytes(), 0, 8),
        _ => address.MapToIPv4().ToString(),
    };

    static RateLimitPartition<string> Bucket(string whose, int permits, TimeSpan per, int burst) => RateLimitPartition.GetTokenBucketLimiter(whose, _ => new()
    {
        TokenLimit = burst,
        TokensPerPeriod = permits,
        ReplenishmentPeriod = per,
        QueueLimit = 0,
    });
}

/// <summary>How fast an address may call without a valid key.</summary>
internal sealed class StrangerLimit(IOptions<RateLimitOptions> limits) : IDisposable
{
    readonly PartitionedRateLimiter<HttpContext> byAddress =
        RateLimits.ByAddress(limits.Value.AnonymousPermitsPerSecond, TimeSpan.FromSeconds(1), limits.Value.AnonymousBurst);

    public RateLimitLease Acquire(HttpContext context) => byAddress.AttemptAcquire(context);

    public void Dispose() => byAddress.Dispose();
}

/// <summary>How often signing in to the page may fail at an address.</summary>
internal sealed class SignInLimit(IOptions<RateLimitOptions> limits) : IDisposable
{
    // One at a time, so that who waits waits no longer than for one.
    readonly PartitionedRateLimiter<HttpContext> byAddress =
        RateLimits.ByAddress(1, TimeSpan.FromMinutes(1) / limits.Value.FailedSignInsPerMinute, limits.Value.FailedSignInBurst);

    /// <summary>Whether one more attempt may be made. Asking the limiter for no permit would say yes to a part of one.</summary>
    public bool AllowsOne(HttpContext context) => byAddress.GetStatistics(context) is not { CurrentAvailablePermits: < 1 };

    /// <summary>Counts an attempt that failed; false when it was one too many.</summary>
    public bool Count(HttpContext context)
    {
        using var lease = byAddress.AttemptAcquire(context);
        return lease.IsAcquired;
    }

    public void Dispose() => byAddress.Dispose();
}
