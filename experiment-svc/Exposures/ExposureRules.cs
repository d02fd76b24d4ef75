using Splitrail.Contracts;
using Splitrail.Datasets;

namespace Splitrail.ExperimentSvc.Exposures;

/// <summary>What an exposure must be to be counted.</summary>
internal static class ExposureRules
{
    private static readonly TimeSpan s_ahead = TimeSpan.FromDays(1);

    /// <summary>Why it is refused; null when it is good.</summary>
    public static string? FaultOf(Exposure? exposure, DateTimeOffset now)
    {
        if (exposure is null)
            return "exposure is null";
        if (exposure.UnitKind is not ("user" or "session"))
            return $"unit_kind '{exposure.UnitKind}' is neither user nor session";
        if (!(exposure.Probability is > 0 and <= 1))
            return $"probability {exposure.Probability} is not above 0 and up to 1";
        if (exposure.Epoch < 1)
            return $"epoch {exposure.Epoch} is below 1";
        if (exposure.TimestampMs < 0 || exposure.TimestampMs > (now + s_ahead).ToUnixTimeMilliseconds())
            return $"timestamp_ms {exposure.TimestampMs} is not between 1970 and tomorrow";
        return Id("exposure_id", exposure.ExposureId) ?? Id("experiment", exposure.Experiment) ?? Id("arm", exposure.Arm) ?? Id("unit", exposure.Unit)
            ?? (exposure.LinkedUser is null ? null : Id("linked_user", exposure.LinkedUser));
    }

    private static string? Id(string name, string? id) => DatasetIds.FaultOf(id) is { } fault ? $"{name} {fault}" : null;
}
