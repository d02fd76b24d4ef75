using Splitrail.ExperimentSvc.Statistics;

namespace Splitrail.Tests.Unit.ExperimentSvc.Statistics;

/// <summary>
/// How Spotify and R's ldbounds look for a boundary: from the score of the one before in steps of 1, 0.1, 0.01 …, each until it has passed what may be spent, and not at all once that is within the
/// precision. A look that may spend less than the precision has the largest boundary there is.
/// </summary>
internal static class DecimalSearch
{
    public const double Precision = 1e-7;

    private const int MostSteps = 50;

    /// <param name="walk">Moved to the look.</param>
    /// <param name="spend">What may be spent above the boundary.</param>
    /// <param name="from">The boundary before, as a z of this look.</param>
    /// <param name="root">Of the information.</param>
    /// <param name="most">The largest boundary.</param>
    public static double BoundFor(StoppedWalk walk, double spend, double from, double root, double most)
    {
        if (spend < Precision)
            return most;
        var (score, step) = (from * root, 1.0);
        while (Math.Abs(Above(score) - spend) > Precision)
        {
            var up = Above(score) > spend;
            for (var i = 0; i < MostSteps; i++)
            {
                score += up ? step : -step;
                if (up ? Above(score) <= spend + Precision : Above(score) >= spend - Precision)
                    break;
            }

            step /= 10;
        }

        return Math.Min(most, score / root);

        double Above(double at) => walk.Above(at / root);
    }
}
