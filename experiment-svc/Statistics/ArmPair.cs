namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>What is compared.</summary>
internal readonly record struct ArmPair(ArmEstimate Treatment, ArmEstimate Control)
{
    public Finding<Effect> Absolute() => Effect.Absolute(Treatment, Control);

    /// <summary>As a part of the control.</summary>
    public Finding<Effect> Relative() => Effect.Relative(Treatment, Control);

    /// <summary>
    /// The same with each unit's variance and third moment taken from both arms together, as is right where the arms do the same. A small arm that missed its large values by
    /// chance has a low mean and thinks itself precise at once; the other arm knows better.
    /// </summary>
    public ArmPair Pooled()
    {
        double units = Treatment.Units + Control.Units;
        var variance = ((Treatment.ErrorVariance * Treatment.Units * Treatment.Units) + (Control.ErrorVariance * Control.Units * Control.Units)) / units;
        var moment = ((Treatment.ThirdCumulant * Math.Pow(Treatment.Units, 3)) + (Control.ThirdCumulant * Math.Pow(Control.Units, 3))) / units;
        return new ArmPair(With(Treatment), With(Control));

        ArmEstimate With(ArmEstimate arm)
        {
            var factor = arm.ErrorVariance > 0 ? variance / arm.Units / arm.ErrorVariance : 1;
            var (level, levelVariance, covariance) = arm.Baseline;
            return arm with
            {
                ErrorVariance = variance / arm.Units,
                ThirdCumulant = moment / arm.Units / arm.Units,
                Baseline = new Baseline(level, levelVariance * factor, covariance * factor),
            };
        }
    }
}
