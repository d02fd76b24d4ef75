using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Splitrail.Hosting;

/// <summary>
/// Around every request: its id in and out, the time it took in the header X-Process-Time (seconds), and one log line when it failed.
/// Successful requests are logged at Debug only; their rate and latency are metrics.
/// </summary>
internal sealed partial class RequestEnvelope(RequestDelegate next, ILogger<RequestEnvelope> logger)
{
    private const string ProcessTime = "X-Process-Time";

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
        Log(context, id, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    private void Log(HttpContext context, string id, double elapsedMs)
    {
        var status = context.Response.StatusCode;
        // "Not ready yet" is an answer to a probe, not a failure.
        var level = status >= 500 && !context.Request.Path.StartsWithSegments("/health") ? LogLevel.Error : LogLevel.Debug;
        if (!logger.IsEnabled(level))
            return;
        var error = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        var errorType = error?.GetType().Name;
        RequestEnded(level, context.Request.Method, context.Request.Path.Value ?? "", status, id, elapsedMs, errorType, error);
    }

    [LoggerMessage(EventId = 1, Message = "{Method} {Path} answered {Status}, request {RequestId}, {ElapsedMs:0.0} ms, error {ErrorType}")]
    private partial void RequestEnded(
        LogLevel level, string method, string path, int status, string requestId, double elapsedMs, string? errorType, Exception? exception);
}
