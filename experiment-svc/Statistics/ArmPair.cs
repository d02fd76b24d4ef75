namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>What is compared.</summary>
internal readonly record struct ArmPair(ArmEstimate Treatment, ArmEstimate Control)
{
    public Finding<Effect> Absolute() => Effect.Absolute(Treatment, Control);

    /// <summary>As a part of the control.</summary>
    public Finding<Effect> Relative() => Effect.Relative(Treatment, Control);

    /// <summary>
    /// The same with one skewness of a unit for both arms, each arm having its own variance. A third moment hangs on few values, and what two arms' own ones differ by is
    /// mostly noise: with equal arms it would lean the test to one side that in truth leans to none.
    /// </summary>
    public ArmPair OfOneShape()
    {
        double units = Treatment.Units + Control.Units;
        var variance = (Variance(Treatment) + Variance(Control)) / units;
        var skewness = variance > 0 ? (Moment(Treatment) + Moment(Control)) / units / Math.Pow(variance, 1.5) : 0;
        return new ArmPair(With(Treatment), With(Control));

        ArmEstimate With(ArmEstimate arm) => arm with { ThirdCumulant = skewness * Math.Pow(arm.ErrorVariance, 1.5) / Math.Sqrt(arm.Units) };

        static double Variance(ArmEstimate arm) => arm.ErrorVariance * arm.Units * arm.Units;

        static double Moment(ArmEstimate arm) => arm.ThirdCumulant * arm.Units * arm.Units * arm.Units;
    }

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
