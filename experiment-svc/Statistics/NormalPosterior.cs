namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>
/// Chance to win and expected loss of an effect with a normal likelihood and a normal prior (Gelman et al., Bayesian Data Analysis, 3rd ed. 2013, section 2.5).
/// </summary>
/// <param name="Mean">Of the effect, in its own unit.</param>
/// <param name="Deviation">Above 0.</param>
internal readonly record struct NormalPosterior(double Mean, double Deviation)
{
    /// <summary>P(effect > 0).</summary>
    public double ChanceToWin => Tails.NormalUpper(-Mean / Deviation);

    /// <summary>E[max(-effect, 0)]: what choosing the treatment costs.</summary>
    public double LossOfTreatment => LossOfControl - Mean;

    /// <summary>E[max(effect, 0)]: what keeping the control costs.</summary>
    public double LossOfControl => (Mean * ChanceToWin) + (Deviation * Tails.NormalDensity(Mean / Deviation));

    /// <summary>P(each is the largest of all), summing to 1, by Simpson's rule; the posteriors are independent of each other.</summary>
    public static double[] ChanceToBeBest(IReadOnlyList<NormalPosterior> arms)
    {
        const int Intervals = 800;
        const double Reach = 9;
        var chances = new double[arms.Count];
        for (var arm = 0; arm < chances.Length; arm++)
        {
            for (var i = 0; i <= Intervals; i++)
            {
                var z = Reach * ((2.0 * i / Intervals) - 1);
                var below = (i == 0 || i == Intervals ? 1 : i % 2 == 1 ? 4 : 2) * Tails.NormalDensity(z);
                for (var other = 0; other < chances.Length; other++)
                    below *= other == arm ? 1 : Tails.NormalCdf((arms[arm].Mean + (z * arms[arm].Deviation) - arms[other].Mean) / arms[other].Deviation);
                chances[arm] += below;
            }
        }

        var sum = chances.Sum();
        return Array.ConvertAll(chances, chance => chance / sum);
    }

    public Interval Interval(double alpha) => Statistics.Interval.Around(Mean, -Tails.NormalQuantile(alpha / 2) * Deviation);

    /// <param name="effect">With its standard error.</param>
    /// <param name="prior">In the effect's unit; null for a flat one.</param>
    public static NormalPosterior Of(Effect effect, NormalPosterior? prior)
    {
        if (prior is not { } before)
            return new NormalPosterior(effect.Value, effect.StandardError);
        var (own, other) = (1 / (effect.StandardError * effect.StandardError), 1 / (before.Deviation * before.Deviation));
        return new NormalPosterior(((effect.Value * own) + (before.Mean * other)) / (own + other), Math.Sqrt(1 / (own + other)));
    }
}
