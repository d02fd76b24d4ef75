using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Exposures;
using Splitrail.ExperimentSvc.Planning;

namespace Splitrail.ExperimentSvc.Schedules;

/// <summary>Stops a ramp when the units counted in this epoch do not fit the split. Guardrail metrics have no gate: outcomes are not counted yet.</summary>
internal sealed class SampleRatioGate(ExposureLog exposures) : IRampGate
{
    public const double Alpha = 0.001;

    public string Name => RampGates.SampleRatio;

    public async Task<string?> CheckAsync(ExperimentRecord record, int epoch, CancellationToken cancellationToken)
    {
        var counts = await exposures.CountAsync(record.Id, epoch, cancellationToken);
        var arms = record.Definition.Arms;
        long[] units = [.. arms.Select(arm => counts.GetValueOrDefault(arm.Id))];
        double[] shares = [.. arms.Select(static arm => arm.Share)];
        if (!SampleRatio.IsEnough(units.Sum(), shares))
            return null;
        var p = SampleRatio.PValue(units, shares);
        return p >= Alpha ? null : $"sample ratio mismatch: {string.Join(", ", arms.Zip(units, static (arm, count) => $"{arm.Id} {count}"))} units do not fit the split, p = {p:0.0e+0}";
    }
}
