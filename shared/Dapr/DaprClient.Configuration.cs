using System.Net;
using System.Text.Json;

namespace Splitrail.Dapr;

/// <param name="Value">The value.</param>
/// <param name="Version">Empty when the store keeps none.</param>
public readonly record struct ConfigurationItem(string Value, string Version);

public sealed partial class DaprClient
{
    /// <summary>The values of the keys that exist; no key asks for all.</summary>
    public async Task<DaprResult<IReadOnlyDictionary<string, ConfigurationItem>>> GetConfigurationAsync(
        string storeName, IReadOnlyList<string> keys, CancellationToken cancellationToken = default)
    {
        using var answer = await GetAsync(storeName, $"/v1.0/configuration/{storeName}{Keys(keys)}", cancellationToken).ConfigureAwait(false);
        if (answer.Fault is { } fault)
            return fault;
        if (answer.Status == HttpStatusCode.NoContent)
            return new DaprResult<IReadOnlyDictionary<string, ConfigurationItem>>(new Dictionary<string, ConfigurationItem>());
        return ReadJson(storeName, answer, static root => (IReadOnlyDictionary<string, ConfigurationItem>)root.EnumerateObject().ToDictionary(
            static member => member.Name,
            static member => new ConfigurationItem(Text(member.Value, "value"), Text(member.Value, "version"))));
    }

    /// <summary>From now on the sidecar posts each change to <c>/configuration/{store}/{key}</c> of this app (<see cref="ConfigurationChanges"/>).</summary>
    /// <returns>The id to unsubscribe with.</returns>
    public async Task<DaprResult<string>> SubscribeConfigurationAsync(string storeName, IReadOnlyList<string> keys, CancellationToken cancellationToken = default)
    {
        using var answer = await GetAsync(storeName, $"/v1.0/configuration/{storeName}/subscribe{Keys(keys)}", cancellationToken).ConfigureAwait(false);
        return answer.Fault is { } fault ? fault : ReadJson(storeName, answer, static root => root.GetProperty("id").GetString()!);
    }

    public async Task<DaprResult> UnsubscribeConfigurationAsync(string storeName, string id, CancellationToken cancellationToken = default)
    {
        using var answer = await GetAsync(storeName, $"/v1.0/configuration/{storeName}/{id}/unsubscribe", cancellationToken).ConfigureAwait(false);
        return new DaprResult(answer.Fault);
    }

    /// <summary>One secret; stores may give several values under one name.</summary>
    public async Task<DaprResult<IReadOnlyDictionary<string, string>>> GetSecretAsync(string storeName, string key, CancellationToken cancellationToken = default)
    {
        using var answer = await GetAsync(storeName, $"/v1.0/secrets/{storeName}/{Uri.EscapeDataString(key)}", cancellationToken).ConfigureAwait(false);
        return answer.Fault is { } fault ? fault : ReadJson(storeName, answer, static root => (IReadOnlyDictionary<string, string>)root.EnumerateObject().ToDictionary(
            static member => member.Name, static member => member.Value.GetString() ?? ""));
    }

    private static string Keys(IReadOnlyList<string> keys) => keys.Count == 0 ? "" : "?" + string.Join('&', keys.Select(key => "key=" + Uri.EscapeDataString(key)));

    private static string Text(JsonElement item, string name) => item.TryGetProperty(name, out var text) ? text.GetString() ?? "" : "";

    private async Task<SidecarAnswer> GetAsync(string target, string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        return await SendAsync(target, request, cancellationToken).ConfigureAwait(false);
    }

    private DaprResult<T> ReadJson<T>(string target, SidecarAnswer answer, Func<JsonElement, T> read)
    {
        try
        {
            var reader = new Utf8JsonReader(answer.Body);
            return read(JsonElement.ParseValue(ref reader));
        }
        catch (Exception bad) when (bad is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return Bad(target, answer, bad.Message);
        }
    }
}
