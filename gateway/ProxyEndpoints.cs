using Splitrail.Gateway.Proxy;

namespace Splitrail.Gateway;

internal static class ProxyEndpoints
{
    private static readonly string[] s_prefixes = ["/v1/experiments", "/v1/layers", "/v1/holdout", "/v1/flags", "/v1/models", "/v1/power", "/v1/rules", "/v1/ranking/weights", "/console", "/demo"];

    public static void MapExperimentProxy(this IEndpointRouteBuilder routes)
    {
        foreach (var prefix in s_prefixes)
        {
            routes.Map($"{prefix}/{{**rest}}", static (HttpContext context, ExperimentProxy proxy) => proxy.ForwardAsync(context))
                .ExcludeFromDescription();
        }
    }
}
