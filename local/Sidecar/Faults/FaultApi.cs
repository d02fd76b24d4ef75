using System.Text.Json;

namespace Splitrail.Local.Sidecar.Faults;

/// <summary><c>/faults</c>, only with <c>--enable-faults true</c>: POST adds a rule, DELETE removes all. Not of Dapr, for tests.</summary>
internal sealed class FaultApi(SidecarOptions options, FaultTable faults)
{
    public const string Path = "/faults";

    public async Task<bool> TryHandleAsync(HttpContext context)
    {
        if (!options.EnableFaults || context.Request.Path != Path || context.Request.Headers.ContainsKey("dapr-app-id"))
            return false;
        if (context.Request.Method == "DELETE")
            faults.Clear();
        else if (context.Request.Method != "POST" || await ReadAsync(context.Request).ConfigureAwait(false) is not { } rule)
            return false;
        else
            faults.Add(rule);
        context.Response.StatusCode = 204;
        return true;
    }

    private static async Task<FaultRule?> ReadAsync(HttpRequest request)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(request.Body, FaultJson.Default.FaultRule, request.HttpContext.RequestAborted).ConfigureAwait(false);
        }
        catch (JsonException)
        {
            // The caller gets the answer of an unknown path.
            return null;
        }
    }
}
