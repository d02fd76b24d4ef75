using Microsoft.Net.Http.Headers;
using Splitrail.Hosting;

namespace Splitrail.Gateway.Browsers;

/// <summary>Web sites whose pages may call the API from a browser (CORS). None by default: a shop's own server needs no leave.</summary>
internal static class BrowserOrigins
{
    private const string Policy = "browsers";
    private static readonly TimeSpan s_remembered = TimeSpan.FromHours(1);

    public static void AddBrowserOrigins(this IServiceCollection services, IReadOnlyList<string> origins)
    {
        if (origins.Count > 0)
        {
            // No credentials: the API reads no cookie, and a page of another site must not send one.
            services.AddCors(cors => cors.AddPolicy(Policy, policy => policy.WithOrigins([.. origins]).WithMethods(HttpMethods.Get, HttpMethods.Post)
                .WithHeaders(HeaderNames.ContentType, RequestId.Header, "traceparent", "tracestate")
                .WithExposedHeaders(RequestId.Header, RecommendationEndpoints.SnapshotHeader, HeaderNames.RetryAfter).SetPreflightMaxAge(s_remembered)));
        }
    }

    public static void UseBrowserOrigins(this IApplicationBuilder app, IReadOnlyList<string> origins)
    {
        if (origins.Count > 0)
            app.UseCors();
    }

    /// <summary>Opens endpoints to those sites.</summary>
    public static T OpenToBrowsers<T>(this T endpoints, IReadOnlyList<string> origins)
        where T : IEndpointConventionBuilder => origins.Count > 0 ? endpoints.RequireCors(Policy) : endpoints;

    /// <summary>One message per origin that a browser would never send.</summary>
    public static IEnumerable<string> FaultsOf(IReadOnlyList<string> origins) => origins
        .Where(static origin => !(Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri!.Scheme is "http" or "https" && uri.GetLeftPart(UriPartial.Authority) == origin && uri.UserInfo.Length == 0))
        .Select(static origin => $"{GatewayOptions.Section}:{nameof(GatewayOptions.CorsOrigins)} has '{origin}'; give scheme and host as browsers send them, such as https://shop.example.com, without a path or a slash at the end.");
}
