using Splitrail.Contracts;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Ingestion;

/// <summary>The first exposure of a unit to an arm, first by its own time.</summary>
internal sealed record UnitExposure(
    string Unit, string Experiment, string Arm, long Epoch, long SnapshotVersion, long ProbabilityMicros, long AtMs, string ExposureId, string RequestId, string Context = "")
{
    private const double Micros = 1e6;

    public const string Columns =
        "unit AS Unit, experiment AS Experiment, arm AS Arm, epoch AS Epoch, snapshot_version AS SnapshotVersion, probability_micros AS ProbabilityMicros, at_ms AS AtMs, "
        + "exposure_id AS ExposureId, request_id AS RequestId, context AS Context";

    public static BulkTable<UnitExposure> Table { get; } = new("unit_exposures", "unit, experiment, arm",
    [
        new("unit", static row => row.Unit),
        new("experiment", static row => row.Experiment),
        new("arm", static row => row.Arm),
        new("epoch", static row => row.Epoch),
        new("snapshot_version", static row => row.SnapshotVersion),
        new("probability_micros", static row => row.ProbabilityMicros),
        new("at_ms", static row => row.AtMs),
        new("exposure_id", static row => row.ExposureId),
        new("request_id", static row => row.RequestId),
        new("context", static row => row.Context),
    ]);

    public (string Unit, string Experiment, string Arm) Key => (Unit, Experiment, Arm);

    public static UnitExposure Of(Exposure exposure) => new(
        UnitKey.Of(exposure), exposure.Experiment, exposure.Arm, exposure.Epoch, exposure.SnapshotVersion, (long)Math.Round(exposure.Probability * Micros), exposure.TimestampMs,
        exposure.ExposureId, exposure.RequestId ?? "", Segments.Of(exposure.Context));

    public bool IsBefore(UnitExposure other) => ExposureOrder.IsFirst((AtMs, Epoch, ExposureId, RequestId), (other.AtMs, other.Epoch, other.ExposureId, other.RequestId));
}
