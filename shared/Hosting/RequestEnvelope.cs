using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Splitrail.Hosting;

/// <summary>
/// Around every request: its id in and out, the time it took in the header X-Process-Time (seconds), and one log line when it failed.
/// Successful requests are logged at Debug, a sample at Information; their rate and latency are metrics.
/// </summary>
internal sealed partial class RequestEnvelope(RequestDelegate next, RequestLogging logging, ILogger<RequestEnvelope> logger)
{
    private const string ProcessTime = "X-Process-Time";
    private const string SnapshotHeader = "X-Snapshot-Version";

    public async Task InvokeAsync(HttpContext context)
    {
        var started = Stopwatch.GetTimestamp();
        var id = RequestId.Accept(context.Request.Headers[RequestId.Header]);
        RequestId.Current = id;
        context.Response.OnStarting(static state =>
        {
            var (context, id, started) = ((HttpContext, string, long))state;
            context.Response.Headers[RequestId.Header] = id;
            context.Response.Headers[ProcessTime] =
                Stopwatch.GetElapsedTime(started).TotalSeconds.ToString("0.000000", CultureInfo.InvariantCulture);
            return Task.CompletedTask;
        }, (context, id, started));
        await next(context);
        Name(context);
        Log(context, id, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    /// <summary>As OpenTelemetry's conventions name a server's span: without it all requests of all services have one name.</summary>
    private static void Name(HttpContext context)
    {
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is not { IsAllDataRequested: true } activity)
            return;
        var (method, route, status) = (context.Request.Method, RouteOf(context), context.Response.StatusCode);
        activity.DisplayName = $"{method} {route}";
        activity.SetTag("http.request.method", method).SetTag("http.route", route).SetTag("http.response.status_code", status);
        if (status >= StatusCodes.Status500InternalServerError)
            activity.SetStatus(ActivityStatusCode.Error);
    }

    /// <summary>The route and not the path: paths have ids of people in them.</summary>
    private static string RouteOf(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "no route";

    private void Log(HttpContext context, string id, double elapsedMs)
    {
        var status = context.Response.StatusCode;
        var activity = Activity.Current;
        // "Not ready yet" is an answer to a probe, not a failure.
        var failed = status >= 500 && !context.Request.Path.StartsWithSegments("/health");
        var level = failed ? LogLevel.Error : logging.Samples(activity) ? LogLevel.Information : LogLevel.Debug;
        if (!logger.IsEnabled(level))
            return;
        if (failed && !logging.TakesFailure())
            return;
        var route = RouteOf(context);
        var error = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        var errorType = error?.GetType().Name;
        var trace = activity?.TraceId.ToHexString();
        var snapshot = context.Response.Headers[SnapshotHeader].ToString();
        RequestEnded(level, context.Request.Method, route, status, id, trace, snapshot, elapsedMs, errorType, error);
    }

    [LoggerMessage(EventId = 1, Message = "{Method} {Route} answered {Status}, request {RequestId}, trace {TraceId}, snapshot {SnapshotVersion}, {ElapsedMs:0.0} ms, error {ErrorType}")]
    private partial void RequestEnded(
        LogLevel level, string method, string route, int status, string requestId, string? traceId, string snapshotVersion, double elapsedMs, string? errorType, Exception? exception);
}
