using MathNet.Numerics.Distributions;

namespace Splitrail.ExperimentSvc.Planning;

/// <summary>
/// Size and power of the z test of two independent rates, variance pooled under the null hypothesis and unpooled under the alternative (Fleiss, Levin and
/// Paik, Statistical Methods for Rates and Proportions, 3rd ed. 2003, chapter 4). Two-sided.
/// </summary>
/// <param name="Control">Rate of the control, 0..1.</param>
/// <param name="Treatment">Rate of the treatment, 0..1, another one.</param>
/// <param name="ControlPerTreatment">Units of the control for each one of the treatment, above 0.</param>
internal readonly record struct TwoProportions(double Control, double Treatment, double ControlPerTreatment)
{
    private double Difference => Math.Abs(Treatment - Control);

    private double NullDeviation
    {
        get
        {
            var pooled = (Treatment + (ControlPerTreatment * Control)) / (1 + ControlPerTreatment);
            return Math.Sqrt(pooled * (1 - pooled) * (1 + (1 / ControlPerTreatment)));
        }
    }

    private double Deviation => Math.Sqrt((Treatment * (1 - Treatment)) + (Control * (1 - Control) / ControlPerTreatment));

    /// <summary>Units of the treatment for this power; the power of the other tail, far below a thousandth, is left out.</summary>
    public double UnitsFor(double power, double alpha) =>
        Math.Pow(((Normal.InvCDF(0, 1, power) * Deviation) + (Normal.InvCDF(0, 1, 1 - (alpha / 2)) * NullDeviation)) / Difference, 2);

    /// <summary>Chance to find the difference with so many units of the treatment.</summary>
    public double PowerOf(double units, double alpha)
    {
        var critical = Normal.InvCDF(0, 1, 1 - (alpha / 2)) * NullDeviation / Deviation;
        var shift = Difference * Math.Sqrt(units) / Deviation;
        return Normal.CDF(0, 1, shift - critical) + Normal.CDF(0, 1, -critical - shift);
    }
}
