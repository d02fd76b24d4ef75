using Splitrail.Features;
using Splitrail.Models;
using Splitrail.RankingSvc.Quality;
using Splitrail.RankingSvc.ReRankers;

namespace Splitrail.RankingSvc.Serving;

/// <summary>All of one model that a request works with. Immutable.</summary>
/// <param name="Bundle">Items and statistics.</param>
/// <param name="Features">Of its statistics.</param>
/// <param name="Ranker">Null for a model of a shop that was too small to learn a ranker from.</param>
internal sealed record ServingState(RankingBundle Bundle, ShopFeatures Features, LoadedRanker? Ranker)
{
    public string Version => Bundle.Manifest.Version;

    /// <summary>What items are alike by; null for a model without vectors.</summary>
    public ItemVectors? Vectors { get; } = Bundle.Als is { } als ? new ItemVectors(als) : null;

    /// <summary>What it sees and says beside training; null for a model without such a record.</summary>
    public ModelQuality? Quality { get; init; }

    /// <summary>False when it was retired in the meantime.</summary>
    public bool TryEnter() => Ranker?.TryEnter() != false;

    public void Leave() => Ranker?.Leave();
}
