namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>
/// Size and power of a comparison of two means with equal variance by Student's t test (Cohen, Statistical Power Analysis for the Behavioral Sciences, 2nd ed. 1988),
/// with both tails counted where it has two. A ratio metric is a mean here whose variance is the delta method's (RatioMetric: ErrorVariance · Units).
/// </summary>
/// <param name="Alpha">Of the test.</param>
/// <param name="Ratio">Units of the other arm for each one of the first, above 0.</param>
/// <param name="Sides">2, or 1 for a test of the effect's direction alone.</param>
internal readonly record struct Power(double Alpha, double Ratio, int Sides = 2)
{
    private const double LargestSize = 1e12;

    /// <summary>Chance to find an effect; alpha itself while there are too few units for any test.</summary>
    /// <param name="effect">Cohen's d: the difference in standard deviations.</param>
    /// <param name="units">Of the first arm.</param>
    public double Of(double effect, double units)
    {
        var freedom = (units * (1 + Ratio)) - 2;
        if (freedom <= 0)
            return Alpha;
        var critical = -Tails.StudentQuantile(Alpha / Sides, freedom);
        var shift = Math.Abs(effect) * Math.Sqrt(units * Ratio / (1 + Ratio));
        return NoncentralStudent.Upper(critical, freedom, shift) + (Sides == 2 ? NoncentralStudent.Upper(critical, freedom, -shift) : 0);
    }

    /// <summary>Units of the first arm that find this effect with this chance; not whole.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The effect is 0, or needs more than 10¹² units.</exception>
    public double UnitsFor(double effect, double power)
    {
        if (effect == 0 || Of(effect, LargestSize) < power)
            throw new ArgumentOutOfRangeException(nameof(effect), effect, "no size finds an effect that small");
        var self = this;
        return Rising(units => self.Of(effect, units), power, 3 / (1 + Ratio), LargestSize);
    }

    /// <summary>Cohen's d that this many units of the first arm find with this chance.</summary>
    public double EffectFor(double units, double power)
    {
        var self = this;
        return Rising(effect => self.Of(effect, units), power, 1e-9, 1e3);
    }

    /// <summary>
    /// Units of the first arm for two rates by Cohen's h, whose variance is nearly the same at all rates. The one for planning rates is Planning.TwoProportions.
    /// </summary>
    public double UnitsForRates(double first, double other, double power)
    {
        var h = Math.Abs(CohensH(first, other));
        var (self, critical) = (this, -Tails.NormalQuantile(Alpha / Sides));
        return Rising(Found, power, 1e-3, LargestSize);

        double Found(double units)
        {
            var shift = h * Math.Sqrt(units * self.Ratio / (1 + self.Ratio));
            return Tails.NormalUpper(critical - shift) + (self.Sides == 2 ? Tails.NormalUpper(critical + shift) : 0);
        }
    }

    public static double CohensH(double first, double other) => (2 * Math.Asin(Math.Sqrt(other))) - (2 * Math.Asin(Math.Sqrt(first)));

    /// <summary>Where a rising function reaches a level, to a relative 10⁻¹².</summary>
    private static double Rising(Func<double, double> function, double level, double low, double high)
    {
        while (high / low > 1 + 1e-12)
        {
            var middle = Math.Sqrt(low * high);
            (low, high) = function(middle) < level ? (middle, high) : (low, middle);
        }

        return Math.Sqrt(low * high);
    }
}
