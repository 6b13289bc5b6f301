using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace XtndOrleans.Server.Security;

/// <summary>How fast a tenant may call: one bucket per tenant and node.</summary>
internal static class RateLimits
{
    public static IServiceCollection AddRateLimits(this IServiceCollection services)
    {
        services.AddSingleton<StrangerLimit>();
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

    public static RateLimitPartition<string> Bucket(string whose, int perSecond, int burst) => RateLimitPartition.GetTokenBucketLimiter(whose, _ => new()
    {
        TokenLimit = burst,
        TokensPerPeriod = perSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        QueueLimit = 0,
    });
}

/// <summary>How fast an address may call without a valid key.</summary>
internal sealed class StrangerLimit(IOptions<RateLimitOptions> limits) : IDisposable
{
    readonly PartitionedRateLimiter<HttpContext> byAddress = PartitionedRateLimiter.Create<HttpContext, string>(context =>
        RateLimits.Bucket(context.Connection.RemoteIpAddress?.ToString() ?? "", limits.Value.AnonymousPermitsPerSecond, limits.Value.AnonymousBurst));

    public RateLimitLease Acquire(HttpContext context, int permits = 1) => byAddress.AttemptAcquire(context, permits);

    public void Dispose() => byAddress.Dispose();
}
