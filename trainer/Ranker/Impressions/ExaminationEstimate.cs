namespace Splitrail.Trainer.Ranker.Impressions;

/// <summary>
/// Estimates the examination curve from served lists alone by regression-based expectation maximisation (Wang et al. 2018): what was wanted is a
/// logistic regression of the features, so positions can be told from wishes where like items stood at different ones.
/// </summary>
internal static class ExaminationEstimate
{
    private const int Rounds = 12;
    private const double Least = 0.01;
    private static readonly NetworkOptions s_regression = new([]) { LearningRate = 0.05f, LearningRateDecay = 0.6f, MaxPasses = 3 };

    /// <param name="lists">With outcomes.</param>
    /// <param name="seed">Of the regression's order of rows.</param>
    /// <exception cref="ArgumentException">Nothing was taken, or nothing shown.</exception>
    public static ExaminationCurve Of(IReadOnlyList<ServedList> lists, int seed)
    {
        var items = lists.SelectMany(static list => list.Items).ToArray();
        if (!items.Any(static item => item.Taken))
            throw new ArgumentException($"Examination cannot be estimated from {lists.Count} lists of which nothing was taken.", nameof(lists));
        var curve = Start(items);
        var wishes = new float[items.Length];
        Array.Fill(wishes, items.Count(static item => item.Taken) / (float)items.Length);
        for (var round = 0; round < Rounds; round++)
        {
            var (looked, wanted) = Expect(items, curve, wishes);
            curve = Maximise(items, looked);
            wishes = Regress(items, wanted, seed);
        }

        return Relative(curve);
    }

    /// <summary>What is taken at a position, against the most that is at any: a first guess that calls all of it position.</summary>
    private static double[] Start(ServedItem[] items)
    {
        var (taken, shown) = (new double[items.Max(static item => item.Position)], 0.0);
        var shownAt = new double[taken.Length];
        foreach (var item in items)
        {
            taken[item.Position - 1] += item.Taken ? 1 : 0;
            shownAt[item.Position - 1]++;
        }

        shown = Enumerable.Range(0, taken.Length).Max(at => shownAt[at] > 0 ? taken[at] / shownAt[at] : 0);
        return [.. taken.Select((count, at) => Math.Clamp(shownAt[at] > 0 ? count / shownAt[at] / shown : 1, Least, 1))];
    }

    /// <summary>Probabilities that each item was looked at and was wanted, given whether it was taken.</summary>
    private static (double[] Looked, float[] Wanted) Expect(ServedItem[] items, double[] curve, float[] wishes)
    {
        var (looked, wanted) = (new double[items.Length], new float[items.Length]);
        for (var i = 0; i < items.Length; i++)
        {
            var (look, wish) = (curve[items[i].Position - 1], (double)wishes[i]);
            var left = 1 - (look * wish);
            looked[i] = items[i].Taken ? 1 : look * (1 - wish) / left;
            wanted[i] = items[i].Taken ? 1f : (float)(wish * (1 - look) / left);
        }

        return (looked, wanted);
    }

    private static double[] Maximise(ServedItem[] items, double[] looked)
    {
        var (sums, counts) = (new double[items.Max(static item => item.Position)], new double[items.Max(static item => item.Position)]);
        for (var i = 0; i < items.Length; i++)
        {
            sums[items[i].Position - 1] += looked[i];
            counts[items[i].Position - 1]++;
        }

        return [.. sums.Select((sum, at) => Math.Clamp(counts[at] > 0 ? sum / counts[at] : 1, Least, 1))];
    }

    private static float[] Regress(ServedItem[] items, float[] wanted, int seed)
    {
        var rows = new TrainingRows(items[0].Features.Length);
        rows.BeginContext(0);
        for (var i = 0; i < items.Length; i++)
            rows.AddPartly(items[i].Features, wanted[i]);
        var all = Enumerable.Range(0, items.Length).ToArray();
        var fit = new NetworkFit(new RankerTask(rows, [0], [0], seed, null), all, s_regression);
        fit.LearnRows(all, s_regression.MaxPasses, static _ => true);
        var wishes = new float[items.Length];
        fit.Copy().Score(rows.Features, wishes);
        return Array.ConvertAll(wishes, static logit => Math.Clamp(RankerModel.Sigmoid(logit), 1e-4f, 0.999f));
    }

    private static ExaminationCurve Relative(double[] curve)
    {
        var most = curve.Max();
        return new ExaminationCurve([.. curve.Select(look => Math.Clamp(look / most, Least, 1))]);
    }
}
