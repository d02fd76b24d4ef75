using System.Globalization;
using Splitrail.ExperimentSvc.Metrics;
using Splitrail.ExperimentSvc.Statistics;

namespace Splitrail.ExperimentSvc.Registry;

/// <summary>
/// Whether the shop is worse since an activation than before it. Each metric is a rate; the evidence that it is worse by more than the margin is a likelihood ratio with a mean of 1 at most when it is not
/// (<see cref="RateRatioSequence"/>), and looks share alpha by 1 / (k (k + 1)), so that all of them together are wrong with a probability of alpha at most for each metric. Before and after are not randomised: a
/// change of the shop in these hours counts too, which is the side to err on for a rollback that costs one edit.
/// </summary>
internal static class WatchRule
{
    /// <summary>Events of one shopper come together: so many of them are taken as one piece of evidence.</summary>
    public const double Clustering = 4;

    /// <summary>From this many impressions or answers in both stretches on.</summary>
    public const long Least = 500;

    private const double Growth = 1.3;

    /// <summary>Which look is due: they are spaced by growing times, so that a day needs some dozens.</summary>
    public static int LookAt(TimeSpan elapsed, TimeSpan interval) => elapsed < interval ? 0 : 1 + (int)(Math.Log(elapsed / interval) / Math.Log(Growth));

    /// <summary>A sentence that says what is worse, or null.</summary>
    /// <param name="before">A stretch as long as the other.</param>
    /// <param name="after">Since the activation.</param>
    /// <param name="look">From 1.</param>
    /// <param name="options">Alpha and margin.</param>
    public static string? Verdict(ServedCounts before, ServedCounts after, int look, RegistryOptions options)
    {
        WatchedRate[] rates =
        [
            new(MetricNames.ClickThrough, true, after.Clicks, after.Impressions, before.Clicks, before.Impressions),
            new("purchases per impression", true, after.Purchases, after.Impressions, before.Purchases, before.Impressions),
            new(MetricNames.FallbackShare, false, after.Answers.Fallbacks, after.Answers.Answers, before.Answers.Fallbacks, before.Answers.Answers),
            new(MetricNames.EmptyShare, false, after.Answers.Empty, after.Answers.Answers, before.Answers.Empty, before.Answers.Answers),
            new(MetricNames.SlowShare, false, after.Answers.Slow, after.Answers.Answers, before.Answers.Slow, before.Answers.Answers),
        ];
        var threshold = -Math.Log(options.WatchAlpha / ((double)look * (look + 1)));
        return rates.Where(rate => rate.IsWorse(options.WatchMargin, threshold)).Select(static rate => rate.ToString()).FirstOrDefault();
    }

    private sealed record WatchedRate(string Name, bool MoreIsBetter, long After, long AfterOf, long Before, long BeforeOf)
    {
        public bool IsWorse(double margin, double threshold)
        {
            if (AfterOf < Least || BeforeOf < Least)
                return false;
            // With one more success each: a rate that was 0 before could never be said to have grown.
            var pair = new RatePair((After + 1) / Clustering, Units(AfterOf), (Before + 1) / Clustering, Units(BeforeOf));
            var evidence = MoreIsBetter
                ? RateRatioSequence.LogEvidenceBelow([pair], 1 - margin)
                : RateRatioSequence.LogEvidenceBelow([pair.Mirrored], 1 / (1 + margin));
            return evidence >= threshold;
        }

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture,
            $"{Name} {(MoreIsBetter ? "fell" : "rose")} from {(double)Before / BeforeOf:0.####%} ({Before} of {BeforeOf}) to {(double)After / AfterOf:0.####%} ({After} of {AfterOf})");

        private static long Units(long count) => (long)Math.Ceiling(count / Clustering);
    }
}
