using System.Text;

namespace Splitrail.Local.Sidecar.Configurations;

/// <summary><c>/v1.0/configuration/…</c>, also under v1.0-alpha1.</summary>
internal sealed class ConfigurationApi(IReadOnlyDictionary<string, ConfigurationStore> stores, ConfigurationPush push)
{
    public async Task<bool> TryHandleAsync(ApiCall call)
    {
        if (call.Verb != "GET" || call.Parts.Length is < 3 or > 5)
            return false;
        if (stores.Count == 0)
            await new ApiError(500, "ERR_CONFIGURATION_STORE_NOT_CONFIGURED", "configuration stores not configured").WriteAsync(call.Response).ConfigureAwait(false);
        else if (!stores.TryGetValue(call.Parts[2], out var store))
            await new ApiError(400, "ERR_CONFIGURATION_STORE_NOT_FOUND", $"configuration store {call.Parts[2]} not found").WriteAsync(call.Response).ConfigureAwait(false);
        else
            return await AnswerAsync(call, store).ConfigureAwait(false);
        return true;
    }

    public static string Write(ConfigurationItem item) =>
        $"{{\"value\":{ApiError.Text(item.Value)}{(item.Version.Length > 0 ? $",\"version\":{ApiError.Text(item.Version)}" : "")}}}";

    private async Task<bool> AnswerAsync(ApiCall call, ConfigurationStore store)
    {
        var keys = Keys(call);
        switch (call.Parts.Length, call.Parts[^1])
        {
            case (3, _):
                var found = store.Items.Where(pair => keys.Count == 0 || keys.Contains(pair.Key)).Select(pair => $"{ApiError.Text(pair.Key)}:{Write(pair.Value)}").ToList();
                await WriteAsync(call.Response, found.Count == 0 ? 204 : 200, found.Count == 0 ? "" : $"{{{string.Join(',', found)}}}\n").ConfigureAwait(false);
                return true;
            case (4, "subscribe"):
                await WriteAsync(call.Response, 200, $$"""{"id":"{{push.Subscribe(store.Name, keys)}}"}""" + "\n").ConfigureAwait(false);
                return true;
            case (5, "unsubscribe"):
                var id = call.Parts[3];
                var known = push.Unsubscribe(id);
                await WriteAsync(call.Response, known ? 200 : 500, known
                    ? "{\"ok\":true}\n"
                    : $"{{\"message\":{ApiError.Text($"failed to unsubscribe to configuration request {id}: subscription with id {id} does not exist")}}}\n").ConfigureAwait(false);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Only the repeated parameter counts: <c>key=a,b</c> is one name.</summary>
    private static IReadOnlyList<string> Keys(ApiCall call) => [.. call.Request.Query["key"].OfType<string>()];

    private static Task WriteAsync(HttpResponse response, int status, string text)
    {
        response.StatusCode = status;
        if (text.Length == 0)
            return Task.CompletedTask;
        var bytes = Encoding.UTF8.GetBytes(text);
        response.ContentType = "application/json";
        response.ContentLength = bytes.Length;
        return response.Body.WriteAsync(bytes).AsTask();
    }
}
