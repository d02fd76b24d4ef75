using Splitrail.Randomness;
using Splitrail.Trainer.Training.Bayesian;

namespace Splitrail.Tests.Unit.Trainer.Training.Bayesian;

/// <summary>Ratings whose tastes are known: three factors, biases, and noise.</summary>
internal sealed class PlantedRatings
{
    public const int Items = 80;
    public const int Users = 260;
    public const double Noise = 0.5;

    /// <summary>Users from here on have rated nothing in training.</summary>
    public const int Known = 240;
    private const int Factors = 3;
    private const double ShareSeen = 0.35;

    private readonly double[] _p;
    private readonly double[] _q;
    private readonly double[] _biases;
    private SplitMix64 _random = new(5);

    public PlantedRatings()
    {
        (_p, _q, _biases) = (Normals(Users * Factors), Normals(Items * Factors), Normals(Items));
        for (var user = 0; user < Users; user++)
            for (var item = 0; item < Items; item++)
            {
                var rating = new Rating(user, item, (float)(Expected(user, item) + Noise * _random.NextNormal()));
                (user < Known && _random.NextDouble() < ShareSeen ? Train : Test).Add(rating);
            }
    }

    public List<Rating> Train { get; } = [];

    public List<Rating> Test { get; } = [];

    public double Expected(int user, int item)
    {
        var sum = 6 + 0.5 * _biases[item];
        for (var k = 0; k < Factors; k++)
            sum += 0.6 * _p[user * Factors + k] * _q[item * Factors + k];
        return sum;
    }

    private double[] Normals(int count)
    {
        var normals = new double[count];
        for (var i = 0; i < count; i++)
            normals[i] = _random.NextNormal();
        return normals;
    }
}
