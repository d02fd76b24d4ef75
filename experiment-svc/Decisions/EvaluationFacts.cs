using Splitrail.ExperimentSvc.Aggregates;
using Splitrail.ExperimentSvc.Bandits;
using Splitrail.ExperimentSvc.Inference;

namespace Splitrail.ExperimentSvc.Decisions;

/// <summary>All that an evaluation reads, as it was counted: sums as exact text, from which the input's doubles follow.</summary>
/// <param name="Plan">What was agreed.</param>
/// <param name="Arms">In the order of the definition.</param>
/// <param name="Epochs">In order of time.</param>
/// <param name="Metrics">That are counted, in the order of the definition.</param>
/// <param name="Quality">Of the data.</param>
/// <param name="Looks">Planned looks taken before.</param>
/// <param name="StartedMs">Unix milliseconds of the first exposure.</param>
/// <param name="NowMs">Unix milliseconds of the evaluation.</param>
/// <param name="Bandit">Null for all but bandits.</param>
internal sealed record EvaluationFacts(
    EvaluationPlan Plan,
    IReadOnlyList<ArmInput> Arms,
    IReadOnlyList<EpochInput> Epochs,
    IReadOnlyList<MetricFacts> Metrics,
    QualityFacts Quality,
    IReadOnlyList<PastLook> Looks,
    long StartedMs,
    long NowMs,
    BanditPlan? Bandit = null)
{
    /// <exception cref="FormatException">Some text is no sums.</exception>
    public EvaluationInput ToInput() => new(Plan, Arms, Epochs, [.. Metrics.Select(static metric => metric.ToInput())], Quality, Looks, StartedMs, NowMs);

    /// <summary>What follows from them, and from nothing else.</summary>
    public EvaluationOutput Evaluated() => Bandit is null ? Evaluation.Of(ToInput()) : BanditEvaluation.Of(ToInput(), Bandit);
}

/// <summary>A metric and what was counted of it.</summary>
/// <param name="Shape">The metric; its cells follow from the sums.</param>
/// <param name="Sums">By arm, then by epoch: the text of <see cref="ExactSums"/>.</param>
internal sealed record MetricFacts(MetricInput Shape, IReadOnlyList<IReadOnlyList<string>> Sums)
{
    public MetricInput ToInput() => Shape with
    {
        Cells = [.. Sums.Select(arm => (IReadOnlyList<MetricCell>)[.. arm.Select(text => ExactSums.Parse(text).ToCell(Shape.Kind, Shape.HasCovariate))])],
    };
}
