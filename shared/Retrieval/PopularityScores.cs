using Splitrail.Models;

namespace Splitrail.Retrieval;

/// <summary>
/// Popularity of the last seven days, steadied by longer windows: the share of an item in a window is shrunk towards its share in the next
/// longer one by <see cref="PriorStrength"/> pseudo-interactions (the mean of a Dirichlet posterior). Where a week has many events the week
/// decides, where it has few the year does, so one rule serves a busy shop and a sleepy one.
/// </summary>
public static class PopularityScores
{
    /// <summary>Pseudo-interactions with which a longer window backs a shorter one, per thousand items.</summary>
    private const double PriorStrength = 1000;

    /// <summary>ln(1 + share x 10,000 ) per item, share weighted by how well the item is liked.</summary>
    public static float[] Of(ItemStatistics statistics)
    {
        var count = statistics.Count;
        var share = new double[count];
        Array.Fill(share, 1.0 / Math.Max(1, count));
        var prior = PriorStrength * count / 1000;
        foreach (var window in new[] { statistics.CountAll, statistics.Count365, statistics.Count90, statistics.Count30, statistics.Count7 })
        {
            var total = 0.0;
            foreach (var c in window)
                total += c;
            // The longest window is backed by next to nothing: one pseudo-interaction over the whole catalogue.
            var strength = ReferenceEquals(window, statistics.CountAll) ? 1.0 : prior;
            for (var i = 0; i < count; i++)
                share[i] = (window[i] + strength * share[i]) / (total + strength);
        }

        var scores = new float[count];
        for (var i = 0; i < count; i++)
            scores[i] = (float)Math.Log(1 + 10_000 * share[i] * statistics.LikedRate[i]);
        return scores;
    }
}
