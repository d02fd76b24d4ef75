using Splitrail.ExperimentSvc.Api;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Ingestion;
using Splitrail.ExperimentSvc.Results;

namespace Splitrail.ExperimentSvc.Pages.Overview;

/// <param name="Running">With what they show; the longest running first.</param>
/// <param name="Waiting">Drafts, reviews and what is paused.</param>
/// <param name="Over">Ended and archived ones.</param>
/// <param name="SnapshotVersion">What the gateways serve.</param>
/// <param name="ActiveModel">In production; null before the first.</param>
/// <param name="Hour">Answers of the last hour.</param>
public sealed record OverviewModel(
    IReadOnlyList<RunningExperiment> Running, IReadOnlyList<ExperimentView> Waiting, int Over, long SnapshotVersion, string? ActiveModel, LastHour Hour);

/// <summary>Answers to users in experiments, minute by minute.</summary>
/// <param name="FromMs">The first minute, Unix milliseconds.</param>
/// <param name="Minutes">Each with answers, the oldest first.</param>
public sealed record LastHour(long FromMs, IReadOnlyList<(long MinuteMs, AnswerCounts Counts)> Minutes)
{
    public const int Length = 60;

    public AnswerCounts Sum => Minutes.Aggregate(default(AnswerCounts), static (sum, minute) => sum + minute.Counts);
}

/// <param name="Experiment">The experiment.</param>
/// <param name="Results">What it shows; null while that cannot be read.</param>
public sealed record RunningExperiment(ExperimentView Experiment, ResultsView? Results)
{
    /// <summary>What it is judged by: its first goal, else its first metric.</summary>
    public MetricResult? Goal => Results?.Metrics.FirstOrDefault(static metric => metric.Role == MetricRoles.Goal) ?? (Results is { Metrics: [var first, ..] } ? first : null);
}
