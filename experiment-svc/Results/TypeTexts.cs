using System.Globalization;
using Splitrail.ExperimentSvc.Decisions;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Inference;

namespace Splitrail.ExperimentSvc.Results;

/// <summary>What results have besides where an experiment is no test of arms.</summary>
internal static class TypeTexts
{
    /// <summary>Null unless the arms do the same.</summary>
    public static FalseAlarmView? FalseAlarms(ExperimentRecord record, EvaluationFacts facts, IReadOnlyList<RecordedDecision> before)
    {
        if (record.Definition.Type != ExperimentTypes.Same)
            return null;
        var (promotions, rollBacks) = (Count(DecisionKinds.Promote), Count(DecisionKinds.RollBack));
        var odds = $"Of a hundred such experiments at most {Percent(facts.Plan.Alpha)} promote and {Percent(facts.Plan.HarmAlpha)} roll back by chance";
        return new FalseAlarmView(promotions, rollBacks, promotions + rollBacks == 0
            ? $"No false alarm so far: the arms do the same and look the same. {odds}."
            : $"The arms do the same, and {promotions} would have been promoted and {rollBacks} rolled back. {odds}: if this is not the first one, what deals out users or counts them treats the arms differently.");

        int Count(string kind) => before.Count(one => one.Entry.Kind == kind && one.Entry.Mode == DecisionModes.Observe);
    }

    /// <summary>Null unless it is a bandit.</summary>
    public static IReadOnlyList<BanditArmView>? Bandit(EvaluationFacts facts, EvaluationOutput outcome) => outcome.Bandit is not { } step || facts.Bandit is not { } plan
        ? null
        : [.. facts.Arms.Select((arm, i) => new BanditArmView(arm.Id, plan.Shares[i], step.Shares[i], step.ChanceToBeBest[i]))];

    private static string Percent(double part) => (part * 100).ToString("0.#", CultureInfo.InvariantCulture);
}
