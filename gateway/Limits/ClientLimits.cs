using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace Splitrail.Gateway.Limits;

/// <summary>A token bucket for each client of a replica. Who finds it empty gets 429 with Retry-After; nobody is queued, as everybody here has a deadline.</summary>
internal static class ClientLimits
{
    private const string Policy = "client";

    public static void AddClientLimits(this IServiceCollection services, LimitOptions options)
    {
        if (!options.IsOn)
            return;
        services.AddSingleton(provider => new HammeringWatch(options.HammeringAfter, provider.GetRequiredService<TimeProvider>()));
        services.AddRateLimiter(limiter =>
        {
            limiter.AddPolicy(Policy, context => RateLimitPartition.GetTokenBucketLimiter(ClientAddress.Of(context, options.ClientHeader), _ => Bucket(options)));
            limiter.OnRejected = (rejected, _) => new ValueTask(RefuseAsync(rejected, options));
        });
    }

    public static void UseClientLimits(this IApplicationBuilder app, LimitOptions options)
    {
        if (options.IsOn)
            app.UseRateLimiter();
    }

    /// <summary>Endpoints that count against a client's bucket.</summary>
    public static T LimitedPerClient<T>(this T endpoints, LimitOptions options)
        where T : IEndpointConventionBuilder => options.IsOn ? endpoints.RequireRateLimiting(Policy) : endpoints;

    /// <summary>Tokens come at least once a second where there are so many, one at a time where there are few.</summary>
    private static TokenBucketRateLimiterOptions Bucket(LimitOptions options)
    {
        var tokens = Math.Max(1, options.PerMinute / 60);
        return new TokenBucketRateLimiterOptions
        {
            TokenLimit = options.Burst,
            TokensPerPeriod = tokens,
            ReplenishmentPeriod = TimeSpan.FromMinutes((double)tokens / options.PerMinute),
            QueueLimit = 0,
        };
    }

    private static Task RefuseAsync(OnRejectedContext rejected, LimitOptions options)
    {
        var context = rejected.HttpContext;
        var metrics = context.RequestServices.GetRequiredService<GatewayMetrics>();
        metrics.Limited((context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "unknown", Policy);
        if (context.RequestServices.GetRequiredService<HammeringWatch>().Refused(ClientAddress.Of(context, options.ClientHeader)))
            metrics.AbuseDetected("hammering");
        var seconds = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) : 1;
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return TypedResults.Problem(
            title: "Too many requests",
            detail: $"This address may make {options.PerMinute} requests per minute here, {options.Burst} at once. Ask again in {seconds} s.",
            statusCode: StatusCodes.Status429TooManyRequests).ExecuteAsync(context);
    }
}
