using Splitrail.Contracts;

namespace Splitrail.ExperimentSvc.Ingestion;

/// <summary>Which of two exposures of a unit to an arm is the first. A total order, or of two of one moment the one that arrived first would count.</summary>
internal static class ExposureOrder
{
    public static bool IsFirst(Exposure one, Exposure other) =>
        IsFirst((one.TimestampMs, one.Epoch, one.ExposureId, one.RequestId ?? ""), (other.TimestampMs, other.Epoch, other.ExposureId, other.RequestId ?? ""));

    public static bool IsFirst(in (long AtMs, long Epoch, string Id, string Request) one, in (long AtMs, long Epoch, string Id, string Request) other)
    {
        if (one.AtMs != other.AtMs)
            return one.AtMs < other.AtMs;
        if (one.Epoch != other.Epoch)
            return one.Epoch < other.Epoch;
        var byId = string.CompareOrdinal(one.Id, other.Id);
        return byId == 0 ? string.CompareOrdinal(one.Request, other.Request) < 0 : byId < 0;
    }
}
