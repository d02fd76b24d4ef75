namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>
/// Two arms compared within epochs and then averaged, with weights n·m / (n + m) (Cochran, Some methods for strengthening the common χ² tests, Biometrics 1954; Mantel
/// and Haenszel 1959). Pooling over an edit of the split instead mixes the arms' shares with the time: 90/10 at 4 % and then 50/50 at 6 % looks like an effect of + 20 %
/// where there is none. These weights, rather than those by users, keep the little that a ramp's first steps know from drowning the rest.
/// </summary>
internal static class Strata
{
    /// <param name="epochs">Each epoch's estimates, treatment and control. One that has none yet in either arm is left out: there is nothing to compare there.</param>
    /// <returns>Both arms with the same weights, so that their difference and their ratio are free of the epochs' level; or the last epoch's reason.</returns>
    public static Finding<ArmPair> Combine(IReadOnlyList<(Finding<ArmEstimate> Treatment, Finding<ArmEstimate> Control)> epochs)
    {
        var (usable, reason) = (new List<ArmPair>(epochs.Count), NotYet.NoUsers);
        foreach (var (treatment, control) in epochs)
        {
            if (treatment.TryGet(out var one) && control.TryGet(out var other))
                usable.Add(new ArmPair(one, other));
            else
                reason = treatment.Reason ?? control.Reason!.Value;
        }

        if (usable.Count == 0)
            return reason;
        var weights = usable.ConvertAll(static pair => (double)pair.Treatment.Units * pair.Control.Units / (pair.Treatment.Units + pair.Control.Units));
        var total = weights.Sum();
        return new ArmPair(Average(usable.ConvertAll(static pair => pair.Treatment)), Average(usable.ConvertAll(static pair => pair.Control)));

        ArmEstimate Average(List<ArmEstimate> arms) => arms.Count == 1 ? arms[0] : Weighted(arms, weights.ConvertAll(weight => weight / total));
    }

    private static ArmEstimate Weighted(List<ArmEstimate> arms, List<double> weights)
    {
        long units = 0;
        double value = 0, variance = 0, spread = 0, level = 0, levelVariance = 0, covariance = 0, cumulant = 0;
        foreach (var (arm, weight) in arms.Zip(weights))
        {
            var square = weight * weight;
            units += arm.Units;
            value += weight * arm.Value;
            variance += square * arm.ErrorVariance;
            spread += Math.Pow(square * arm.ErrorVariance, 2) / arm.Freedom;
            level += weight * arm.Baseline.Level;
            levelVariance += square * arm.Baseline.ErrorVariance;
            covariance += square * arm.Baseline.Covariance;
            cumulant += square * weight * arm.ThirdCumulant;
        }

        // Satterthwaite's degrees of freedom of a sum of variances.
        var freedom = spread > 0 ? variance * variance / spread : units - arms.Count;
        return new ArmEstimate(units, value, variance, freedom, new Baseline(level, levelVariance, covariance)) { ThirdCumulant = cumulant };
    }
}
