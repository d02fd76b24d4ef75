using Splitrail.ExperimentSvc.Statistics;

namespace Splitrail.ExperimentSvc.Inference;

/// <summary>How much better than an accepted worsening the treatment is: above 0 it is better than that, whichever direction is good.</summary>
/// <param name="Test">Of ± (treatment - control) + margin · |control|, in the metric's unit, with its skewness.</param>
internal readonly record struct MarginTest(SkewedEffect Test)
{
    /// <summary>In standard errors, without skewness.</summary>
    public double Z => Test.T;

    /// <param name="pair">Over all epochs.</param>
    /// <param name="direction">Which change is good.</param>
    /// <param name="margin">Relative worsening; 0 asks whether it is better at all.</param>
    public static Finding<MarginTest> Of(ArmPair pair, MetricDirection direction, double margin)
    {
        var (one, other) = (pair.Treatment, pair.Control);
        var sign = direction == MetricDirection.Up ? 1 : -1;
        var (level, levelVariance, covariance) = other.Baseline;
        var part = sign * margin * Math.Sign(level);
        var value = (sign * (one.Value - other.Value)) + (margin * Math.Abs(level));
        var variance = one.ErrorVariance + Math.Max(0, other.ErrorVariance - (2 * part * covariance) + (part * part * levelVariance));
        if (variance <= 0)
            return NotYet.NoVariance;
        var error = Math.Sqrt(variance);
        var left = 1 - part;
        var skewness = sign * (one.ThirdCumulant - (left * left * left * other.ThirdCumulant)) / (error * error * error);
        return double.IsFinite(value) && double.IsFinite(error) && double.IsFinite(skewness)
            ? new MarginTest(new SkewedEffect(new Effect(value, error, one.Freedom + other.Freedom), skewness))
            : NotYet.OutOfRange;
    }
}
