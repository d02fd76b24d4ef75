using Splitrail.Trainer.Training;

namespace Splitrail.Trainer.Tuning;

/// <summary>How much better one list maker is than another for the same people.</summary>
/// <param name="People">Users and guests asked for.</param>
/// <param name="Before">NDCG@10 of the settings so far.</param>
/// <param name="After">NDCG@10 of the other ones.</param>
/// <param name="Error">Standard error of the mean difference, person by person.</param>
internal readonly record struct PairedQuality(int People, double Before, double After, double Error)
{
    public double Difference => After - Before;

    /// <summary>Better by more than chance alone does in one of six (one standard error: Breiman et al. 1984): the best of many trials is best by luck as well.</summary>
    public bool IsBetter => Difference > Error;

    /// <param name="before">By person.</param>
    /// <param name="after">Of the same people.</param>
    public static PairedQuality Of(double[] before, double[] after)
    {
        var differences = after.Zip(before, static (a, b) => a - b).ToArray();
        var mean = differences.Average();
        var variance = differences.Length > 1 ? differences.Sum(one => (one - mean) * (one - mean)) / (differences.Length - 1) : 0;
        return new PairedQuality(before.Length, before.Average(), after.Average(), Math.Sqrt(variance / before.Length));
    }
}

/// <param name="Options">The settings to train with: the found ones when they are better on validation, else those so far.</param>
/// <param name="IsChanged">Whether they are others than before.</param>
/// <param name="Trials">Settings tried, those so far included.</param>
/// <param name="Validation">What the choice was made by: flattering, as the best of many.</param>
/// <param name="HeldOut">On the last of the events, which the search has not seen: what to expect. Null when nothing is changed.</param>
internal sealed record TuningResult(RetrievalOptions Options, bool IsChanged, int Trials, PairedQuality Validation, PairedQuality? HeldOut);
