using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Splitrail.Dapr;

public sealed partial class DaprClient
{
    /// <summary>The value of a key; the default of <typeparamref name="T"/> when there is none.</summary>
    public async Task<DaprResult<T?>> GetStateAsync<T>(string storeName, string key, JsonTypeInfo<T> type, CancellationToken cancellationToken = default) =>
        (await GetStateAndETagAsync(storeName, key, type, cancellationToken).ConfigureAwait(false)).TryGetValue(out var entry, out var fault)
            ? new DaprResult<T?>(entry.Value)
            : new DaprResult<T?>(fault);

    /// <summary>The value of a key with the ETag it must still have when it is saved; both null when there is none.</summary>
    public async Task<DaprResult<StateEntry<T>>> GetStateAndETagAsync<T>(
        string storeName, string key, JsonTypeInfo<T> type, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(KeyPath(storeName, key), UriKind.Relative));
        using var answer = await SendAsync(storeName, request, cancellationToken).ConfigureAwait(false);
        if (answer.Fault is { } fault)
            return fault;
        if (answer.Status == HttpStatusCode.NoContent)
            return new StateEntry<T>(key, default, null);
        return Read(storeName, answer, type).TryGetValue(out var value, out var bad) ? new StateEntry<T>(key, value, answer.ETag) : bad;
    }

    /// <summary>Several keys at once, in the order asked for. One entry may fail alone: its <see cref="StateEntry{T}.Error"/> says why.</summary>
    public async Task<DaprResult<IReadOnlyList<StateEntry<T>>>> GetBulkStateAsync<T>(
        string storeName, IReadOnlyList<string> keys, JsonTypeInfo<T> type, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/v1.0/state/{storeName}/bulk", UriKind.Relative))
        {
            Content = JsonBody.Write(keys, StateBodies.WriteKeys),
        };
        using var answer = await SendAsync(storeName, request, cancellationToken).ConfigureAwait(false);
        if (answer.Fault is { } fault)
            return fault;
        try
        {
            return new DaprResult<IReadOnlyList<StateEntry<T>>>(StateBodies.ReadEntries(answer.Body, type));
        }
        catch (Exception bad) when (bad is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return Bad(storeName, answer, bad.Message);
        }
    }

    /// <summary>Saves whatever is there now. Integers above 2^53 lose digits in the sidecar: write them as strings.</summary>
    public Task<DaprResult> SaveStateAsync<T>(
        string storeName, string key, T value, JsonTypeInfo<T> type, TimeSpan? timeToLive = null, CancellationToken cancellationToken = default) =>
        SaveBulkStateAsync(storeName, [StateOperation.Upsert(key, value, type, null, timeToLive)], cancellationToken);

    /// <summary>Saves only while the key still has <paramref name="etag"/>; false when it has another by now.</summary>
    public async Task<DaprResult<bool>> TrySaveStateAsync<T>(
        string storeName, string key, T value, string etag, JsonTypeInfo<T> type, TimeSpan? timeToLive = null, CancellationToken cancellationToken = default) =>
        ConflictIsFalse(await SaveBulkStateAsync(storeName, [StateOperation.Upsert(key, value, type, etag, timeToLive)], cancellationToken).ConfigureAwait(false));

    /// <summary>Saves several keys; not atomic.</summary>
    public Task<DaprResult> SaveBulkStateAsync(string storeName, IReadOnlyList<StateOperation> items, CancellationToken cancellationToken = default) =>
        SendForStatusAsync(storeName, HttpMethod.Post, $"/v1.0/state/{storeName}", JsonBody.Write(items, StateBodies.WriteItems), null, cancellationToken);

    /// <summary>Deletes the key; a missing one is fine.</summary>
    public Task<DaprResult> DeleteStateAsync(string storeName, string key, CancellationToken cancellationToken = default) =>
        SendForStatusAsync(storeName, HttpMethod.Delete, KeyPath(storeName, key), null, null, cancellationToken);

    /// <summary>Deletes the key only while it still has <paramref name="etag"/>; false when it has another by now.</summary>
    public async Task<DaprResult<bool>> TryDeleteStateAsync(string storeName, string key, string etag, CancellationToken cancellationToken = default) =>
        ConflictIsFalse(await SendForStatusAsync(storeName, HttpMethod.Delete, KeyPath(storeName, key), null, etag, cancellationToken).ConfigureAwait(false));

    /// <summary>All operations or none. ETags inside do not protect on Redis: there the other operations are applied in spite of a conflict.</summary>
    public Task<DaprResult> ExecuteStateTransactionAsync(
        string storeName, IReadOnlyList<StateOperation> operations, CancellationToken cancellationToken = default) =>
        SendForStatusAsync(
            storeName, HttpMethod.Post, $"/v1.0/state/{storeName}/transaction", JsonBody.Write(operations, StateBodies.WriteTransaction), null, cancellationToken);

    private static string KeyPath(string storeName, string key) => $"/v1.0/state/{storeName}/{Uri.EscapeDataString(key)}";

    private static DaprResult<bool> ConflictIsFalse(DaprResult result) => result.Fault switch
    {
        null => true,
        { Kind: DaprFaultKind.Conflict } => false,
        { } fault => fault,
    };
}
