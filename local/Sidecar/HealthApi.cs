using Splitrail.Local.Sidecar.Invocation;

namespace Splitrail.Local.Sidecar;

/// <summary><c>/v1.0/healthz</c> waits for the app once, <c>/v1.0/healthz/outbound</c> does not: an app may wait for the latter without a circle.</summary>
internal sealed class HealthApi(SidecarOptions options, AppWatch app)
{
    public Task AnswerAsync(HttpContext context, bool outbound)
    {
        if (!outbound && options.AppPort != 0 && !app.WasUp)
            return new ApiError(500, "ERR_HEALTH_NOT_READY", "dapr is not ready: [runtime]").WriteAsync(context.Response);
        if (!outbound && context.Request.Query.TryGetValue("appid", out var appId) && appId != options.AppId)
            return new ApiError(500, "ERR_HEALTH_APPID_NOT_MATCH", "dapr app-id does not match").WriteAsync(context.Response);
        context.Response.StatusCode = 204;
        return Task.CompletedTask;
    }
}
