using System.Globalization;
using Splitrail.Local.Sidecar.Json;

namespace Splitrail.Local.Sidecar.State;

/// <summary>The weakest semantics that Dapr has, those of Redis: counters as tags, no protection in transactions, a save keeps an old expiry.</summary>
/// <param name="defaultTtl">The component's <c>ttlInSeconds</c>.</param>
internal sealed class RedisSemantics(string? defaultTtl) : IStateSemantics
{
    public GoJson Json => GoJson.RedisState;

    public bool ReportsExpiry => false;

    public bool TransactionsAreAtomic => false;

    public string NextETag(StateItem? current) =>
        current is null ? "1" : (long.Parse(current.ETag, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture);

    public StateFault? Check(string fullKey, StateWrite write, StateItem? current)
    {
        if (write.Value is null)
            return write.ETag is null || current is null || current.ETag == write.ETag ? null : StateFault.Mismatch(DeleteScript(fullKey));
        // last-write does away with the tag, and then a mark that an earlier first-write left on the key decides.
        var expected = 0;
        if (!write.IsLastWrite && !string.IsNullOrEmpty(write.ETag) && !int.TryParse(write.ETag, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out expected))
            return new StateFault(StateFaultKind.InvalidETag, $"invalid etag value: strconv.Atoi: parsing {ApiError.Text(write.ETag)}: invalid syntax");
        if (current is null || current.ETag == expected.ToString(CultureInfo.InvariantCulture) || (expected == 0 && !current.WasFirstWritten))
            return null;
        return string.IsNullOrEmpty(write.ETag) ? StateFault.Other($"failed to set key {fullKey}: {SetScript(fullKey)}") : StateFault.Mismatch(SetScript(fullKey));
    }

    public StateFault? Expiry(StateWrite write, StateItem? current, long nowMs, out long? expiresMs)
    {
        expiresMs = current?.ExpiresMs;
        var ttl = write.TtlSeconds ?? defaultTtl;
        if (ttl is null)
            return null;
        if (!long.TryParse(ttl, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds))
            return StateFault.Other($"failed to parse ttl from metadata: strconv.ParseInt: parsing {ApiError.Text(ttl)}: invalid syntax");
        expiresMs = seconds > 0 ? nowMs + (seconds * 1000) : null;
        return null;
    }

    public string InTransaction(StateFault fault) => fault.Text.Replace(StateFault.MismatchPrefix, "", StringComparison.Ordinal);

    private static string SetScript(string key) =>
        $"ERR user_script:14: failed to set key {key} script: d908b9553add63a82e03589b5c6d01a7654ef0f2, on @user_script:14.";

    private static string DeleteScript(string key) =>
        $"ERR user_script:6: failed to delete {key} script: 2446db0de2c963f100727b388f03ead01d18c265, on @user_script:6.";
}
