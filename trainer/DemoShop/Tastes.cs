using Splitrail.Randomness;

namespace Splitrail.Trainer.DemoShop;

/// <summary>
/// The space in which items have a character and people a taste. Styles are points shared by all categories, so that who likes Nordic lamps likes Nordic mugs;
/// each category has a variation of each style; each item one of its own.
/// </summary>
internal sealed class Tastes
{
    public const int Dimensions = 16;

    private const double Scale = 0.5;
    private readonly double[][] _styles;
    private readonly double[][] _variations;

    public Tastes(int categories, ref SplitMix64 random)
    {
        _styles = Vectors(DemoWords.Styles.Length, Scale, ref random);
        _variations = Vectors(categories * DemoWords.Styles.Length, 0.5 * Scale, ref random);
    }

    public double[] CharacterOf(int category, int style, ref SplitMix64 random)
    {
        var character = Vector(0.5 * Scale, ref random);
        Add(character, _styles[style], 1);
        Add(character, _variations[(category * DemoWords.Styles.Length) + style], 1);
        return character;
    }

    /// <summary>A person's taste: one style above all, a second one, and something of their own.</summary>
    public double[] DrawTaste(ref SplitMix64 random)
    {
        var taste = Vector(0.5 * Scale, ref random);
        Add(taste, _styles[random.NextInt(_styles.Length)], 0.7);
        Add(taste, _styles[random.NextInt(_styles.Length)], 0.35);
        return taste;
    }

    public static void Add(double[] target, double[] vector, double weight)
    {
        for (var i = 0; i < Dimensions; i++) target[i] += weight * vector[i];
    }

    private static double[][] Vectors(int count, double scale, ref SplitMix64 random)
    {
        var vectors = new double[count][];
        for (var i = 0; i < count; i++) vectors[i] = Vector(scale, ref random);
        return vectors;
    }

    private static double[] Vector(double scale, ref SplitMix64 random)
    {
        var vector = new double[Dimensions];
        for (var i = 0; i < Dimensions; i++) vector[i] = scale * random.NextNormal();
        return vector;
    }
}
