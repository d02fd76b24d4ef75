namespace Splitrail.ExperimentSvc.Inference;

/// <summary>
/// Everything an evaluation looks at. What is decided follows from this alone: no clock, no chance, no other state, so that the same input gives the same output to the bit.
/// All lists have a fixed order: arms, epochs and metrics are named by their place.
/// </summary>
/// <param name="Plan">What was agreed before the start.</param>
/// <param name="Arms">Exactly one is the control.</param>
/// <param name="Epochs">In order of time, the present one last.</param>
/// <param name="Metrics">Their cells are by arm and then by epoch, in the orders above.</param>
/// <param name="Quality">What is known of the data's health.</param>
/// <param name="Looks">Planned looks already taken, in order; <see cref="Conclusion.Look"/> of earlier evaluations.</param>
/// <param name="StartedMs">Unix milliseconds of the first exposure's earliest time.</param>
/// <param name="NowMs">Unix milliseconds up to which the sums are complete.</param>
internal sealed record EvaluationInput(
    EvaluationPlan Plan,
    IReadOnlyList<ArmInput> Arms,
    IReadOnlyList<EpochInput> Epochs,
    IReadOnlyList<MetricInput> Metrics,
    QualityFacts Quality,
    IReadOnlyList<PastLook> Looks,
    long StartedMs,
    long NowMs);

/// <param name="Id">As the definition writes it.</param>
/// <param name="IsControl">What the others are held against.</param>
internal sealed record ArmInput(string Id, bool IsControl);

/// <summary>The time between two edits of a split.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Users">Counted users whose first exposure fell into it, by arm.</param>
/// <param name="Shares">The split then, by arm, in any unit; 0 for an arm that got nobody.</param>
internal sealed record EpochInput(int Id, IReadOnlyList<long> Users, IReadOnlyList<double> Shares);
