using System.Text.Json;
using Splitrail.ExperimentSvc.Decisions;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Inference;
using Splitrail.ExperimentSvc.Metrics;
using Splitrail.ExperimentSvc.Planning;
using Splitrail.ExperimentSvc.Results.Shown;

namespace Splitrail.ExperimentSvc.Results;

/// <summary>An evaluation as the API shows it.</summary>
internal static class ResultsText
{
    public static ResultsView Of(
        ExperimentRecord record, CountedFacts counted, EvaluationInput input, EvaluationOutput outcome, IReadOnlyList<RecordedDecision> before, ShownView shown)
    {
        var facts = counted.Facts;
        return new ResultsView(
            record.Id,
            record.State.NameOf(),
            record.Definition.Type ?? ExperimentTypes.Test,
            DecisionModes.Of(record.Definition),
            Time(facts.NowMs),
            TimeOrNull(counted.UpdatedMs),
            TimeOrNull(counted.FirstExposureMs),
            outcome.Progress.Users,
            facts.Quality.MultiArmUsers,
            counted.ExcludedUsers,
            Conclusion(facts, outcome),
            Recommendation(record, before),
            [.. record.Definition.Arms.Select((arm, i) => new ArmUsers(arm.Id, arm.Control, arm.Share, facts.Epochs.Sum(epoch => epoch.Users[i])))],
            [.. record.Definition.Metrics.Select(wanted => Metric(wanted, facts, outcome))],
            new SampleRatioView(outcome.SampleRatio.PValue, outcome.SampleRatio.IsMismatch, [.. facts.Epochs.Select(epoch => Users(epoch, facts.Arms))]),
            ProgressText.Of(facts, outcome.Progress, counted.FirstExposureMs),
            facts.Bandit is null ? LookTexts.Of(input) : [],
            shown,
            TypeTexts.FalseAlarms(record, facts, before),
            TypeTexts.Bandit(facts, outcome));
    }

    public static string Name<TEnum>(TEnum value)
        where TEnum : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    public static DateTimeOffset Time(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);

    private static DateTimeOffset? TimeOrNull(long? ms) => ms is { } known ? Time(known) : null;

    private static ConclusionView Conclusion(EvaluationFacts facts, EvaluationOutput outcome) => new(
        Name(outcome.Conclusion.Verdict), outcome.Conclusion.Arm, DecisionSentence.Of(facts, outcome),
        [.. outcome.Conclusion.Grounds.Select(GroundView.Of)]);

    /// <summary>The last thing that was recommended, while its owner can still do it and has decided nothing himself.</summary>
    private static RecommendationView? Recommendation(ExperimentRecord record, IReadOnlyList<RecordedDecision> before) =>
        record is { IsRunning: true, Lifecycle.Decision: null } && before.LastOrDefault(static one => one.Action.State == DecisionState.Recommended)?.Entry is { } entry
            ? new RecommendationView(entry.Sequence, entry.Kind, entry.Arm, Time(entry.AtMs), entry.Sentence)
            : null;

    private static MetricResult Metric(DefinedMetric wanted, EvaluationFacts facts, EvaluationOutput outcome)
    {
        if (facts.Metrics.FirstOrDefault(metric => metric.Shape.Name == wanted.Name)?.Shape is not { } shape)
            return new MetricResult(wanted.Name, null, wanted.Role, null, null, wanted.Margin, [], NotYetTexts.Uncounted);
        return Metric(shape, outcome.Findings);
    }

    /// <summary>A metric that is counted, with what was found of it.</summary>
    public static MetricResult Metric(MetricInput shape, IReadOnlyList<MetricFinding> findings) => new(
        shape.Name, MetricTable.Find(shape.Name)?.Summary, Name(shape.Role), Name(shape.Kind), Name(shape.Direction), shape.Margin,
        [.. findings.Where(finding => finding.Metric == shape.Name).Select(Arm)], null);

    private static ArmResult Arm(MetricFinding finding) => new(
        finding.Arm, finding.Users, finding.ControlUsers, finding.Value, finding.ControlValue, Bounds(finding.Difference), Bounds(finding.Lift), Bounds(finding.Anytime),
        finding.PValue, finding.AdjustedPValue, finding.Z, finding.Boundary, finding.ChanceToWin, finding.ExpectedLoss, finding.NotYet is { } reason ? NotYetTexts.Of(reason) : null);

    private static BoundedView? Bounds(Bounded? bounded) => bounded is null ? null : new BoundedView(bounded.Value, bounded.Low, bounded.High);

    private static EpochUsers Users(EpochInput epoch, IReadOnlyList<ArmInput> arms)
    {
        var (users, shares) = (epoch.Users.Sum(), epoch.Shares.Sum());
        return new EpochUsers(epoch.Id, [.. arms.Select((arm, i) => new ExpectedUsers(arm.Id, epoch.Users[i], shares > 0 ? Math.Round(users * epoch.Shares[i] / shares, 1) : 0))],
            SampleRatio.IsEnough(users, epoch.Shares) ? SampleRatio.PValue(epoch.Users, epoch.Shares) : null);
    }
}
