using System.Text.Json;
using Splitrail.ExperimentSvc.Audit;
using Splitrail.ExperimentSvc.Chains;

namespace Splitrail.ExperimentSvc.Editing;

/// <summary>
/// A clock that was set back would date an edit before the one it follows, and schedules and ramps by a time that has been. Order never comes from the clock (sequence and versions do), so a
/// little is tolerated.
/// </summary>
internal static class ClockRule
{
    public static Refusal? Check(ChainRow? last, DateTimeOffset now, TimeSpan tolerance)
    {
        if (last is null || JsonSerializer.Deserialize(last.Entry, AuditJson.Default.AuditEntry) is not { } entry)
            return null;
        var lastAt = DateTimeOffset.FromUnixTimeMilliseconds(entry.AtMs);
        if (now >= lastAt - tolerance)
            return null;
        return new Refusal(
            StatusCodes.Status409Conflict,
            "Clock set back",
            $"The last edit was made at {lastAt:O}, and by this machine's clock it is {now:O}. Set the clock right; if it was wrong before and is right now, raise ExperimentSvc:ClockTolerance "
            + $"(now {tolerance:c}) above the difference until an edit is stored.")
        {
            IsTransient = true,
            More = new Dictionary<string, object?> { ["last_edit_at"] = lastAt.ToString("O"), ["clock"] = now.ToString("O") },
        };
    }
}
