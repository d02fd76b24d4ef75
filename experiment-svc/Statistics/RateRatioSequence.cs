namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>
/// Two rates compared at all times, from the first success on and however rare: with equal rates each success is the treatment's with the chance of its part of the users,
/// whatever the rates do in time, and the likelihood ratio of another chance is a martingale (Lindon and Malek, Anytime-Valid Inference for Multinomial Count Data, NeurIPS
/// 2022, section 5; Ville 1939). The ratios are averaged over alternatives, so that their mean ever exceeds 1 / alpha with a probability of alpha at most.
/// Users succeed once at most, so that successes vary less than this thinks by the rate's part: it errs on the side of too little evidence, little where rates are small.
/// </summary>
internal static class RateRatioSequence
{
    private const int Halvings = 60;
    private const double Smallest = 1e-3;
    private const double Largest = 1e3;

    /// <summary>Rates as multiples of the smallest that would be no harm, and how much of alpha each is given: the most for a loss of a fifth.</summary>
    private static readonly (double Ratio, double LogRatio, double LogWeight)[] s_alternatives =
        [.. new[] { (0.95, 0.05), (0.9, 0.2), (0.85, 0.2), (0.8, 0.25), (0.7, 0.15), (0.5, 0.1), (0.1, 0.05) }.Select(static one => (one.Item1, Math.Log(one.Item1), Math.Log(one.Item2)))];

    /// <summary>Logarithm of the evidence that treatment / control is below this ratio.</summary>
    /// <param name="epochs">Each with its own part of the users.</param>
    /// <param name="ratio">Above 0; 1 asks for any harm.</param>
    public static double LogEvidenceBelow(ReadOnlySpan<RatePair> epochs, double ratio)
    {
        var (largest, sum) = (double.NegativeInfinity, 0.0);
        foreach (var (alternative, logAlternative, logWeight) in s_alternatives)
        {
            var log = logWeight;
            foreach (var epoch in epochs)
                log += LogLikelihood(epoch, ratio, alternative, logAlternative);
            // The sum of exponentials, held at the largest of them.
            (sum, largest) = log > largest ? ((sum * Math.Exp(largest - log)) + 1, log) : (sum + Math.Exp(log - largest), largest);
        }

        return largest + Math.Log(sum);
    }

    /// <summary>Treatment / control, never missing the truth but for a probability of <paramref name="alpha"/> on each side; an end that nothing bounds yet is null.</summary>
    public static (double? Low, double? High) Interval(ReadOnlySpan<RatePair> epochs, double alpha)
    {
        Span<RatePair> mirrored = stackalloc RatePair[epochs.Length];
        for (var i = 0; i < epochs.Length; i++)
            mirrored[i] = epochs[i].Mirrored;
        return (1 / Upper(mirrored, alpha), Upper(epochs, alpha));
    }

    /// <summary>The ratio is not above this; null while nothing is known.</summary>
    public static double? Upper(ReadOnlySpan<RatePair> epochs, double alpha)
    {
        var (low, high) = (Math.Log(Smallest), Math.Log(Largest));
        if (LogEvidenceBelow(epochs, Largest) < -Math.Log(alpha))
            return null;
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = LogEvidenceBelow(epochs, Math.Exp(middle)) < -Math.Log(alpha) ? (middle, high) : (low, middle);
        }

        return Math.Exp(high);
    }

    private static double LogLikelihood(RatePair epoch, double ratio, double alternative, double logAlternative)
    {
        var (units, successes) = (epoch.TreatmentUnits + epoch.ControlUnits, epoch.Treatment + epoch.Control);
        if (epoch.TreatmentUnits == 0 || epoch.ControlUnits == 0)
            return 0;
        var share = (double)epoch.TreatmentUnits / units;
        var (before, after) = (1 - share + (share * ratio), 1 - share + (share * ratio * alternative));
        return (epoch.Treatment * logAlternative) - (successes * Math.Log(after / before));
    }
}
