using System.Collections.Concurrent;
using System.Globalization;
using Splitrail.ExperimentSvc.Inference;
using Splitrail.ExperimentSvc.Statistics;

namespace Splitrail.ExperimentSvc.Results;

/// <summary>The planned looks of an experiment.</summary>
internal static class LookTexts
{
    private const int MostKept = 1000;

    private static readonly ConcurrentDictionary<string, double[]> s_kept = new(StringComparer.Ordinal);

    public static IReadOnlyList<LookView> Of(EvaluationInput input)
    {
        var plan = input.Plan;
        if (plan.PlannedUsers <= 0 || plan.Looks.Count == 0)
            return [];
        var bounds = Bounds(plan, PromoteRule.AlphaOf(input));
        return
        [
            .. plan.Looks.Select((part, i) =>
            {
                var taken = input.Looks.FirstOrDefault(look => look.Planned == i + 1);
                return new LookView(i + 1, part, LookSchedule.UsersOf(plan, i), bounds[i], taken is null ? null : ResultsText.Time(taken.AtMs), taken?.Users);
            }),
        ];
    }

    /// <summary>An integration of some milliseconds, and the same for every look at the same plan.</summary>
    private static double[] Bounds(EvaluationPlan plan, double alpha)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"{plan.Boundary} {alpha:R} {string.Join(' ', plan.Looks)}");
        if (s_kept.TryGetValue(key, out var kept))
            return kept;
        if (s_kept.Count >= MostKept)
            s_kept.Clear();
        return s_kept[key] = GroupSequential.Boundaries(plan.Looks, alpha, plan.Boundary == BoundaryFamilies.Pocock ? AlphaSpending.Pocock : AlphaSpending.OBrienFleming);
    }
}
