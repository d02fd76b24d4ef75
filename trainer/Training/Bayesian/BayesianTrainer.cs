using Splitrail.Models;

namespace Splitrail.Trainer.Training.Bayesian;

/// <summary>Ratings into a <see cref="BayesianModel"/>.</summary>
internal static class BayesianTrainer
{
    /// <param name="log">Events; only ratings count, and of one person and item the last.</param>
    /// <param name="items">Positions of the model that it becomes a part of.</param>
    /// <param name="options">How.</param>
    /// <returns>Null when there are too few ratings, or nothing to tell them apart: see <see cref="BayesianOptions"/>.</returns>
    public static BayesianModel? Train(InteractionLog log, ItemIndex items, BayesianOptions options)
    {
        if (options.Factors == 0)
            return null;
        var last = new Dictionary<(int User, int Item), float>();
        for (var e = 0; e < log.Count; e++)
            if (log.Kind[e].HasFlag(LoggedKind.Rating) && items.Find(log.Items[log.Item[e]].ItemId) is >= 0 and var item)
                last[(log.Subject[e], item)] = log.Stars[e];
        var ratings = last.Select(static entry => new Rating(entry.Key.User, entry.Key.Item, entry.Value)).ToArray();
        var enough = ratings.Length >= BayesianOptions.LeastRatings
            && ratings.Select(static rating => rating.User).Distinct().Count() >= BayesianOptions.LeastRaters
            && ratings.Select(static rating => rating.Stars).Distinct().Count() > 1;
        return enough ? Train(ratings, options) : null;
    }

    /// <param name="ratings">Distinct pairs; at least one.</param>
    /// <param name="options">How.</param>
    /// <param name="swept">Told the sampler after each sweep; may be null.</param>
    public static BayesianModel Train(IReadOnlyList<Rating> ratings, BayesianOptions options, Action<GibbsSampler>? swept = null)
    {
        var mean = (float)ratings.Average(static rating => rating.Stars);
        var (users, items) = (Number(ratings.Select(static rating => rating.User)), Number(ratings.Select(static rating => rating.Item)));
        var matrix = RatingMatrix.From(
            [.. ratings.Select(rating => new Rating(users[rating.User], items[rating.Item], rating.Stars))], users.Count, items.Count, mean);
        var sampler = new GibbsSampler(matrix, options);
        var kept = new KeptDraws(Kept(matrix, options), options);
        for (var sweep = 1; !kept.IsFull; sweep++)
        {
            sampler.Sweep();
            swept?.Invoke(sampler);
            if (sweep > options.BurnIn && (sweep - options.BurnIn) % options.Thin == 0)
                kept.Add(sampler);
        }

        return kept.ToModel([.. items.Keys], mean, ratings);
    }

    /// <summary>Numbers of those that are there, ascending as they are.</summary>
    private static Dictionary<int, int> Number(IEnumerable<int> present) =>
        present.Distinct().Order().Index().ToDictionary(static one => one.Item, static one => one.Index);

    /// <summary>The items whose draws are kept, ascending: all of them, or the most rated when they are more than there is room for.</summary>
    private static int[] Kept(RatingMatrix matrix, BayesianOptions options)
    {
        var counts = new int[matrix.Columns];
        foreach (var column in matrix.Column)
            counts[column]++;
        return [.. Enumerable.Range(0, counts.Length).OrderByDescending(item => counts[item]).Take(options.MostItems).Order()];
    }
}
