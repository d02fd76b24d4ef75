using Splitrail.Randomness;
using Splitrail.Trainer.Training.Bayesian;

namespace Splitrail.Benchmarks.Bpmf;

/// <summary>A made set that figures of other implementations are known on: 11,000 x 5,000 with 200,000 ratings from 8 factors and biases, noise 1, each part from a stream of its own.</summary>
internal static class SpeedRatings
{
    public const int Items = 5_000;
    private const int Users = 11_000;
    private const int Factors = 8;
    private const int Pairs = 200_000;
    private const int Draws = 400_000;
    private const double TestShare = 0.1;

    public static (List<Rating> Train, List<Rating> Test) Draw()
    {
        var (p, q) = (Normals(101, Users * Factors, 0.5), Normals(102, Items * Factors, 0.5));
        var (ofItem, ofUser) = (Normals(103, Items, 0.5), Normals(104, Users, 0.7));
        var (who, what, noise, part) = (new SplitMix64(105), new SplitMix64(106), new SplitMix64(107), new SplitMix64(108));
        var seen = new HashSet<(int, int)>();
        var (train, test) = (new List<Rating>(), new List<Rating>());
        for (var draw = 0; draw < Draws && seen.Count < Pairs; draw++)
        {
            var (a, b) = (who.NextDouble(), what.NextDouble());
            var (user, item) = ((int)(a * Math.Sqrt(a) * Users), (int)(b * b * Items));
            if (!seen.Add((user, item)))
                continue;
            var taste = 0.0;
            for (var k = 0; k < Factors; k++)
                taste += p[user * Factors + k] * q[item * Factors + k];
            var stars = Math.Clamp(Math.Round(7 + ofUser[user] + ofItem[item] + taste + noise.NextNormal()), 1, 10);
            (part.NextDouble() < TestShare ? test : train).Add(new Rating(user, item, (float)stars));
        }

        return (train, test);
    }

    private static double[] Normals(ulong seed, int count, double scale)
    {
        var random = new SplitMix64(seed);
        var normals = new double[count];
        for (var i = 0; i < count; i++)
            normals[i] = scale * random.NextNormal();
        return normals;
    }
}
