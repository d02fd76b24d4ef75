using Splitrail.ExperimentSvc.Definitions;

namespace Splitrail.ExperimentSvc.Schedules;

/// <summary>Whether a ramp may take its next step. All gates have to agree.</summary>
internal interface IRampGate
{
    /// <summary>Why it must stop; null when this gate has nothing against the step.</summary>
    Task<string?> CheckAsync(ExperimentRecord record, int epoch, CancellationToken cancellationToken);
}
