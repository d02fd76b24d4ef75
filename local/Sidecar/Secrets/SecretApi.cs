using System.Text;
using System.Text.Json;

namespace Splitrail.Local.Sidecar.Secrets;

/// <summary><c>/v1.0/secrets/{store}/{key}</c> and <c>/bulk</c>.</summary>
internal sealed class SecretApi(IReadOnlyDictionary<string, SecretStore> stores)
{
    public async Task<bool> TryHandleAsync(ApiCall call)
    {
        if (call.Verb != "GET" || call.Parts.Length != 4)
            return false;
        var (name, key) = (call.Parts[2], call.Parts[3]);
        if (stores.Count == 0)
            await new ApiError(500, "ERR_SECRET_STORES_NOT_CONFIGURED", "secret store is not configured").WriteAsync(call.Response).ConfigureAwait(false);
        else if (!stores.TryGetValue(name, out var store))
            await new ApiError(401, "ERR_SECRET_STORE_NOT_FOUND", $"failed finding secret store with key {name}").WriteAsync(call.Response).ConfigureAwait(false);
        else
            await AnswerAsync(call.Response, store, key).ConfigureAwait(false);
        return true;
    }

    private static async Task AnswerAsync(HttpResponse response, SecretStore store, string key)
    {
        SortedDictionary<string, string> secrets;
        try
        {
            secrets = store.Read();
        }
        catch (Exception fault) when (fault is IOException or JsonException)
        {
            await new ApiError(500, "ERR_SECRET_GET", $"failed getting secret with key {key} from secret store {store.Name}: {fault.Message}").WriteAsync(response).ConfigureAwait(false);
            return;
        }

        if (key == "bulk")
            await WriteAsync(response, $"{{{string.Join(',', secrets.Select(secret => $"{ApiError.Text(secret.Key)}:{{{Pair(secret.Key, secret.Value)}}}"))}}}\n").ConfigureAwait(false);
        else if (secrets.TryGetValue(key, out var value))
            await WriteAsync(response, $"{{{Pair(key, value)}}}\n").ConfigureAwait(false);
        else
            await new ApiError(500, "ERR_SECRET_GET", $"failed getting secret with key {key} from secret store {store.Name}: secret {key} not found").WriteAsync(response).ConfigureAwait(false);
    }

    private static string Pair(string key, string value) => $"{ApiError.Text(key)}:{ApiError.Text(value)}";

    private static Task WriteAsync(HttpResponse response, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        response.ContentType = "application/json";
        response.ContentLength = bytes.Length;
        return response.Body.WriteAsync(bytes).AsTask();
    }
}
