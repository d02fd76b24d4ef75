using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Splitrail.Local.Sidecar.Configurations;
using Splitrail.Local.Sidecar.Faults;
using Splitrail.Local.Sidecar.Invocation;
using Splitrail.Local.Sidecar.PubSub;
using Splitrail.Local.Sidecar.Resources;
using Splitrail.Local.Sidecar.Secrets;
using Splitrail.Local.Sidecar.State;

namespace Splitrail.Local.Sidecar;

/// <summary>Decides by the raw path who answers. There is no routing below it: paths must reach apps byte for byte, and every unknown one is a call by header.</summary>
internal sealed class ApiDispatcher(
    SidecarOptions options,
    ResourceFolder resources,
    InvokeApi invoke,
    StateApi state,
    PublishApi publish,
    MetadataApi metadata,
    HealthApi health,
    ConfigurationApi configuration,
    SecretApi secrets,
    FaultApi faults,
    IHostApplicationLifetime lifetime)
{
    private readonly byte[]? _token = options.ApiToken is { } token ? Encoding.UTF8.GetBytes(token) : null;
    private readonly bool _isTracing = resources.Configuration.SamplingRate > 0;

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await AnswerAsync(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller left: there is nobody to answer. 499 is what access logs show for it.
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (BadHttpRequestException fault) when (!context.Response.HasStarted)
        {
            await ApiError.Malformed(fault.Message).WriteAsync(context.Response).ConfigureAwait(false);
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        if (context.Request.Method == "GET" && target.StartsWith("/v1.0/healthz", StringComparison.Ordinal) && TryHealth(context, target) is { } answer)
        {
            await answer.ConfigureAwait(false);
            return;
        }

        var trace = Trace.Of(context.Request.Headers, _isTracing);
        Echo(context, trace);
        if (!IsAuthorized(context.Request))
            await PlainAsync(context.Response, 401, "invalid api token\n").ConfigureAwait(false);
        else if (await faults.TryHandleAsync(context).ConfigureAwait(false))
        {
            // Opened by an argument of its own, so the allow-list of Dapr's APIs has no say.
        }
        else if (!IsAllowed(target))
            await PlainAsync(context.Response, 404, "404 page not found\n").ConfigureAwait(false);
        else if (InvokeTarget.TryParse(target, out var callee))
            await invoke.InvokeAsync(context, callee, trace).ConfigureAwait(false);
        else if (!await TryApiAsync(context, target, trace).ConfigureAwait(false))
            await ByHeaderAsync(context, target, trace).ConfigureAwait(false);
    }

    private Task? TryHealth(HttpContext context, string target) => target.AsSpan().TrimEnd('/') is var path && path.IndexOf('?') is var query
        ? (query < 0 ? path : path[..query]) switch
        {
            "/v1.0/healthz" => health.AnswerAsync(context, outbound: false),
            "/v1.0/healthz/outbound" => health.AnswerAsync(context, outbound: true),
            _ => null,
        }
        : null;

    private async Task<bool> TryApiAsync(HttpContext context, string target, Trace trace)
    {
        var parts = Parts(target);
        if (parts.Length < 2 || parts[0] is not ("v1.0" or "v1.0-alpha1"))
            return false;
        using var call = new ApiCall(context, parts, trace);
        await call.ReadBodyAsync(options.MaxBodySize).ConfigureAwait(false);
        var isWrite = call.Verb is "POST" or "PUT";
        switch (parts[0], parts[1], parts.Length)
        {
            case ("v1.0", "state", >= 3):
                return await state.TryHandleAsync(call).ConfigureAwait(false);
            case ("v1.0-alpha1", "state", 4) when isWrite && parts[3] == "query":
                return await DoneAsync(StateApi.QueryAsync(call)).ConfigureAwait(false);
            case ("v1.0-alpha1", "publish", >= 5) when isWrite && parts[2] == "bulk":
                return await DoneAsync(publish.PublishBulkAsync(call)).ConfigureAwait(false);
            case ("v1.0", "publish", >= 4) when isWrite && parts[3].Length > 0:
                return await DoneAsync(publish.PublishAsync(call)).ConfigureAwait(false);
            case ("v1.0", "metadata", 2) when call.Verb == "GET":
                return await DoneAsync(metadata.GetAsync(call)).ConfigureAwait(false);
            case ("v1.0", "metadata", 3) when call.Verb == "PUT":
                return await DoneAsync(metadata.SetAsync(call)).ConfigureAwait(false);
            case ("v1.0", "shutdown", 2) when call.Verb == "POST":
                context.Response.StatusCode = 204;
                context.Response.OnCompleted(() =>
                {
                    lifetime.StopApplication();
                    return Task.CompletedTask;
                });
                return true;
            case (_, "configuration", >= 3):
                return await configuration.TryHandleAsync(call).ConfigureAwait(false);
            case ("v1.0", "secrets", 4):
                return await secrets.TryHandleAsync(call).ConfigureAwait(false);
            default:
                return await UnconfiguredApis.TryHandleAsync(call).ConfigureAwait(false);
        }
    }

    private async Task ByHeaderAsync(HttpContext context, string target, Trace trace)
    {
        if (InvokeTarget.TryReadHeader(context.Request, target, out var callee))
            await invoke.InvokeAsync(context, callee, trace).ConfigureAwait(false);
        else
            await ApiError.UnknownRoute.WriteAsync(context.Response).ConfigureAwait(false);
    }

    private static async Task<bool> DoneAsync(Task work)
    {
        await work.ConfigureAwait(false);
        return true;
    }

    private static void Echo(HttpContext context, Trace trace)
    {
        context.Response.Headers["Traceparent"] = trace.Parent;
        if (trace.State.Length > 0)
            context.Response.Headers["Tracestate"] = trace.State;
        if (context.Request.Headers.TryGetValue("baggage", out var baggage))
            context.Response.Headers["Baggage"] = baggage;
    }

    private bool IsAuthorized(HttpRequest request) => _token is null
        || (request.Headers.TryGetValue("dapr-api-token", out var sent) && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(sent.ToString()), _token));

    private bool IsAllowed(string target)
    {
        if (resources.Configuration.AllowedApis.Count == 0)
            return true;
        var parts = Parts(target);
        return parts.Length >= 2 && resources.Configuration.AllowedApis.Contains(new ApiRule(parts[0], parts[1]));
    }

    private static Task PlainAsync(HttpResponse response, int status, string text)
    {
        response.StatusCode = status;
        response.ContentType = "text/plain; charset=utf-8";
        response.Headers.XContentTypeOptions = "nosniff";
        return response.WriteAsync(text);
    }

    private static string[] Parts(string target)
    {
        var query = target.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? target : target[..query];
        return path.Length < 2 ? [] : Array.ConvertAll(path[1..].Split('/'), Uri.UnescapeDataString);
    }
}
