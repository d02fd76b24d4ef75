using Splitrail.ExperimentSvc.Decisions;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Inference;

namespace Splitrail.ExperimentSvc.Schedules;

/// <summary>Stops a ramp when an arm is worse beyond doubt, on a guardrail or on the goal, by the bounds that roll back: right at any time.</summary>
internal sealed class GuardrailGate(FactsReader facts) : IRampGate
{
    public string Name => RampGates.Guardrails;

    public async Task<string?> CheckAsync(ExperimentRecord record, CancellationToken cancellationToken)
    {
        var harms = HarmRule.Harms((await facts.ReadAsync(record, [], cancellationToken)).Facts.ToInput());
        return harms.Count == 0 ? null : string.Join("; ", harms.Select(GroundText.Of));
    }
}
