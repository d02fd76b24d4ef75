using Splitrail.ExperimentSvc.Decisions;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Inference;

namespace Splitrail.ExperimentSvc.Schedules;

/// <summary>
/// Stops a ramp when the users counted in the present epoch do not fit the split, by the test that decisions use, which is right at any time. Earlier epochs were looked at in their time: who
/// resumes after a mismatch has seen to it, and begins an epoch.
/// </summary>
internal sealed class SampleRatioGate(FactsReader facts) : IRampGate
{
    public string Name => RampGates.SampleRatio;

    public async Task<string?> CheckAsync(ExperimentRecord record, CancellationToken cancellationToken)
    {
        var input = (await facts.ReadAsync(record, [], cancellationToken)).Facts.ToInput();
        var finding = Gates.SampleRatio(input with { Epochs = [.. input.Epochs.TakeLast(1)] });
        if (!finding.IsMismatch)
            return null;
        var users = input.Arms.Select((arm, i) => $"{arm.Id} {input.Epochs[^1].Users[i]}");
        return $"sample ratio mismatch: {string.Join(", ", users)} users do not fit the split, p = {finding.PValue:0.0e+0}";
    }
}
