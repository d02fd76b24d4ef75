using System.Collections.Concurrent;
using System.Globalization;
using Splitrail.ExperimentSvc.Statistics;

namespace Splitrail.ExperimentSvc.Inference;

/// <summary>
/// Boundaries of planned looks (Lan and DeMets 1983): each spends what the spending function allows by its information, the final one all that is left, also when it comes with less
/// information than planned. Integrations are kept: their answers depend on their arguments alone.
/// </summary>
internal static class LookBounds
{
    private const int MostKept = 10_000;

    private static readonly ConcurrentDictionary<string, double> s_kept = new(StringComparer.Ordinal);

    /// <param name="input">With the looks before.</param>
    /// <param name="now">The look that is taken.</param>
    /// <param name="arm">Its information counts.</param>
    /// <param name="alpha">Two-sided, of this arm and metric.</param>
    /// <param name="family">One of <see cref="BoundaryFamilies"/>.</param>
    /// <returns>Critical |z| of this look; null when the arm knows nothing more than at the last one.</returns>
    public static double? Of(EvaluationInput input, PastLook now, int arm, double alpha, string family)
    {
        var information = new List<double>(input.Looks.Count + 1);
        foreach (var look in input.Looks)
            Append(information, look.Information[arm]);
        if (!Append(information, now.Information[arm]))
            return null;
        var spendsAll = now.IsFinal && (input.Plan.IsCutShort != true || now.Planned == input.Plan.Looks.Count);
        var key = string.Create(CultureInfo.InvariantCulture, $"{family} {alpha:R} {spendsAll} {string.Join(' ', information)}");
        if (s_kept.TryGetValue(key, out var kept))
            return kept;
        if (s_kept.Count >= MostKept)
            s_kept.Clear();
        return s_kept[key] = Critical(information, spendsAll, alpha, Spending(family));
    }

    private static bool Append(List<double> information, double next)
    {
        var isMore = next > (information.Count == 0 ? 0 : information[^1]);
        if (isMore)
            information.Add(next);
        return isMore;
    }

    private static double Critical(List<double> information, bool spendsAll, double alpha, AlphaSpending spending)
    {
        var spent = information.ConvertAll(part => spending.Spent(Math.Min(1, part), alpha));
        if (spendsAll)
            spent[^1] = alpha;
        return GroupSequential.Boundaries(information, spent)[^1];
    }

    private static AlphaSpending Spending(string family) => family switch
    {
        BoundaryFamilies.OBrienFleming => AlphaSpending.OBrienFleming,
        BoundaryFamilies.Pocock => AlphaSpending.Pocock,
        _ => throw new ArgumentException($"boundary '{family}' is none of {string.Join(", ", BoundaryFamilies.All)}", nameof(family)),
    };
}
