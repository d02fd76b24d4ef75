using System.Globalization;
using Splitrail.ExperimentSvc.Inference;
using Splitrail.ExperimentSvc.Statistics;

namespace Splitrail.ExperimentSvc.Decisions;

/// <summary>Why, in one sentence that an experiment's owner understands.</summary>
internal static class DecisionSentence
{
    public static string Of(EvaluationFacts facts, EvaluationOutput outcome)
    {
        var conclusion = outcome.Conclusion;
        return conclusion.Verdict switch
        {
            Verdict.Promote => Promoted(facts, outcome),
            Verdict.RollBack => RolledBack(facts, outcome),
            Verdict.Inconclusive => $"After {Days(facts)} and {Count(outcome.Progress.Users)} users no arm is surely better{Goals(facts, outcome)}; {Grounds(conclusion)}.",
            Verdict.Reallocate => Reallocated(facts, outcome),
            _ when conclusion.Look is null => $"{Before(facts, outcome)}{Goals(facts, outcome)}; {Grounds(conclusion)}.",
            _ => $"{Look(facts, conclusion)}: nothing is sure yet{Goals(facts, outcome)}; {Grounds(conclusion)}.",
        };
    }

    private static string Promoted(EvaluationFacts facts, EvaluationOutput outcome)
    {
        var conclusion = outcome.Conclusion;
        var goal = conclusion.Grounds.FirstOrDefault(static ground => ground.Kind == GroundKind.GoalReached);
        var finding = FindingOf(outcome, goal?.Metric, conclusion.Arm);
        var guardrails = facts.Metrics.Count(static metric => metric.Shape.Role == MetricRole.Guardrail);
        var held = guardrails == 0 ? "" : guardrails == 1 ? "its guardrail holds and " : $"all {guardrails} guardrails hold and ";
        return $"Arm {conclusion.Arm} has {Change(finding)} {goal?.Metric}, enough to be sure {AtLook(facts, conclusion)}; {held}users fit the split.";
    }

    private static string RolledBack(EvaluationFacts facts, EvaluationOutput outcome)
    {
        var conclusion = outcome.Conclusion;
        var harm = conclusion.Grounds.FirstOrDefault(static ground => ground.Kind is GroundKind.GoalHarmed or GroundKind.GuardrailHarmed);
        var finding = FindingOf(outcome, harm?.Metric, conclusion.Arm);
        var what = harm?.Kind == GroundKind.GuardrailHarmed ? "the guardrail" : "the goal";
        return $"Arm {conclusion.Arm} harms {what} {harm?.Metric}: it has {Change(finding)}, and it is worse beyond doubt after {Count(finding?.Users ?? 0)} users; everybody goes back to the control{Doubts(facts, outcome)}.";
    }

    /// <summary>A rollback asks no gate, because harm must end; whoever reads of it has to know what may have made it.</summary>
    private static string Doubts(EvaluationFacts facts, EvaluationOutput outcome)
    {
        var (bad, all) = (facts.Quality.MultiArmUsers, facts.Quality.MultiArmUsers + outcome.Progress.Users);
        return (outcome.SampleRatio.IsMismatch, bad > facts.Plan.MultiArmLimit * all) switch
        {
            (true, _) => "; but users do not fit the split, so find out how they are dealt out and counted before believing these numbers",
            (_, true) => $"; but {Percent((double)bad / all)} of the users met two arms and are left out, most of them of the smaller arm, so find out why before believing these numbers",
            _ => "",
        };
    }

    private static string Reallocated(EvaluationFacts facts, EvaluationOutput outcome)
    {
        var bandit = outcome.Bandit!;
        var best = Enumerable.Range(0, facts.Arms.Count).MaxBy(arm => bandit.ChanceToBeBest[arm]);
        var shares = facts.Arms.Select((arm, i) => $"{arm.Id} {Percent(bandit.Shares[i])}");
        var goal = facts.Metrics.First(static metric => metric.Shape.Role == MetricRole.Goal).Shape.Name;
        return $"After {Count(outcome.Progress.Users)} users arm {facts.Arms[best].Id} is the best by {goal} with a chance of {Percent(bandit.ChanceToBeBest[best])}, so new users are dealt out anew: {string.Join(", ", shares)}.";
    }

    private static string Goals(EvaluationFacts facts, EvaluationOutput outcome)
    {
        if (outcome.Progress.Users == 0)
            return "";
        var goals = facts.Metrics.Where(static metric => metric.Shape.Role == MetricRole.Goal).Select(static metric => metric.Shape.Name).ToHashSet(StringComparer.Ordinal);
        var said = outcome.Findings.Where(finding => goals.Contains(finding.Metric)).Select(Said);
        return string.Join("", said.Select(static text => $", {text}"));
    }

    private static string Said(MetricFinding finding) => finding.Lift is not null || finding.Difference is not null
        ? $"{finding.Arm} has {Change(finding)} {finding.Metric}"
        : $"{finding.Metric} of {finding.Arm} cannot be compared yet ({NotYetWords.Of(finding.NotYet ?? NotYet.NoBaseline)})";

    /// <summary>As a part of the control; where that is at 0, or no part is known, as it is.</summary>
    private static string Change(MetricFinding? finding) => finding?.Lift is { } lift
        ? $"{Percent(Math.Abs(lift.Value))} {(lift.Value < 0 ? "less" : "more")} ({Signed(lift.Low)} to {Signed(lift.High)})"
        : finding?.Difference is { } difference
            ? $"{Number(Math.Abs(difference.Value))} {(difference.Value < 0 ? "less" : "more")} ({Number(difference.Low)} to {Number(difference.High)})"
            : "no numbers yet for";

    private static string Grounds(Conclusion conclusion) => string.Join(", ", conclusion.Grounds.Select(GroundText.Of));

    private static string Look(EvaluationFacts facts, Conclusion conclusion) => $"At the {Ordinal(conclusion.Look?.Planned ?? 0)} of {facts.Plan.Looks.Count} planned looks";

    /// <summary>Between planned looks, and before the first one.</summary>
    private static string Before(EvaluationFacts facts, EvaluationOutput outcome)
    {
        var (progress, looks) = (outcome.Progress, facts.Plan.Looks.Count);
        if (progress.Users == 0)
            return "Nobody has met an arm yet, so there is nothing to decide";
        if (outcome.Bandit is not null)
            return $"{Count(progress.Users)} users so far, and their split stays as it is";
        if (progress.PlannedUsers <= 0)
            return $"{Count(progress.Users)} users so far, and none can be named the winner";
        var when = progress.LooksTaken == 0 ? "the first" : progress.LooksTaken < looks ? "the next" : "the last";
        return $"It is too early to name a winner: {Count(progress.Users)} of {Count(progress.PlannedUsers)} planned users are there, and {when} of {looks} planned looks is still to come";
    }

    private static string AtLook(EvaluationFacts facts, Conclusion conclusion) => conclusion.Look is { } look ? $"at the {Ordinal(look.Planned)} of {facts.Plan.Looks.Count} planned looks" : "now";

    private static string Days(EvaluationFacts facts)
    {
        var days = TimeSpan.FromMilliseconds(facts.NowMs - facts.StartedMs).TotalDays;
        return $"{days.ToString(days < 10 ? "0.#" : "0", CultureInfo.InvariantCulture)} days";
    }

    private static MetricFinding? FindingOf(EvaluationOutput outcome, string? metric, string? arm) => outcome.Findings.FirstOrDefault(finding => finding.Metric == metric && finding.Arm == arm);

    private static string Count(long users) => users.ToString("N0", CultureInfo.InvariantCulture);

    private static string Percent(double part) => $"{(part * 100).ToString("0.0", CultureInfo.InvariantCulture)} %";

    private static string Number(double? value) => value is { } known ? known.ToString("0.####", CultureInfo.InvariantCulture) : "open";

    private static string Signed(double? part) => part is { } known ? $"{(known * 100).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture)} %" : "open";

    private static string Ordinal(int number) => (number % 100) switch
    {
        11 or 12 or 13 => $"{number}th",
        _ => $"{number}{(number % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" }}",
    };
}
