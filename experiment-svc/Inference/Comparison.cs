using Splitrail.ExperimentSvc.Statistics;

namespace Splitrail.ExperimentSvc.Inference;

/// <summary>Makes both arms' estimates of a metric, by epoch and then together.</summary>
internal static class Comparison
{
    /// <param name="metric">With its cells.</param>
    /// <param name="arm">The treatment's place.</param>
    /// <param name="control">The control's.</param>
    /// <param name="isPooled">Variances within each epoch from both arms together.</param>
    public static Finding<ArmPair> Of(MetricInput metric, int arm, int control, bool isPooled = false)
    {
        var slope = metric.HasCovariate ? Slope(metric) : 0;
        var epochs = new (Finding<ArmEstimate>, Finding<ArmEstimate>)[metric.Cells[arm].Count];
        for (var epoch = 0; epoch < epochs.Length; epoch++)
        {
            var (treatment, other) = (Estimate(metric, metric.Cells[arm][epoch], slope), Estimate(metric, metric.Cells[control][epoch], slope));
            if (treatment.TryGet(out var one) && other.TryGet(out var two))
                (treatment, other) = Together(metric, new ArmPair(one, two), isPooled);
            epochs[epoch] = (treatment, other);
        }

        return Strata.Combine(epochs);
    }

    private static (Finding<ArmEstimate> Treatment, Finding<ArmEstimate> Control) Together(MetricInput metric, ArmPair pair, bool isPooled)
    {
        var shaped = metric.IsSkewed ? pair.OfOneShape() : pair;
        var (treatment, control) = isPooled ? shaped.Pooled() : shaped;
        return (treatment, control);
    }

    /// <summary>A proportion's successes by epoch.</summary>
    public static RatePair[] Rates(MetricInput metric, int arm, int control)
    {
        var pairs = new RatePair[metric.Cells[arm].Count];
        for (var epoch = 0; epoch < pairs.Length; epoch++)
        {
            var (one, other) = (metric.Cells[arm][epoch], metric.Cells[control][epoch]);
            pairs[epoch] = new RatePair(one.Sum, one.Users, other.Sum, other.Users);
        }

        return pairs;
    }

    /// <summary>How much both arms together know of their difference: Σ over epochs of n · m / (n + m), in users.</summary>
    public static double Information(MetricInput metric, int arm, int control)
    {
        var sum = 0.0;
        for (var epoch = 0; epoch < metric.Cells[arm].Count; epoch++)
            sum += Harmonic(metric.Cells[arm][epoch].Users, metric.Cells[control][epoch].Users);
        return sum;
    }

    public static double Harmonic(double one, double other) => one > 0 && other > 0 ? one * other / (one + other) : 0;

    /// <summary>One slope for all arms and epochs, of the deviations within each.</summary>
    private static double Slope(MetricInput metric)
    {
        var (products, squares) = (0.0, 0.0);
        foreach (var cell in metric.Cells.SelectMany(static arm => arm).Where(static cell => cell.Users > 1))
        {
            products += cell.Products - (cell.Sum * cell.OtherSum / cell.Users);
            squares += cell.OtherSquares - (cell.OtherSum * cell.OtherSum / cell.Users);
        }

        return squares > 0 ? products / squares : 0;
    }

    /// <summary>Of one arm in one epoch.</summary>
    /// <param name="metric">Which.</param>
    /// <param name="cell">What was counted.</param>
    /// <param name="slope">Of outcome on covariate.</param>
    public static Finding<ArmEstimate> Estimate(MetricInput metric, MetricCell cell, double slope = 0)
    {
        if (cell.Users == 0)
            return NotYet.NoUsers;
        var estimate = metric.Kind switch
        {
            MetricKind.Ratio => RatioMetric.Estimate(cell.Pair),
            MetricKind.Quantile => HistogramQuantile.Estimate(cell.Histogram ?? [], metric.Quantile ?? 0.5, cell.Users),
            _ when metric.HasCovariate => Cuped.Estimate(cell.Pair, slope),
            MetricKind.Proportion => UnitSums.ShareEstimate((long)cell.Sum, cell.Users),
            _ => cell.Sums.MeanEstimate(),
        };
        return estimate.TryGet(out var plain) ? plain with { ThirdCumulant = ThirdCumulant(metric, cell) } : estimate;
    }

    /// <summary>Of the mean, where it is known; with a covariate that of the mean before adjustment, which the adjustment hardly changes where few values are large.</summary>
    private static double ThirdCumulant(MetricInput metric, MetricCell cell)
    {
        if (metric.Kind == MetricKind.Proportion && cell.Users > 0)
        {
            var rate = cell.Sum / cell.Users;
            return rate * (1 - rate) * (1 - (2 * rate)) / cell.Users / cell.Users;
        }

        return metric is { Kind: MetricKind.Mean, IsSkewed: true } && cell.Users > 2 ? cell.Skewed.ThirdMoment / cell.Users / cell.Users : 0;
    }
}
