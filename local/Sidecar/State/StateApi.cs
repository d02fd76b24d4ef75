using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Splitrail.Local.Sidecar.Faults;
using Splitrail.Local.Sidecar.Resiliency;

namespace Splitrail.Local.Sidecar.State;

/// <summary><c>/v1.0/state/…</c></summary>
internal sealed class StateApi(SidecarOptions options, IReadOnlyDictionary<string, StateStore> stores, PolicyBook policies, FaultTable faults)
{
    private const string Kind = "Statestore";

    /// <summary>Answers, or returns false when verb and path are none of this API's.</summary>
    public async Task<bool> TryHandleAsync(ApiCall call)
    {
        var (verb, parts) = (call.Verb, call.Parts);
        Func<StateStore, Task>? action = (verb, parts.Length) switch
        {
            ("POST" or "PUT", 3) => store => SaveAsync(call, store),
            ("POST" or "PUT", 4) when parts[3] == "bulk" => store => BulkGetAsync(call, store),
            ("POST" or "PUT", 4) when parts[3] == "transaction" => store => TransactAsync(call, store),
            ("GET", 4) when parts[3].Length > 0 => store => GetAsync(call, store, parts[3]),
            ("DELETE", 4) when parts[3].Length > 0 => store => DeleteAsync(call, store, parts[3]),
            _ => null,
        };
        if (action is null)
            return false;
        if (stores.Count == 0)
            await ApiError.StoreNotConfigured(parts[2], options.AppId).WriteAsync(call.Response).ConfigureAwait(false);
        else if (stores.TryGetValue(parts[2], out var store))
            await action(store).ConfigureAwait(false);
        else
            await ApiError.StoreNotFound(parts[2], options.AppId).WriteAsync(call.Response).ConfigureAwait(false);
        return true;
    }

    public static Task QueryAsync(ApiCall call) => new ApiError(
        500, "ERR_STATE_STORE_NOT_SUPPORTED", "state store does not support querying",
        "[" + ApiError.Resource("", call.Parts[2], "state") + """,{"@type":"type.googleapis.com/google.rpc.ErrorInfo","domain":"dapr.io","metadata":null,"reason":"DAPR_STATE_QUERYING_NOT_SUPPORTED"}]""")
        .WriteAsync(call.Response);

    private async Task SaveAsync(ApiCall call, StateStore store)
    {
        if (call.BodyTooLarge)
        {
            await ApiError.Malformed("stream too large").WriteAsync(call.Response).ConfigureAwait(false);
            return;
        }

        if (StateBody.TryReadSave(call.Body, call.Query("metadata.ttlInSeconds"), store, out var writes) is { } refused)
        {
            await refused.WriteAsync(call.Response).ConfigureAwait(false);
            return;
        }

        var outcome = await GuardedAsync(store, call, async _ => CallOutcome.Done(await store.SaveAsync(writes).ConfigureAwait(false))).ConfigureAwait(false);
        var fault = outcome.Error is { } error ? StateFault.Other(error) : Join((IReadOnlyList<StateFault>)outcome.Value!, writes.Count);
        if (fault is null)
            call.Response.StatusCode = 204;
        else
            await new ApiError(fault.Status, "ERR_STATE_SAVE", $"failed saving state in state store {store.Name}: {fault.Text}").WriteAsync(call.Response).ConfigureAwait(false);
    }

    private async Task GetAsync(ApiCall call, StateStore store, string key)
    {
        if (key.Contains("||", StringComparison.Ordinal))
        {
            await ApiError.IllegalKey(key, store.Name, false).WriteAsync(call.Response).ConfigureAwait(false);
            return;
        }

        var outcome = await GuardedAsync(store, call, _ => ValueTask.FromResult(CallOutcome.Done(store.Get(key)))).ConfigureAwait(false);
        if (outcome.Error is { } error)
            await new ApiError(500, "ERR_STATE_GET", $"fail to get {key} from state store {store.Name}: {error}").WriteAsync(call.Response).ConfigureAwait(false);
        else if (outcome.Value is StateItem item)
            await WriteItemAsync(call.Response, store, item).ConfigureAwait(false);
        else
            call.Response.StatusCode = 204;
    }

    private async Task DeleteAsync(ApiCall call, StateStore store, string key)
    {
        if (key.Contains("||", StringComparison.Ordinal))
        {
            await ApiError.IllegalKey(key, store.Name, false).WriteAsync(call.Response).ConfigureAwait(false);
            return;
        }

        var etag = call.Header("If-Match");
        var write = new StateWrite(key, null, etag, call.Query("concurrency") == "first-write", call.Query("concurrency") == "last-write", null);
        var outcome = await GuardedAsync(store, call, async _ => CallOutcome.Done(await store.SaveAsync([write]).ConfigureAwait(false))).ConfigureAwait(false);
        var fault = outcome.Error is { } error ? StateFault.Other(error) : outcome.Value is IReadOnlyList<StateFault> { Count: > 0 } faults ? faults[0] : null;
        if (fault is null)
            call.Response.StatusCode = 204;
        else
            await new ApiError(fault.Status, "ERR_STATE_DELETE", $"failed deleting state with key {key}: {fault.Text}").WriteAsync(call.Response).ConfigureAwait(false);
    }

    private async Task BulkGetAsync(ApiCall call, StateStore store)
    {
        if (call.BodyTooLarge)
        {
            await ApiError.Malformed("failed deserializing HTTP body: stream too large").WriteAsync(call.Response).ConfigureAwait(false);
            return;
        }

        if (StateBody.TryReadKeys(call.Body, out var keys) is { } refused)
        {
            await refused.WriteAsync(call.Response).ConfigureAwait(false);
            return;
        }

        var outcome = await GuardedAsync(store, call, _ => ValueTask.FromResult(CallOutcome.Done(keys.ConvertAll(store.Get)))).ConfigureAwait(false);
        if (outcome.Error is { } error)
        {
            await new ApiError(500, "ERR_STATE_BULK_GET", error).WriteAsync(call.Response).ConfigureAwait(false);
            return;
        }

        var output = new ArrayBufferWriter<byte>();
        WriteBulk(output, store, keys, (List<StateItem?>)outcome.Value!);
        call.Response.ContentType = "application/json";
        call.Response.ContentLength = output.WrittenCount;
        await call.Response.Body.WriteAsync(output.WrittenMemory).ConfigureAwait(false);
    }

    private async Task TransactAsync(ApiCall call, StateStore store)
    {
        if (call.BodyTooLarge)
        {
            await ApiError.Malformed("failed deserializing HTTP body: stream too large").WriteAsync(call.Response).ConfigureAwait(false);
            return;
        }

        if (StateBody.TryReadTransaction(call.Body, store, out var writes) is { } refused)
        {
            await refused.WriteAsync(call.Response).ConfigureAwait(false);
            return;
        }

        var outcome = await GuardedAsync(store, call, async _ => CallOutcome.Done(await store.TransactAsync(writes).ConfigureAwait(false))).ConfigureAwait(false);
        var fault = outcome.Error ?? (outcome.Value is StateFault refusal ? store.Semantics.InTransaction(refusal) : null);
        if (fault is null)
            call.Response.StatusCode = 204;
        else
            await new ApiError(500, "ERR_STATE_TRANSACTION", $"error while executing state transaction: {fault}").WriteAsync(call.Response).ConfigureAwait(false);
    }

    private ValueTask<CallOutcome> GuardedAsync(StateStore store, ApiCall call, Func<CancellationToken, ValueTask<CallOutcome>> work) =>
        policies.ForComponent(Kind, store.Name, inbound: false).CallAsync(
            async (task, token) =>
            {
                try
                {
                    return await faults.ActAsync(store.Name, null, null, token).ConfigureAwait(false) ?? await task(token).ConfigureAwait(false);
                }
                catch (SqliteException fault)
                {
                    return CallOutcome.Failed(fault.Message);
                }
            },
            work,
            call.Aborted);

    /// <summary>Several faults are joined; a batch puts the prefix of a mismatch before the whole once more.</summary>
    private static StateFault? Join(IReadOnlyList<StateFault> faults, int writes)
    {
        if (faults.Count == 0)
            return null;
        var text = string.Join('\n', faults.Select(fault => fault.Text));
        var kind = faults.MinBy(fault => fault.Kind)!.Kind;
        return new StateFault(kind, kind == StateFaultKind.Mismatch && writes > 1 ? StateFault.MismatchPrefix + text : text);
    }

    private static Task WriteItemAsync(HttpResponse response, StateStore store, StateItem item)
    {
        response.ContentType = "application/json";
        response.Headers.ETag = item.ETag;
        if (store.Semantics.ReportsExpiry && item.ExpiresMs is { } expires)
            response.Headers["Metadata.ttlexpiretime"] = Time(expires);
        response.ContentLength = item.Value.Length;
        return response.Body.WriteAsync(item.Value).AsTask();
    }

    private static void WriteBulk(ArrayBufferWriter<byte> output, StateStore store, List<string> keys, List<StateItem?> items)
    {
        output.Write("["u8);
        for (var i = 0; i < keys.Count; i++)
        {
            Put(output, $$"""{{(i > 0 ? "," : "")}}{"key":{{ApiError.Text(keys[i])}}""");
            if (items[i] is { } item)
            {
                output.Write(",\"data\":"u8);
                output.Write(item.Value);
                Put(output, $",\"etag\":{ApiError.Text(item.ETag)}");
                if (store.Semantics.ReportsExpiry && item.ExpiresMs is { } expires)
                    Put(output, $$""","metadata":{"ttlExpireTime":"{{Time(expires)}}"}""");
            }

            output.Write("}"u8);
        }

        output.Write("]\n"u8);
    }

    private static string Time(long unixMs) => DateTimeOffset.FromUnixTimeMilliseconds(unixMs).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static void Put(ArrayBufferWriter<byte> output, string text) => Encoding.UTF8.GetBytes(text, output);
}
