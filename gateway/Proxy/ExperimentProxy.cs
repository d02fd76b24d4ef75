using Microsoft.Extensions.Options;
using Splitrail.Contracts;
using Splitrail.Dapr;
using Yarp.ReverseProxy.Forwarder;

namespace Splitrail.Gateway.Proxy;

/// <summary>
/// Hands requests on to experiment-svc through the sidecar's invoke path, with a timeout and without a breaker: its paths carry ids, and one breaker
/// per id would neither open in time nor ever be forgotten.
/// </summary>
internal sealed class ExperimentProxy(
    IHttpForwarder forwarder, IHttpMessageHandlerFactory handlers, IOptions<DaprOptions> dapr, GatewayOptions options, GatewayMetrics metrics) : IDisposable
{
    private readonly HttpMessageInvoker _client = new(handlers.CreateHandler(DaprRegistration.HttpClientName), disposeHandler: false);
    private readonly string _destination = $"{dapr.Value.HttpEndpoint.TrimEnd('/')}/v1.0/invoke/{AppIds.Experiment}/method";
    private readonly ForwarderRequestConfig _config = new() { ActivityTimeout = options.ProxyTimeout };
    private readonly SidecarTransformer _transformer = new(dapr.Value.ApiToken);

    public void Dispose() => _client.Dispose();

    public async Task ForwardAsync(HttpContext context)
    {
        var error = await forwarder.SendAsync(context, _destination, _client, _config, _transformer);
        var away = error is not ForwarderError.None || context.Items.ContainsKey(SidecarTransformer.Away);
        if (!away)
            return;
        var cause = error is ForwarderError.None ? "Sidecar" : error.ToString();
        metrics.ProxyFault(cause);
        if (context.Response.HasStarted || context.RequestAborted.IsCancellationRequested)
            return;
        context.Response.Clear();
        context.Response.Headers.RetryAfter = "1";
        await TypedResults.Problem(
            title: "Unavailable",
            detail: "experiment-svc does not answer; recommendations go on with the last control snapshot.",
            statusCode: StatusCodes.Status503ServiceUnavailable,
            extensions: new Dictionary<string, object?> { ["cause"] = cause }).ExecuteAsync(context);
    }
}
