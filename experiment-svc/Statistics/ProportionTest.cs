namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>
/// Two independent rates, treatment against control: the z test with pooled variance (Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions,
/// 3rd ed. 2003, chapter 3) and Newcombe's hybrid score interval of the difference (Newcombe, Interval estimation for the difference between independent
/// proportions: comparison of eleven methods, Statistics in Medicine 1998), which keeps its coverage where rates are near 0.
/// </summary>
/// <param name="Difference">Treatment - control.</param>
/// <param name="Z">Of the pooled test.</param>
/// <param name="WaldError">Standard error of the difference with unpooled variances.</param>
internal readonly record struct ProportionTest(double Difference, double Z, double WaldError)
{
    /// <summary>Two-sided, of the pooled test.</summary>
    public double PValue => Math.Min(1, 2 * Tails.NormalUpper(Math.Abs(Z)));

    /// <summary>Of the question whether the treatment's rate is above the control's.</summary>
    public double PValueGreater => Tails.NormalUpper(Z);

    /// <summary>Wald's, symmetric: for rates far from 0 and 1.</summary>
    public Interval WaldInterval(double alpha) => Interval.Around(Difference, -Tails.NormalQuantile(alpha / 2) * WaldError);

    public static Finding<ProportionTest> Of(Share treatment, Share control)
    {
        if (treatment.Units == 0 || control.Units == 0)
            return NotYet.NoUsers;
        var pooled = new Share(treatment.Successes + control.Successes, treatment.Units + control.Units).Value;
        if (pooled is 0 or 1)
            return NotYet.NoVariance;
        var error = Math.Sqrt(pooled * (1 - pooled) * ((1.0 / treatment.Units) + (1.0 / control.Units)));
        var difference = treatment.Value - control.Value;
        return new ProportionTest(difference, difference / error, Math.Sqrt(treatment.ErrorVariance + control.ErrorVariance));
    }

    /// <summary>Newcombe's hybrid of the two Wilson intervals.</summary>
    public static Finding<Interval> Newcombe(Share treatment, Share control, double alpha)
    {
        if (treatment.Units == 0 || control.Units == 0)
            return NotYet.NoUsers;
        var (one, other) = (treatment.Wilson(alpha), control.Wilson(alpha));
        var difference = treatment.Value - control.Value;
        return new Interval(
            difference - double.Hypot(treatment.Value - one.Low, other.High - control.Value),
            difference + double.Hypot(one.High - treatment.Value, control.Value - other.Low));
    }

    /// <summary>Agresti and Caffo, Simple and effective confidence intervals for proportions, The American Statistician 2000: one success and one failure more in each arm.</summary>
    public static Interval AgrestiCaffo(Share treatment, Share control, double alpha)
    {
        var (one, other) = (new Share(treatment.Successes + 1, treatment.Units + 2), new Share(control.Successes + 1, control.Units + 2));
        return Interval.Around(one.Value - other.Value, -Tails.NormalQuantile(alpha / 2) * Math.Sqrt(one.ErrorVariance + other.ErrorVariance));
    }

    /// <summary>Of treatment / control, symmetric in the logarithm (Katz et al., Obtaining confidence intervals for the risk ratio in cohort studies, Biometrics 1978).</summary>
    public static Finding<Interval> RiskRatio(Share treatment, Share control, double alpha)
    {
        if (treatment.Successes == 0 || control.Successes == 0)
            return NotYet.NoBaseline;
        var error = Math.Sqrt((1.0 / treatment.Successes) - (1.0 / treatment.Units) + (1.0 / control.Successes) - (1.0 / control.Units));
        var (ratio, half) = (treatment.Value / control.Value, -Tails.NormalQuantile(alpha / 2) * error);
        return new Interval(ratio * Math.Exp(-half), ratio * Math.Exp(half));
    }
}
