namespace Splitrail.Trainer.Ranker.Trees;

/// <summary>Sums of gradient and curvature of a leaf's rows, by feature and bin, one after the other.</summary>
internal sealed class LeafHistograms(double[][] sums)
{
    /// <summary>What is left when the rows of a child are taken away; of as many features as the child has.</summary>
    public LeafHistograms Less(LeafHistograms child) => new([.. child.Sums.Select((taken, feature) =>
    {
        var rest = new double[taken.Length];
        for (var i = 0; i < rest.Length; i++)
            rest[i] = Sums[feature][i] - taken[i];
        return rest;
    })]);

    /// <summary>The best value of all rows as one leaf.</summary>
    public float Value(TreeOptions options)
    {
        var (gradient, curvature) = Totals(0);
        return (float)(-options.LearningRate * gradient / (curvature + options.Lambda));
    }

    /// <summary>The best split by one feature: rows up to a bin against the rest. No gain when none is allowed.</summary>
    public (int Bin, double Gain) Best(int feature, int count, TreeOptions options)
    {
        var (gradient, curvature) = Totals(feature);
        var whole = gradient * gradient / (curvature + options.Lambda);
        var (best, gain, leftGradient, leftCurvature) = (-1, 0.0, 0.0, 0.0);
        for (var bin = 0; bin < count - 1; bin++)
        {
            leftGradient += Sums[feature][2 * bin];
            leftCurvature += Sums[feature][(2 * bin) + 1];
            var (rightGradient, rightCurvature) = (gradient - leftGradient, curvature - leftCurvature);
            if (leftCurvature < options.MinCurvature || rightCurvature < options.MinCurvature)
                continue;
            var parted = (leftGradient * leftGradient / (leftCurvature + options.Lambda)) + (rightGradient * rightGradient / (rightCurvature + options.Lambda)) - whole;
            if (parted > gain)
                (best, gain) = (bin, parted);
        }

        return (best, gain);
    }

    private double[][] Sums => sums;

    private (double Gradient, double Curvature) Totals(int feature)
    {
        var (gradient, curvature) = (0.0, 0.0);
        for (var at = 0; at < sums[feature].Length; at += 2)
            (gradient, curvature) = (gradient + sums[feature][at], curvature + sums[feature][at + 1]);
        return (gradient, curvature);
    }
}
