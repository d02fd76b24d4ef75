using System.Globalization;
using Splitrail.Local.Sidecar.Json;

namespace Splitrail.Local.Sidecar.State;

/// <summary>The semantics of daprd's in-memory store: ETags always protect, transactions are atomic, a save replaces the expiry.</summary>
internal sealed class StrictSemantics : IStateSemantics
{
    public GoJson Json => GoJson.InMemoryState;

    public bool ReportsExpiry => true;

    public bool TransactionsAreAtomic => true;

    public string NextETag(StateItem? current) => Guid.NewGuid().ToString();

    public StateFault? Check(string fullKey, StateWrite write, StateItem? current)
    {
        if (string.IsNullOrEmpty(write.ETag))
            return write.IsFirstWrite && current is not null ? StateFault.Mismatch("item already exists and no etag was passed") : null;
        if (current is null)
            return StateFault.Mismatch($"state not exist or expired for key={fullKey}");
        return current.ETag == write.ETag ? null : StateFault.Mismatch($"state etag not match for key={fullKey}: current={current.ETag}, expect={write.ETag}");
    }

    public StateFault? Expiry(StateWrite write, StateItem? current, long nowMs, out long? expiresMs)
    {
        expiresMs = null;
        if (write.TtlSeconds is null)
            return null;
        if (!int.TryParse(write.TtlSeconds, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds))
            return StateFault.Other($"strconv.Atoi: parsing {ApiError.Text(write.TtlSeconds)}: invalid syntax");
        expiresMs = seconds > 0 ? nowMs + (seconds * 1000L) : null;
        return null;
    }

    public string InTransaction(StateFault fault) => fault.Text;
}
