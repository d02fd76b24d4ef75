using Splitrail.ExperimentSvc.Definitions;
using Splitrail.Policies;

namespace Splitrail.ExperimentSvc.Schedules;

/// <summary>Whether a ramp may take its next step. All gates of the present step have to agree.</summary>
internal interface IRampGate : INamedPolicy
{
    /// <summary>Why it must stop; null when this gate has nothing against the step.</summary>
    Task<string?> CheckAsync(ExperimentRecord record, CancellationToken cancellationToken);
}
