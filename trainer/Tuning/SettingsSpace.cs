using Splitrail.Randomness;
using Splitrail.Trainer.Training;

namespace Splitrail.Trainer.Tuning;

/// <summary>
/// What a search draws from: the settings that move quality, independently and by ratio where a setting is one (random search: Bergstra and Bengio 2012). The seeds, solvers and bounds of
/// time and memory stay as they are.
/// </summary>
internal static class SettingsSpace
{
    private static readonly int[] s_factors = [32, 64, 96, 128, 192];
    private static readonly float[] s_scaling = [0f, 0f, 0.25f, 0.5f, 1f];
    private static readonly float[] s_words = [0f, 0.02f, 0.05f, 0.1f, 0.2f];

    /// <param name="around">Settings that are not searched for.</param>
    /// <param name="chance">Where chance comes from.</param>
    public static RetrievalOptions Draw(RetrievalOptions around, ref SplitMix64 chance) => around with
    {
        Als = around.Als with
        {
            Factors = s_factors[chance.NextInt(s_factors.Length)],
            Regularisation = Ratio(1, 200, ref chance),
            Alpha = Ratio(0.5, 30, ref chance),
            FrequencyScaling = s_scaling[chance.NextInt(s_scaling.Length)],
        },
        EaseLambda = Ratio(30, 3000, ref chance),
        EaseWords = s_words[chance.NextInt(s_words.Length)],
    };

    /// <summary>Each ratio is as likely as any other; three digits, so that people can repeat it.</summary>
    private static float Ratio(double low, double high, ref SplitMix64 chance)
    {
        var value = low * Math.Pow(high / low, chance.NextDouble());
        var digit = Math.Pow(10, Math.Floor(Math.Log10(value)) - 2);
        return (float)(Math.Round(value / digit) * digit);
    }
}
