using Splitrail.Randomness;

namespace Splitrail.Trainer.DemoShop;

/// <summary>Somebody with a taste, favourite categories and a feeling for prices, who remembers what they looked at and bought.</summary>
internal sealed class Shopper
{
    private const double FavouriteFirst = 0.55;
    private const double FavouriteAny = 0.9;

    private readonly int[] _favourites;

    private Shopper(double[] taste, int[] favourites, double thrift) => (Taste, _favourites, Thrift) = (taste, favourites, thrift);

    public double[] Taste { get; }

    /// <summary>How much a higher price repels: 0 hardly, 1 strongly.</summary>
    public double Thrift { get; }

    /// <summary>Items opened, oldest first.</summary>
    public List<int> Opened { get; } = [];

    public HashSet<int> Bought { get; } = [];

    public static Shopper Draw(Tastes tastes, ref SplitMix64 random) =>
        new(
            tastes.DrawTaste(ref random),
            [CategoryChoice.Draw(ref random), CategoryChoice.Draw(ref random), CategoryChoice.Draw(ref random)],
            random.NextDouble());

    /// <summary>What a visit is about.</summary>
    public int DrawCategory(ref SplitMix64 random)
    {
        var chance = random.NextDouble();
        if (chance < FavouriteFirst) return _favourites[0];
        return chance < FavouriteAny ? _favourites[1 + random.NextInt(2)] : CategoryChoice.Draw(ref random);
    }
}
