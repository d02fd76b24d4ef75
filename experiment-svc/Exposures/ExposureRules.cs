using Splitrail.Contracts;
using Splitrail.Datasets;
using Splitrail.ExperimentSvc.Ingestion;

namespace Splitrail.ExperimentSvc.Exposures;

/// <summary>What an exposure must be to be counted.</summary>
internal static class ExposureRules
{
    private static readonly TimeSpan s_ahead = TimeSpan.FromDays(1);

    /// <summary>Why it is refused; null when it is good.</summary>
    public static IntakeFault? FaultOf(Exposure? exposure, DateTimeOffset now)
    {
        if (exposure is null)
            return new(QualityReasons.Unreadable, "exposure is null");
        if (exposure.UnitKind is not (UnitKinds.User or UnitKinds.Session))
            return new(QualityReasons.BadAssignment, $"unit_kind '{exposure.UnitKind}' is neither user nor session");
        if (!(exposure.Probability is > 0 and <= 1))
            return new(QualityReasons.BadAssignment, $"probability {exposure.Probability} is not above 0 and up to 1");
        if (exposure.Epoch < 1)
            return new(QualityReasons.BadAssignment, $"epoch {exposure.Epoch} is below 1");
        if (exposure.TimestampMs < 0)
            return new(QualityReasons.BadTime, $"timestamp_ms {exposure.TimestampMs} is before 1970");
        if (exposure.TimestampMs > (now + s_ahead).ToUnixTimeMilliseconds())
            return new(QualityReasons.FromTheFuture, $"timestamp_ms {exposure.TimestampMs} is more than a day ahead");
        return Id("exposure_id", exposure.ExposureId) ?? Id("experiment", exposure.Experiment) ?? Id("arm", exposure.Arm) ?? Id("unit", exposure.Unit)
            ?? Optional("linked_user", exposure.LinkedUser) ?? Optional("request_id", exposure.RequestId);
    }

    private static IntakeFault? Optional(string name, string? id) => id is null ? null : Id(name, id);

    private static IntakeFault? Id(string name, string? id) => DatasetIds.FaultOf(id) is { } fault ? new(QualityReasons.BadId, $"{name} {fault}") : null;
}
