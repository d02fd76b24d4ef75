namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>
/// A Brownian motion with drift that stops outside of symmetric bounds, seen at looks. Between looks its density is kept at the points of Simpson's rule, dense
/// enough for the step that led there.
/// </summary>
/// <param name="drift">Mean of B(1); 0 without an effect.</param>
internal sealed class StoppedWalk(double drift = 0)
{
    private const double Reach = 9;
    private const int PointsPerDeviation = 6;

    /// <summary>Points and the probability that Simpson's weights give them; one point at 0 in the beginning.</summary>
    private double[] _points = [0];
    private double[] _mass = [1];
    private double _information;
    private double _step;

    public void MoveTo(double information)
    {
        _step = Math.Sqrt(information - _information);
        _information = information;
    }

    /// <summary>Chance to be above z √information now.</summary>
    public double Above(double z) => Beyond(z, 1);

    /// <summary>Chance to be below -z √information now.</summary>
    public double Below(double z) => Beyond(z, -1);

    /// <summary>The z that is exceeded upwards with this probability.</summary>
    public double BoundFor(double probability)
    {
        if (probability <= 0)
            return GroupSequential.NoBound;
        var (low, high) = (0.0, GroupSequential.NoBound);
        for (var i = 0; i < 60 && high - low > 1e-10; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = Above(middle) > probability ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    /// <summary>Ends what is beyond ± z √information.</summary>
    /// <returns>What ended above.</returns>
    public double Stop(double z)
    {
        var crossed = Above(z);
        var root = Math.Sqrt(_information);
        var half = Math.Min(z, Reach + Math.Abs(drift) * root) * root;
        // Simpson's rule needs an even number of steps, fine enough for the density, which is as smooth as the step was long.
        var intervals = 2 * (int)Math.Ceiling(half / _step * PointsPerDeviation);
        var (points, mass, width) = (new double[intervals + 1], new double[intervals + 1], 2 * half / intervals);
        for (var i = 0; i <= intervals; i++)
        {
            points[i] = -half + (i * width);
            mass[i] = Density(points[i]) * width / 3 * (i == 0 || i == intervals ? 1 : i % 2 == 1 ? 4 : 2);
        }

        (_points, _mass) = (points, mass);
        return crossed;
    }

    private double Beyond(double z, int side)
    {
        var (at, sum) = (z * Math.Sqrt(_information), 0.0);
        for (var i = 0; i < _points.Length; i++)
            sum += _mass[i] * Tails.NormalUpper((at - (side * (_points[i] + (drift * _step * _step)))) / _step);
        return sum;
    }

    private double Density(double x)
    {
        var sum = 0.0;
        for (var i = 0; i < _points.Length; i++)
        {
            var z = (x - _points[i] - (drift * _step * _step)) / _step;
            if (Math.Abs(z) < Reach)
                sum += _mass[i] * Math.Exp(-z * z / 2);
        }

        return sum / (_step * MathNet.Numerics.Constants.Sqrt2Pi);
    }
}
