using Splitrail.Models;
using Splitrail.RankingSvc.Batching;

namespace Splitrail.RankingSvc.Serving;

/// <summary>Which of a model's files scores.</summary>
internal static class RankerFile
{
    /// <summary>Null for a model without a ranker. INT8 is never served unless its trainer's gate let it pass.</summary>
    public static string? Of(RankingBundle bundle, Precision precision)
    {
        var quantised = bundle.Manifest.Ranker is { Int8Gate.Passed: true } card
            && (precision == Precision.Int8 || (precision == Precision.Auto && card.Precision == RankerCard.Quantised));
        return (quantised ? Existing(bundle, ModelStore.QuantisedRankerName) : null) ?? Existing(bundle, ModelStore.RankerName);
    }

    private static string? Existing(RankingBundle bundle, string name) =>
        Path.Combine(bundle.Folder, name) is var path && File.Exists(path) ? path : null;
}
