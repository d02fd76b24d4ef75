namespace Splitrail.ExperimentSvc.Pages.Charts;

/// <summary>Where relative changes lie on a line of some pixels around zero.</summary>
/// <param name="Furthest">The change at either end.</param>
/// <param name="Width">Pixels.</param>
public readonly record struct LiftScale(double Furthest, double Width)
{
    private const double Least = 0.02;
    private const double Most = 2;

    /// <summary>Wide enough for all of the bounds, and never so narrow that noise of a per mille fills it.</summary>
    public static LiftScale Of(IEnumerable<double?> bounds, double width) =>
        new(Math.Clamp(bounds.OfType<double>().Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(Least).Max() * 1.1, Least, Most), width);

    public double At(double change) => Math.Clamp(((change / Furthest) + 1) / 2, 0, 1) * Width;
}
