using System.Globalization;
using System.Text.Json;

namespace Splitrail.Local.Sidecar.Resources;

/// <summary>Several messages in one delivery.</summary>
/// <param name="MaxMessages">At most so many.</param>
/// <param name="MaxAwait">How long the first of them waits for others.</param>
internal sealed record BulkSpec(int MaxMessages, TimeSpan MaxAwait)
{
    private const int DefaultMessages = 100;
    private const int DefaultAwaitMs = 1000;

    /// <returns>Null when the subscription wants single messages.</returns>
    public static BulkSpec? Read(YamlMap bulk) => bulk.Flag("enabled")
        ? new BulkSpec(Number(bulk, "maxMessagesCount", DefaultMessages), TimeSpan.FromMilliseconds(Number(bulk, "maxAwaitDurationMs", DefaultAwaitMs)))
        : null;

    /// <inheritdoc cref="Read(YamlMap)"/>
    public static BulkSpec? Read(JsonElement told) =>
        told.TryGetProperty("bulkSubscribe", out var bulk) && bulk.ValueKind == JsonValueKind.Object && bulk.TryGetProperty("enabled", out var enabled) && enabled.ValueKind == JsonValueKind.True
            ? new BulkSpec(Number(bulk, "maxMessagesCount", DefaultMessages), TimeSpan.FromMilliseconds(Number(bulk, "maxAwaitDurationMs", DefaultAwaitMs)))
            : null;

    private static int Number(YamlMap bulk, string name, int missing)
    {
        if (bulk.Text(name) is not { } text)
            return missing;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
            return number;
        bulk.Fault(name, $"'{name}' is '{text}'; it must be a whole number above 0.");
        return missing;
    }

    private static int Number(JsonElement bulk, string name, int missing) =>
        bulk.TryGetProperty(name, out var value) && value.TryGetInt32(out var number) && number > 0 ? number : missing;
}
