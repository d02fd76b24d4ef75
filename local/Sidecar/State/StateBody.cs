using System.Text.Json;
using Splitrail.Local.Sidecar.Json;

namespace Splitrail.Local.Sidecar.State;

/// <summary>Reads the bodies of the state API as daprd does, with its faults.</summary>
internal static class StateBody
{
    private static readonly byte[] Null = "null"u8.ToArray();

    public static ApiError? TryReadSave(ReadOnlyMemory<byte> body, string? queryTtl, StateStore store, out List<StateWrite> writes)
    {
        writes = [];
        if (TryParse(body, out var document) is { } fault)
            return ApiError.Malformed(fault);
        using (document)
        {
            if (document!.RootElement.ValueKind != JsonValueKind.Array)
                return ApiError.Malformed($"json: cannot unmarshal {GoJsonFault.Kind(document.RootElement)} into Go value of type []state.SetRequest");
            foreach (var item in document.RootElement.EnumerateArray())
            {
                if (TryReadItem(item, isDelete: false, queryTtl, store, inTransaction: false, out var write) is { } refused)
                    return refused;
                writes.Add(write);
            }
        }

        return null;
    }

    public static ApiError? TryReadTransaction(ReadOnlyMemory<byte> body, StateStore store, out List<StateWrite> writes)
    {
        writes = [];
        if (TryParse(body, out var document) is { } fault)
            return ApiError.Malformed("failed deserializing HTTP body: " + fault);
        using (document)
        {
            if (document!.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("operations", out var operations))
                return null;
            foreach (var operation in operations.EnumerateArray())
            {
                var kind = Text(operation, "operation") ?? "";
                if (kind is not ("upsert" or "delete"))
                    return new ApiError(400, "ERR_NOT_SUPPORTED_STATE_OPERATION", $"operation type {kind} not supported");
                var request = operation.TryGetProperty("request", out var found) ? found : default;
                if (TryReadItem(request, kind == "delete", null, store, inTransaction: true, out var write) is { } refused)
                    return refused;
                writes.Add(write);
            }
        }

        return null;
    }

    public static ApiError? TryReadKeys(ReadOnlyMemory<byte> body, out List<string> keys)
    {
        keys = [];
        if (TryParse(body, out var document) is { } fault)
            return ApiError.Malformed("failed deserializing HTTP body: " + fault);
        using (document)
        {
            if (document!.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("keys", out var found))
                keys.AddRange(found.EnumerateArray().Select(key => key.GetString() ?? ""));
        }

        return null;
    }

    private static ApiError? TryReadItem(JsonElement item, bool isDelete, string? queryTtl, StateStore store, bool inTransaction, out StateWrite write)
    {
        write = new StateWrite("", null, null, false, false, null);
        if (item.ValueKind != JsonValueKind.Object)
            return ApiError.Malformed($"json: cannot unmarshal {GoJsonFault.Kind(item)} into Go value of type state.SetRequest");
        if (TryReadMetadata(item, out var ttl) is { } fault)
            return ApiError.Malformed(fault);
        var key = Text(item, "key");
        if (string.IsNullOrEmpty(key))
            return ApiError.Malformed("\"key\" is a required field");
        if (key.Contains("||", StringComparison.Ordinal))
            return ApiError.IllegalKey(key, store.Name, inTransaction);
        var value = isDelete ? null : item.TryGetProperty("value", out var given) ? store.Semantics.Json.Write(given) : Null;
        var options = item.TryGetProperty("options", out var found) ? found : default;
        write = new StateWrite(key, value, Text(item, "etag"), Text(options, "concurrency") == "first-write", Text(options, "concurrency") == "last-write", ttl ?? queryTtl, OptionFault(options));
        return null;
    }

    private static string? OptionFault(JsonElement options)
    {
        if (Text(options, "consistency") is { } consistency and not ("" or "eventual" or "strong"))
            return $"unrecognized consistency model '{consistency}'";
        return Text(options, "concurrency") is { } concurrency and not ("" or "first-write" or "last-write") ? $"unrecognized concurrency model '{concurrency}'" : null;
    }

    private static string? TryReadMetadata(JsonElement item, out string? ttl)
    {
        ttl = null;
        if (!item.TryGetProperty("metadata", out var metadata) || metadata.ValueKind != JsonValueKind.Object)
            return null;
        foreach (var member in metadata.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.String)
                return $"json: cannot unmarshal {GoJsonFault.Kind(member.Value)} into Go struct field SetRequest.metadata of type string";
            if (member.NameEquals("ttlInSeconds"))
                ttl = member.Value.GetString();
        }

        return null;
    }

    private static string? TryParse(ReadOnlyMemory<byte> body, out JsonDocument? document)
    {
        try
        {
            document = JsonDocument.Parse(body);
            return null;
        }
        catch (JsonException)
        {
            document = null;
            return GoJsonFault.Describe(body.Span);
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
