using Splitrail.ExperimentSvc.Bandits;
using Splitrail.ExperimentSvc.Decisions;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Inference;
using Splitrail.ExperimentSvc.Metrics;

namespace Splitrail.ExperimentSvc.Rules;

/// <summary>What an experiment's type asks of the rest of it.</summary>
internal static class TypeRules
{
    private const double MostHours = 24 * 365;

    public static void Check(DefinedExperiment experiment, string at, Faults faults)
    {
        if (experiment.Type is { } type)
            faults.OneOf($"{at}type", type, ExperimentTypes.All);
        if (experiment.Type == ExperimentTypes.Same)
            CheckSame(experiment, at, faults);
        if (experiment.Type == ExperimentTypes.Interleaving)
            CheckInterleaving(experiment, at, faults);
        if (experiment.Type == ExperimentTypes.Bandit)
            CheckBandit(experiment, at, faults);
        else if (experiment.Bandit is not null)
            faults.Add($"{at}bandit", "an object", $"only an experiment with \"type\": \"{ExperimentTypes.Bandit}\" has it");
    }

    private static void CheckSame(DefinedExperiment experiment, string at, Faults faults)
    {
        for (var i = 1; i < (experiment.Arms?.Count ?? 0); i++)
        {
            if (experiment.Arms![i].Parameters != experiment.Arms[0].Parameters)
                faults.Add($"{at}arms[{i}].parameters", experiment.Arms[i].Parameters.ToString(), "must be the same as those of the first arm: the arms of an A/A experiment do the same");
        }

        if (experiment.Decisions?.Mode == DecisionModes.Act)
            faults.Add($"{at}decisions.mode", DecisionModes.Act, $"must be {DecisionModes.Recommend} or left out: an A/A experiment has no winner and no loser");
    }

    private static void CheckInterleaving(DefinedExperiment experiment, string at, Faults faults)
    {
        var arms = experiment.Arms ?? [];
        if (arms.Count != 2)
            faults.Add($"{at}arms", arms.Count, "must be exactly two: two rankings are drafted into one list");
        else if (arms[0].Parameters == arms[1].Parameters)
            faults.Add($"{at}arms[1].parameters", arms[1].Parameters.ToString(), "must differ from those of the first arm, such as another ranker or model: equal rankings cannot be told apart");
        // Once it is decided everybody gets one of them.
        if (arms.Count == 2 && arms[0].Share != arms[1].Share && !arms.Any(static arm => arm.Share == 1))
            faults.Add($"{at}arms[].share", string.Join(" and ", arms.Select(static arm => Faults.Number(arm.Share))), "must be 0.5 each: everybody gets both rankings, and which of the arms someone belongs to says nothing");
        if (experiment.Metrics is { Count: > 0 } metrics)
            faults.Add($"{at}metrics", metrics.Count, "must be left out: people of both arms see the same lists, so only the clicks on each ranking's items compare them");
        if (experiment.Decisions?.Mode == DecisionModes.Act)
            faults.Add($"{at}decisions.mode", DecisionModes.Act, $"must be {DecisionModes.Recommend} or left out: preferences are shown, and their owner decides");
    }

    private static void CheckBandit(DefinedExperiment experiment, string at, Faults faults)
    {
        var goals = experiment.Metrics?.Where(static metric => metric?.Role == MetricRoles.Goal).ToArray() ?? [];
        if (goals.Length != 1)
            faults.Add($"{at}metrics", goals.Length, "must have exactly one goal: what a bandit earns by");
        else if (MetricTable.Find(goals[0].Name) is { IsOfAnswers: true } or { Kind: MetricKind.Quantile })
            faults.Add($"{at}metrics", goals[0].Name, "must be a goal that is counted by person: a bandit weighs people");
        var (limits, arms) = (BanditPlan.LimitsOf(experiment), experiment.Arms?.Count ?? 0);
        if (!(limits.Least is > 0 and < 1) || limits.Least * arms > 1)
            faults.Add($"{at}bandit.least", limits.Least, $"must be above 0, and {arms} arms must fit into 1: at most {(arms == 0 ? "1" : Faults.Number(1.0 / arms))}");
        if (!(limits.Step is > 0 and <= 1))
            faults.Add($"{at}bandit.step", limits.Step, "must be above 0 and up to 1: the largest change of a share at once");
        if (experiment.Bandit?.Hours is { } hours && !(hours is > 0 and <= MostHours))
            faults.Add($"{at}bandit.hours", hours, $"must be above 0 and up to {MostHours}");
    }
}
