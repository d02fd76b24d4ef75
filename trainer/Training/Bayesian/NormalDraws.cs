using Splitrail.Randomness;

namespace Splitrail.Trainer.Training.Bayesian;

/// <summary>Draws from normal and gamma distributions, each sequence from a stream of its own so that it does not matter which thread draws when.</summary>
internal struct NormalDraws(ulong seed, ulong stream)
{
    private SplitMix64 _random = SplitMix64.Stream(seed, stream);
    private double _spare;
    private bool _hasSpare;

    /// <summary>Standard normal, by Box and Muller (1958), which makes two at a time.</summary>
    public double Next()
    {
        if (_hasSpare)
        {
            _hasSpare = false;
            return _spare;
        }

        var radius = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble()));
        var (sine, cosine) = Math.SinCos(2 * Math.PI * _random.NextDouble());
        (_spare, _hasSpare) = (radius * sine, true);
        return radius * cosine;
    }

    /// <summary>Gamma of scale 1, by Marsaglia and Tsang (2000).</summary>
    /// <param name="shape">Above 0.</param>
    public double NextGamma(double shape)
    {
        if (shape < 1)
            return NextGamma(shape + 1) * Math.Pow(1 - _random.NextDouble(), 1 / shape);
        var d = shape - 1.0 / 3;
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = Next();
            var v = 1 + c * x;
            if (v <= 0)
                continue;
            v = v * v * v;
            if (Math.Log(1 - _random.NextDouble()) < x * x / 2 + d - d * v + d * Math.Log(v))
                return d * v;
        }
    }

    /// <summary>Chi-square.</summary>
    public double NextChiSquare(double degrees) => 2 * NextGamma(degrees / 2);
}
