using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Interleaving;

namespace Splitrail.ExperimentSvc.Ingestion;

/// <summary>What came in one call of the sidecar, until it is stored.</summary>
internal sealed class IntakeDelivery(
    IReadOnlyList<Exposure> exposures, IReadOnlyList<Outcome> outcomes, IReadOnlyList<RefusedEvent> refused, IReadOnlyList<AnswerTally>? answers = null, IReadOnlyList<IntakeMark>? marks = null,
    IReadOnlyList<TeamList>? teams = null)
{
    private readonly TaskCompletionSource<bool> _stored = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<Exposure> Exposures => exposures;

    public IReadOnlyList<Outcome> Outcomes => outcomes;

    public IReadOnlyList<RefusedEvent> Refused => refused;

    public IReadOnlyList<AnswerTally> Answers => answers ?? [];

    /// <summary>How far its topic is read with it.</summary>
    public IReadOnlyList<IntakeMark> Marks => marks ?? [];

    /// <summary>Of interleaved lists.</summary>
    public IReadOnlyList<TeamList> Teams => teams ?? [];

    public int Count => exposures.Count + outcomes.Count + refused.Count + Answers.Count + Marks.Count + Teams.Count;

    /// <summary>True once it is committed, false when the database was away.</summary>
    public Task<bool> Stored => _stored.Task;

    public void Complete(bool stored) => _stored.TrySetResult(stored);

    public void Fail(Exception fault) => _stored.TrySetException(fault);
}
